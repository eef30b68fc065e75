// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/seizure.hpp"
#include "models/path/path_event.hpp"

BRINK_BEGIN_ISA

/// A loan under liquidation: what its collateral and debts are to the venue, and how repayments and
/// seizures are booked.
template<int N>
class LoanAccount {
    PathEvent<N>& event_;
    std::int32_t idx_;
    AccountState state_;

  public:
    BRINK_FN LoanAccount(PathEvent<N>& event, std::int32_t account)
        : event_{event}, idx_{account}, state_{event.state(account)}
    {}

    BRINK_FN PathEvent<N>& event() const { return event_; }
    BRINK_FN std::int32_t account() const { return idx_; }
    BRINK_FN AccountState const& state() const { return state_; }
    BRINK_FN Ladder<double> const& ladder() const { return event_.ladder_of(idx_); }
    BRINK_FN Venue const& venue() const { return event_.venue_of(idx_); }
    BRINK_FN std::int32_t size() const { return state_.layout().num_holdings; }

    BRINK_FN bool is_collateral(std::int32_t h) const
    {
        return state_.holdings()[h].curve >= 0 && state_.balance(h) > 0.0;
    }
    BRINK_HD bool has_collateral() const
    {
        for (std::int32_t h = 0; h < size(); ++h)
            if (is_collateral(h))
                return true;
        return false;
    }
    BRINK_FN BonusTerms const& bonus_of(std::int32_t h) const
    {
        return event_.bonuses[state_.holdings()[h].curve];
    }
    /// [numeraire/coin] at which the venue hands a coin over.
    BRINK_FN double oracle_price(std::int32_t h) const
    {
        bool const par = event_.assessor.curve(state_.holdings()[h]).par != 0;
        return par ? 1.0 : debt_price(h);
    }
    /// [numeraire/coin] at which the venue counts what is owed and repaid.
    BRINK_FN double debt_price(std::int32_t h) const { return event_.margin_price_of(state_, h); }
    BRINK_FN double price_of(std::int32_t h) const { return event_.price_of(state_, h); }
    /// [numeraire] at the venue's price
    BRINK_FN double owed(std::int32_t h) const { return state_.owed(h) * debt_price(h); }
    /// What a debt costs to repay over what the venue counts it for.
    BRINK_FN double debt_worth(std::int32_t h) const { return price_of(h) / debt_price(h); }
    /// What collateral is sold for over what the venue counts it for.
    BRINK_FN double collateral_worth(std::int32_t h) const { return price_of(h) / oracle_price(h); }
    BRINK_HD double total_owed() const
    {
        double total = 0.0;
        for (std::int32_t h = 0; h < size(); ++h)
            total += owed(h);
        return total;
    }
    BRINK_HD double total_owed_at_market() const
    {
        double total = 0.0;
        for (std::int32_t h = 0; h < size(); ++h)
            total += state_.owed(h) * price_of(h);
        return total;
    }
    BRINK_FN Execution const& execution_of(std::int32_t h) const
    {
        return event_.assets[asset_of(h)].execution;
    }
    BRINK_FN std::int32_t asset_of(std::int32_t h) const { return state_.holdings()[h].asset; }
    /// [coin] in which amounts of holding h are counted; 0: any.
    BRINK_FN double smallest_unit(std::int32_t h) const
    {
        return event_.assets[asset_of(h)].smallest_unit;
    }
    /// [numeraire] of selling coins worth `worth`, without sending
    BRINK_HD double cost_of_selling(std::int32_t h, double worth) const
    {
        return event_.quote(execution_of(h), asset_of(h), {worth});
    }
    /// What was bought goes to market; its cost is the buyer's.
    BRINK_HD void send_to_market(std::int32_t h, double coins) const
    {
        (void)event_.trade(execution_of(h), asset_of(h), {coins * price_of(h)});
    }

    BRINK_HD Assessment<double> assess() const
    {
        return event_.assess(state_.account(), state_, event_.price);
    }
    BRINK_HD bool is_breached(Assessment<double> const& now) const
    {
        return breaches(ladder(), now, liquidation_level(ladder(), now));
    }

    /// A coin that is both held and owed repays itself.
    BRINK_HD void set_off() const
    {
        for (std::int32_t h = 0; h < size(); ++h)
            if (state_.owes(h) && state_.balance(h) > 0.0)
                state_.credit(h, 0.0, price_of(h));
    }

    BRINK_HD void repay(std::int32_t d, double coins) const
    {
        double const value = coins * price_of(d);
        state_.credit(d, coins, price_of(d));
        state_[AccountField::liquidated_notional] += value;
        event_.note({.kind = EventKind::debt_repaid,
                     .account = idx_,
                     .item = state_.holdings()[d].asset,
                     .amount = coins,
                     .value = value});
    }

    /// \param counted [numeraire] what debt it repays, or what it is credited with, as the venue
    /// prices it \param paid [numeraire] the same at market
    BRINK_HD void seize(std::int32_t c, double coins, double counted, double paid) const
    {
        double const kept = protocol_fee(venue().seizure, bonus_of(c).protocol_share,
                                         counted * collateral_worth(c), coins * price_of(c));
        take(EventKind::collateral_seized, c, coins, paid, kept, coins > 0.0 ? paid / coins : 0.0);
    }

    /// \param kept [numeraire] of it, what the venue keeps \param price [numeraire/coin] of the
    /// trade
    BRINK_HD void take(EventKind kind, std::int32_t c, double coins, double paid, double kept,
                       double price) const
    {
        double const value = coins * price_of(c);
        state_.credit(c, -coins, price_of(c));
        state_[AccountField::protocol_fee] += kept;
        event_.book_liquidation(state_, {.kind = kind,
                                         .account = idx_,
                                         .item = state_.holdings()[c].asset,
                                         .amount = coins,
                                         .value = value,
                                         .price = price,
                                         .fee = value - paid});
    }

    /// \param lacking [numeraire] that the venue bears
    BRINK_HD void add_deficit(double lacking) const
    {
        if (!(lacking > 0.0))
            return;
        state_[AccountField::deficit] += lacking;
        event_.note({.kind = EventKind::deficit, .account = idx_, .value = lacking});
    }

    /// Debts that no collateral stands for are the venue's.
    BRINK_HD void leave_deficit() const
    {
        double const lacking = total_owed_at_market();
        if (!(lacking > 0.0))
            return;
        state_[AccountField::interest] += state_.accrued_interest(event_.price);
        add_deficit(lacking);
        for (std::int32_t h = 0; h < size(); ++h)
            state_.clear_debt(h);
    }
};

BRINK_END_ISA
