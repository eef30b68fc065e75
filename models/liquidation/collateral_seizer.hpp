// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/seizure.hpp"
#include "models/path/path_event.hpp"

BRINK_BEGIN_ISA

/// Liquidation of a loan by outsiders: they repay debts and take collateral at the venue's price
/// less a bonus. `CollateralSeizer{event, account}()`.
///
/// Call by call the pair of debt and collateral with the largest profit is taken, ties by order of
/// config, until the account is cured, no collateral is left, or nobody profits: the bonus less the
/// venue's share, the cost of selling what was seized and that of the call must be above zero
/// (spread and impact of the asset; what was sold before in the step counts). A deficit arises when
/// all collateral is gone. absorb: the venue itself takes all collateral at its price less the
/// bonus and gives back in the debt's coin what that is above the debt (Compound v3, absorb).
template<int N>
class CollateralSeizer {
    static constexpr std::int32_t max_calls = 64;  ///< in one step; what is left waits for the next

    PathEvent<N>& event_;
    std::int32_t idx_;
    AccountState state_;
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
        : event_{event},
          idx_{account},
          state_{event.state(account)},
          venue_{event.venue_of(account)}
    {}

    /// Whether anybody acts: the venue itself, or one who profits.
    BRINK_HD bool finds_liquidator() const
    {
        if (venue_.reduction == ReductionRule::absorb)
            return true;
        return best_of_all(health_of(event_.assess(state_.account(), state_, event_.price))).profit
               > 0.0;
    }

    BRINK_HD void operator()()
    {
        set_off();
        if (venue_.reduction == ReductionRule::absorb)
            absorb();
        else
            seize_while_it_pays();
        if (!has_collateral())
            leave_deficit();
        if (!state_.has_debt())
            state_[AccountField::closed] = 1.0;
    }

    /// What a call on one pair does; `repaid` = 0 where there is none worth making.
    BRINK_HD Call best_call(std::int32_t d, std::int32_t c, double health) const
    {
        Seizable const pair = seizable(d, c, health);
        RepayRange const range = repay_range(venue_.reduction, venue_.seizure, pair);
        Call best{d, c, 0.0, 0.0, pair.multiplier, false, false};
        if (range.all > 0.0)
            consider(best, pair, range.all);
        consider(best, pair, most_profitable(pair, c, range.partial));
        return best;
    }

    BRINK_HD void make(Call const& call)
    {
        double const debt_price = event_.price_of(state_, call.debt);
        double const oracle = oracle_price(call.collateral);
        double const owed = state_.owed(call.debt);
        double const held = state_.balance(call.collateral);
        double const repaid_coins = call.takes_debt ? owed : call.repaid / debt_price;
        double const seized_coins =
            call.takes_collateral ? held : vmin(held, call.repaid * call.multiplier / oracle);
        double const mark = event_.price_of(state_, call.collateral);
        double const seized = seized_coins * mark;
        double const repaid = repaid_coins * debt_price;
        sell(call.collateral, seized);
        state_.credit(call.collateral, -seized_coins, mark);
        state_.credit(call.debt, repaid_coins, debt_price);
        book(call, seized_coins, seized, repaid_coins, repaid);
    }

  private:
    BRINK_FN CollateralCurve<double> const& curve_of(std::int32_t h) const
    {
        return event_.assessor.curve(state_.holdings()[h]);
    }
    BRINK_FN BonusTerms const& bonus_of(std::int32_t h) const
    {
        return event_.bonuses[state_.holdings()[h].curve];
    }
    BRINK_FN bool counts(std::int32_t h) const
    {
        return state_.holdings()[h].curve >= 0 && state_.balance(h) > 0.0;
    }
    /// [numeraire/coin] at which the venue hands a coin over.
    BRINK_FN double oracle_price(std::int32_t h) const
    {
        return curve_of(h).par != 0 ? 1.0 : event_.price_of(state_, h);
    }

    BRINK_HD bool has_collateral() const
    {
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h)
            if (counts(h))
                return true;
        return false;
    }

    /// A coin that is both held and owed repays itself.
    BRINK_HD void set_off()
    {
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h)
            if (state_.owes(h) && state_.balance(h) > 0.0)
                state_.credit(h, 0.0, event_.price_of(state_, h));
    }

    BRINK_HD void seize_while_it_pays()
    {
        Ladder<double> const& ladder = event_.ladder_of(idx_);
        for (std::int32_t i = 0; i < max_calls; ++i) {
            Assessment<double> const now = event_.assess(state_.account(), state_, event_.price);
            if (!breaches(ladder, now, liquidation_level(ladder, now)))
                return;
            Call const call = best_of_all(health_of(now));
            if (!(call.profit > 0.0))
                return;
            make(call);
        }
    }

    BRINK_HD Call best_of_all(double health) const
    {
        Call best;
        for (std::int32_t d = 0; d < state_.layout().num_holdings; ++d)
            for (std::int32_t c = 0; c < state_.layout().num_holdings; ++c) {
                if (!state_.owes(d) || c == d || !counts(c))
                    continue;
                Call const call = best_call(d, c, health);
                if (call.profit > best.profit)
                    best = call;
            }
        return best;
    }

    BRINK_HD Seizable seizable(std::int32_t d, std::int32_t c, double health) const
    {
        double const value = state_.balance(c) * oracle_price(c);
        double const ratio = event_.assessor.marginal_ratio(state_.holdings()[c], state_.balance(c),
                                                            oracle_price(c));
        double total = 0.0;
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h)
            total += state_.owed(h) * event_.price_of(state_, h);
        return {state_.owed(d) * event_.price_of(state_, d),
                total,
                value,
                health,
                bonus_multiplier(venue_.seizure, bonus_of(c).most, ratio, health),
                ratio};
    }

    /// [numeraire] of repaying `repaid` and selling what it buys.
    BRINK_HD double profit(Seizable const& pair, std::int32_t c, double repaid) const
    {
        std::int32_t const asset = state_.holdings()[c].asset;
        double const seized = repaid * pair.multiplier;  // as the venue prices it
        double const worth = seized / oracle_price(c) * event_.price[asset];
        double const kept =
            protocol_fee(venue_.seizure, bonus_of(c).protocol_share, repaid, seized);
        return worth * (1.0 - kept / seized) - repaid - venue_.seizure.call_cost
               - event_.quote(event_.assets[asset].execution, asset, {worth});
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

    /// [numeraire] in [0, most], where the profit, which is concave, is largest: all where the
    /// market has no depth to lose. Golden-section search.
    BRINK_HD double most_profitable(Seizable const& pair, std::int32_t c, double most) const
    {
        Execution const& terms = event_.assets[state_.holdings()[c].asset].execution;
        if (!(most > 0.0) || (terms.adv == 0.0 && terms.depth_2pct == 0.0))
            return most;
        constexpr double golden = 0.61803398874989484820;
        double low = 0.0, high = most;
        double a = high - golden * (high - low), b = low + golden * (high - low);
        double at_a = profit(pair, c, a), at_b = profit(pair, c, b);
        for (int i = 0; i < 48; ++i) {
            if (at_a > at_b) {
                high = b, b = a, at_b = at_a;
                a = high - golden * (high - low), at_a = profit(pair, c, a);
            } else {
                low = a, a = b, at_a = at_b;
                b = low + golden * (high - low), at_b = profit(pair, c, b);
            }
        }
        return profit(pair, c, most) >= at_b ? most : 0.5 * (low + high);
    }

    /// What is seized goes to market; its cost is the liquidator's.
    BRINK_HD void sell(std::int32_t c, double seized)
    {
        std::int32_t const asset = state_.holdings()[c].asset;
        event_.trade(event_.assets[asset].execution, asset, {seized});
    }

    BRINK_HD void book(Call const& call, double seized_coins, double seized, double repaid_coins,
                       double repaid)
    {
        double const kept =
            protocol_fee(venue_.seizure, bonus_of(call.collateral).protocol_share, repaid, seized);
        state_[AccountField::liquidated_notional] += repaid;
        state_[AccountField::protocol_fee] += kept;
        note_repayment(call.debt, repaid_coins, repaid);
        note_seizure(call.collateral, seized_coins, seized, seized - repaid);
    }
    BRINK_HD void note_repayment(std::int32_t d, double coins, double value) const
    {
        event_.note({.kind = EventKind::debt_repaid,
                     .account = idx_,
                     .item = state_.holdings()[d].asset,
                     .amount = coins,
                     .value = value});
    }
    BRINK_HD void note_seizure(std::int32_t c, double coins, double value, double bonus) const
    {
        event_.book_liquidation(state_, {.kind = EventKind::collateral_seized,
                                         .account = idx_,
                                         .item = state_.holdings()[c].asset,
                                         .amount = coins,
                                         .value = value,
                                         .price = (value - bonus) / coins,
                                         .fee = bonus});
    }

    BRINK_HD void absorb()
    {
        double credit = take_all_collateral();
        for (std::int32_t d = 0; d < state_.layout().num_holdings; ++d) {
            if (!state_.owes(d))
                continue;
            double const price = event_.price_of(state_, d);
            double const debt = state_.owed(d) * price;
            double const paid = vmin(debt, credit);
            if (!(paid > 0.0))
                return;
            credit -= paid;
            double const coins = paid == debt ? state_.owed(d) : paid / price;
            state_.credit(d, coins, price);
            state_[AccountField::liquidated_notional] += paid;
            note_repayment(d, coins, paid);
            if (paid == debt && credit > 0.0 && !state_.has_debt()) {
                state_.credit(d, credit / price, price);
                credit = 0.0;
            }
        }
    }

    /// \return [numeraire] what the account is credited with
    BRINK_HD double take_all_collateral()
    {
        double credit = 0.0;
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h) {
            if (!counts(h))
                continue;
            double const coins = state_.balance(h);
            double const value = coins * event_.price_of(state_, h);
            double const credited = coins * oracle_price(h) / (1.0 + bonus_of(h).most);
            state_[AccountField::protocol_fee] +=
                protocol_fee(venue_.seizure, bonus_of(h).protocol_share, credited, value);
            state_.credit(h, -coins, event_.price_of(state_, h));
            note_seizure(h, coins, value, value - credited);
            credit += credited;
        }
        return credit;
    }

    /// Debts that no collateral stands for are the venue's.
    BRINK_HD void leave_deficit()
    {
        double owed = 0.0;
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h)
            owed += state_.owed(h) * event_.price_of(state_, h);
        if (!(owed > 0.0))
            return;
        state_[AccountField::interest] += state_.accrued_interest(event_.price);
        state_[AccountField::deficit] += owed;
        event_.note({.kind = EventKind::deficit, .account = idx_, .value = owed});
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h)
            state_.clear_debt(h);
    }
};

BRINK_END_ISA
