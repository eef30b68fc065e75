// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/liquidation/policy.hpp"

BRINK_BEGIN_ISA

/// Value of the collateral that a liquidator gets per unit of debt repaid, 1 + bonus >= 1.
///
/// Aave v3 LiquidationLogic.sol; Aave v4 LiquidationLogic.sol (linear from least at health 1 to all
/// at `full_bonus_health`); Euler v2 Liquidation.sol (discount = health, capped); Morpho Blue
/// Morpho.sol, LIF = min(1.15, 1 / (1 - 0.3 (1 - LLTV))).
/// \param most the asset's largest bonus, >= 0
/// \param ratio the asset's collateral ratio (liquidation threshold), in [0, 1]
BRINK_HD inline double bonus_multiplier(SeizureTerms const& terms, double most, double ratio,
                                        double health)
{
    switch (terms.bonus) {
        case BonusRule::constant:
            break;
        case BonusRule::linear_in_health: {
            if (health <= terms.full_bonus_health)
                break;
            double const least = most * terms.least_bonus_share;
            double const way = (1.0 - vmin(health, 1.0)) / (1.0 - terms.full_bonus_health);
            return 1.0 + least + (most - least) * way;
        }
        case BonusRule::health_discount:
            if (!(health * (1.0 + most) > 1.0))
                break;
            return vmax(1.0 / health, 1.0);
        case BonusRule::from_ratio:
            return vmin(1.0 + most, 1.0 / (1.0 - terms.bonus_cursor * (1.0 - ratio)));
    }
    return 1.0 + most;
}

/// One debt that may be repaid for one collateral, all values [numeraire] as the venue prices them.
struct Seizable {
    double debt;                   ///< owed in the coin repaid
    double total_debt;             ///< of the account
    double collateral;             ///< balance of the coin seized
    double health;                 ///< of the account
    double multiplier;             ///< 1 + bonus
    double ratio;                  ///< collateral ratio of the coin seized at its margin
    double debt_worth{1.0};        ///< market price of the coin repaid over the venue's
    double collateral_worth{1.0};  ///< of the coin seized
};

/// Share of the debt that one call repays at most: the venue's, or 1 where health is at or below
/// `full_below_health` or either side is below `full_below_value` (Aave v3.3, docs/3.3 section 2).
BRINK_HD inline double close_factor(SeizureTerms const& terms, Seizable const& s)
{
    bool const all = s.health <= terms.full_below_health || s.debt < terms.full_below_value
                     || s.collateral < terms.full_below_value;
    return all ? 1.0 : terms.close_factor;
}

/// Least repayment that covers a shortage of weighted collateral, [numeraire]; below zero where
/// none does. A unit repaid relieves the account of `debt_weight`, less the fee on it, and takes
/// multiplier x ratio of weighted collateral: Drift protocol-v2@0ae3e3b1 math/liquidation.rs,
/// calculate_liability_transfer_to_cover_margin_shortage; Aave v4 with the target health as weight.
/// \param fee of the repayment, to the fund: lending venues pass none, the bonus is what is paid
BRINK_HD inline double repaid_to_cover(double shortage, double debt_weight, double taken,
                                       double fee)
{
    return shortage / (debt_weight * (1.0 - fee) - taken);
}

/// Most that the size rule lets one call repay of a debt, [numeraire], the collateral apart.
/// target_health (Aave v4): D (h_t - h) / (h_t - LB ratio).
BRINK_HD inline double most_repaid(ReductionRule rule, SeizureTerms const& terms, Seizable const& s)
{
    if (rule == ReductionRule::close_factor) {
        double const base =
            terms.close_factor_base == CloseFactorBase::position ? s.total_debt : s.debt;
        return vmin(s.debt, close_factor(terms, s) * base);
    }
    if (rule == ReductionRule::target_health) {
        double const target = terms.target_health;
        double const wanted = repaid_to_cover(s.total_debt * (target - s.health), target,
                                              s.multiplier * s.ratio, 0.0);
        return wanted >= 0.0 ? vmin(s.debt, wanted) : s.debt;
    }
    return s.debt;
}

/// Aave v3.3 and v4: whether a call leaves nothing or at least `min_leftover` of the debt and of
/// the collateral. \param repaid [numeraire], at most what there is of both
BRINK_HD inline bool leaves_enough(SeizureTerms const& terms, Seizable const& s, double repaid)
{
    double const debt = s.debt - repaid;
    double const collateral = s.collateral - repaid * s.multiplier;
    if (debt <= 0.0 || collateral <= 0.0)
        return true;
    return debt >= terms.min_leftover && collateral >= terms.min_leftover;
}

/// What one call may repay. `partial` < `all` where a repayment between them would leave less than
/// `min_leftover` of the debt or of the collateral, which the venue refuses.
struct RepayRange {
    double partial;  ///< [numeraire] most that leaves enough of both, >= 0
    double all;      ///< [numeraire] the debt, or what the collateral pays for; 0: out of reach
};

/// In Aave v3.3 the close factor stands above `leaves_enough`; in v4 the target gives way to it.
BRINK_HD inline RepayRange repay_range(ReductionRule rule, SeizureTerms const& terms,
                                       Seizable const& s)
{
    double const whole = vmin(s.debt, s.collateral / s.multiplier);
    double const most = vmin(most_repaid(rule, terms, s), whole);
    double const left = terms.min_leftover;
    double const partial = vmax(0.0, vmin(s.debt - left, (s.collateral - left) / s.multiplier));
    if (most >= whole)
        return {partial, whole};
    if (leaves_enough(terms, s, most))
        return {most, 0.0};
    return {vmin(partial, most), rule == ReductionRule::target_health ? whole : 0.0};
}

/// [numeraire] what the venue keeps of a liquidation. \param repaid, seized [numeraire]
BRINK_HD inline double protocol_fee(SeizureTerms const& terms, double share, double repaid,
                                    double seized)
{
    double const base = terms.protocol_share_base == ProtocolShareBase::seized
                            ? seized
                            : vmax(seized - repaid, 0.0);
    return share * base;
}

BRINK_END_ISA
