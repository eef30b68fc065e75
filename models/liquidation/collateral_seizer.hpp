// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/best_amount.hpp"
#include "models/core/rounding.hpp"
#include "models/liquidation/collateral_absorber.hpp"

BRINK_BEGIN_ISA

/// Liquidation of a loan by outsiders: they repay debts and take collateral at the venue's price
/// less a bonus. `CollateralSeizer{event, account}()`.
///
/// Call by call the pair of debt and collateral with the largest profit is taken, ties by order of
/// config, until the account is cured, no collateral is left, or nobody profits: the bonus less the
/// venue's share, the cost of selling what was seized and that of the call must be above zero
/// (spread and impact of the asset; what was sold before in the step counts). They repay no more
/// than their capacity in a step, and none before their latency since the breach. A deficit arises
/// when all collateral is gone, unless what was owed at the last call was less than is socialised.
/// With absorb it is the venue that takes all, whatever that brings it.
template<int N>
class CollateralSeizer {
    static constexpr std::int32_t max_calls = 64;  ///< in one step; what is left waits for the next

    LoanAccount<N> loan_;
    Venue const& venue_;

  public:
    /// A debt and a collateral by their holdings, with what a call of best profit repays.
    struct Call {
        std::int32_t debt{-1};
        std::int32_t collateral{-1};
        double repaid{0.0};  ///< [numeraire]
        double profit{0.0};  ///< [numeraire]
        double multiplier{1.0};
        bool takes_debt{false};        ///< all of it
        bool takes_collateral{false};  ///< all of it
    };

    BRINK_FN CollateralSeizer(PathEvent<N>& event, std::int32_t account)
        : loan_{event, account}, venue_{event.venue_of(account)}
    {}

    /// Whether anybody acts: the venue itself, or one who profits.
    BRINK_HD bool finds_liquidator() const
    {
        if (loan_.event().time_in_breach(loan_.state()) < venue_.seizure.latency)
            return false;
        return venue_.reduction == ReductionRule::absorb
               || best_of_all(health_of(loan_.assess()), venue_.seizure.capacity).profit > 0.0;
    }

    BRINK_HD void operator()() const
    {
        loan_.set_off();
        double owed = loan_.total_owed();
        if (venue_.reduction == ReductionRule::absorb)
            CollateralAbsorber<N>{loan_}();
        else
            owed = seize_while_it_pays();
        if (!loan_.has_collateral() && owed >= venue_.seizure.least_socialised)
            loan_.leave_deficit();
        if (!loan_.state().has_debt())
            loan_.state()[AccountField::closed] = 1.0;
    }

    /// What a call on one pair does; `repaid` = 0 where there is none worth making.
    /// \param capacity [numeraire] that may still be repaid
    BRINK_HD Call best_call(std::int32_t d, std::int32_t c, double health, double capacity) const
    {
        Seizable const pair = seizable(d, c, health);
        RepayRange const range = repay_range(venue_.reduction, venue_.seizure, pair);
        Call best{d, c, 0.0, 0.0, pair.multiplier, false, false};
        if (range.all > 0.0 && range.all <= capacity)
            consider(best, pair, range.all);
        consider(best, pair, most_profitable(pair, c, vmin(range.partial, capacity)));
        return best;
    }

    /// In whole units of the coins: the debt repaid rounded up, what is seized for it down (Aave
    /// v3.7 docs/3.7/liquidation-rounding.md; Morpho Blue Morpho.sol, liquidate).
    BRINK_HD void make(Call const& call) const
    {
        double const unit = loan_.smallest_unit(call.debt), price = loan_.debt_price(call.debt);
        double const owed = loan_.state().owed(call.debt);
        double const paid = call.repaid / price;
        double const repaid = call.takes_debt ? owed : vmin(owed, rounded_up(paid, unit));
        double const held = loan_.state().balance(call.collateral);
        bool const is_whole = call.takes_debt || !(unit > 0.0);
        double const bought = is_whole ? call.repaid : rounded_down(paid, unit) * price;
        double const wanted = bought * call.multiplier / loan_.oracle_price(call.collateral);
        double const seized =
            call.takes_collateral
                ? held
                : rounded_down(vmin(held, wanted), loan_.smallest_unit(call.collateral));
        loan_.send_to_market(call.collateral, seized);
        loan_.repay(call.debt, repaid);
        loan_.seize(call.collateral, seized, repaid * price, repaid * loan_.price_of(call.debt));
    }

  private:
    /// \return [numeraire] owed when the last call was made
    BRINK_HD double seize_while_it_pays() const
    {
        double left = venue_.seizure.capacity;
        double owed = loan_.total_owed();
        for (std::int32_t i = 0; i < max_calls; ++i) {
            Assessment<double> const now = loan_.assess();
            if (!loan_.is_breached(now))
                return owed;
            Call const call = best_of_all(health_of(now), left);
            if (!(call.profit > 0.0))
                return owed;
            owed = loan_.total_owed();
            make(call);
            left -= call.repaid;
        }
        return owed;
    }

    BRINK_HD Call best_of_all(double health, double capacity) const
    {
        Call best;
        for (std::int32_t d = 0; d < loan_.size(); ++d)
            for (std::int32_t c = 0; c < loan_.size(); ++c) {
                if (!loan_.state().owes(d) || c == d || !loan_.is_collateral(c))
                    continue;
                Call const call = best_call(d, c, health, capacity);
                if (call.profit > best.profit)
                    best = call;
            }
        return best;
    }

    BRINK_HD Seizable seizable(std::int32_t d, std::int32_t c, double health) const
    {
        double const balance = loan_.state().balance(c);
        double const oracle = loan_.oracle_price(c);
        double const ratio =
            loan_.event().assessor.marginal_ratio(loan_.state().holdings()[c], balance, oracle);
        double const multiplier =
            bonus_multiplier(venue_.seizure, loan_.bonus_of(c).most, ratio, health);
        return {loan_.owed(d), loan_.total_owed(),  balance * oracle,         health, multiplier,
                ratio,         loan_.debt_worth(d), loan_.collateral_worth(c)};
    }

    /// [numeraire] of repaying `repaid` and selling what it buys.
    BRINK_HD double profit(Seizable const& pair, std::int32_t c, double repaid) const
    {
        double const seized = repaid * pair.multiplier;  // as the venue prices it
        double const worth = seized / loan_.oracle_price(c) * loan_.price_of(c);
        double const kept = protocol_fee(venue_.seizure, loan_.bonus_of(c).protocol_share,
                                         repaid * pair.collateral_worth, worth);
        return worth - kept - repaid * pair.debt_worth - venue_.seizure.call_cost
               - loan_.cost_of_selling(c, worth);
    }

    BRINK_HD void consider(Call& best, Seizable const& pair, double repaid) const
    {
        if (!(repaid > 0.0))
            return;
        double const gain = profit(pair, best.collateral, repaid);
        if (!(gain > best.profit))
            return;
        best.repaid = repaid;
        best.profit = gain;
        best.takes_debt = repaid == pair.debt;
        best.takes_collateral = repaid == pair.collateral / pair.multiplier;
    }

    /// [numeraire] in [0, most] of largest profit: all where the market has no depth to lose.
    BRINK_HD double most_profitable(Seizable const& pair, std::int32_t c, double most) const
    {
        if (!(most > 0.0) || !has_impact(loan_.execution_of(c)))
            return most;
        return best_amount([&](double repaid) { return profit(pair, c, repaid); }, most);
    }
};

BRINK_END_ISA
