// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/liquidation/stability_pool_terms.hpp"

BRINK_BEGIN_ISA

/// One coin of collateral and the debt that it stands against.
struct PooledLoan {
    double debt;   ///< [numeraire] > 0
    double coins;  ///< >= 0
    double price;  ///< [numeraire/coin] as the venue sees it
};

/// Who takes which part of a loan. Coins add up to those of the loan.
struct PoolSplit {
    double offset;         ///< [numeraire] debt that the pool repays
    double redistributed;  ///< [numeraire] debt that the other borrowers take over
    double gas;            ///< [coin] to whoever liquidates
    double to_pool;        ///< [coin]
    double to_others;      ///< [coin] to the other borrowers
    double surplus;        ///< [coin] stays the owner's
};

/// [coin] of `part` for `debt` and its penalty.
BRINK_HD inline double taken_for(double debt, double penalty, double part, double price)
{
    return debt > 0.0 ? vmin(part, debt * (1.0 + penalty) / price) : 0.0;
}

/// Split of a loan between the pool and the other borrowers. What the pool leaves of its part may
/// pay for the penalty of the others.
///
/// Liquity v1 TroveManager.sol, _getOffsetAndRedistributionVals (liquity/dev@39f1f7f): no
/// penalties, gas of all; v2 TroveManager.sol, _getOffsetAndRedistributionVals,
/// _getCollPenaltyAndSurplus (liquity/bold@405f912). \param pool [numeraire] >= 0, what is there
/// for this loan
BRINK_HD inline PoolSplit split_loan(PoolTerms const& terms, PooledLoan const& loan, double pool)
{
    double const offset = vmin(loan.debt, pool);
    double const share = offset / loan.debt;
    double const redistributed = loan.debt - offset;
    bool const of_offset = terms.gas_base == GasBase::offset;
    double const base = of_offset ? loan.coins * share : loan.coins;
    double const gas = vmin(terms.gas_rate * base, terms.gas_most);
    double const part = of_offset ? base - gas : (loan.coins - gas) * share;
    double const to_pool = taken_for(offset, terms.penalty, part, loan.price);
    double const rest = loan.coins - gas - to_pool;
    double const to_others =
        taken_for(redistributed, terms.redistribution_penalty, rest, loan.price);
    return {offset, redistributed, gas, to_pool, to_others, rest - to_others};
}

/// In recovery mode a loan above the minimum ratio: the pool repays all of it, for no more than the
/// minimum ratio (v1 TroveManager.sol, _getCappedOffsetVals).
BRINK_HD inline PoolSplit split_capped(PoolTerms const& terms, PooledLoan const& loan)
{
    double const most = vmin(loan.coins, loan.debt * terms.minimum_ratio / loan.price);
    PoolSplit split = split_loan(terms, {loan.debt, most, loan.price}, loan.debt);
    split.surplus += loan.coins - most;
    return split;
}

/// What happens to a loan.
enum class PoolAction : std::int32_t {
    none,
    redistribute,  ///< all to the other borrowers
    split,         ///< the pool first, the other borrowers then
    cap,           ///< all to the pool, at most the minimum ratio
};

/// What a loan's fate hangs on.
struct PoolGates {
    bool is_below_minimum;  ///< of the collateral ratio, as in normal mode
    bool is_sunk;           ///< collateral <= debt
    bool in_recovery;
    bool is_below_system;  ///< own ratio below that of all borrowers
    bool is_covered;       ///< the pool can repay all of it
};

/// Liquity v1 TroveManager.sol, _liquidateNormalMode and _liquidateRecoveryMode.
BRINK_HD inline PoolAction pool_action(PoolGates const& gates)
{
    if (gates.in_recovery && gates.is_sunk)
        return PoolAction::redistribute;
    if (gates.is_below_minimum)
        return PoolAction::split;
    if (gates.in_recovery && gates.is_below_system && gates.is_covered)
        return PoolAction::cap;
    return PoolAction::none;
}

/// What one depositor of the pool has.
struct PoolDeposit {
    double debt_coins;  ///< [numeraire]
    double collateral;  ///< [coin]
};

/// After an offset, which all depositors share in proportion (v1 README.md, stability pool).
/// \param pool [numeraire] all deposits before it, > 0
BRINK_HD inline PoolDeposit after_offset(PoolDeposit const& before, PoolSplit const& split,
                                         double pool)
{
    double const share = before.debt_coins / pool;
    return {before.debt_coins - split.offset * share, before.collateral + split.to_pool * share};
}

BRINK_END_ISA
