// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/balance_seller.hpp"

BRINK_BEGIN_ISA

/// Auto-exchange of balances below zero: the venue sells other balances of the account for them.
/// `AutoExchanger{event, account}()` between arrivals and assessment, where one of them is beyond
/// the threshold, or where all debts are too large for what is left without positions;
/// `at_liquidation()` for whatever is owed. No part of a position is touched, so that an account
/// whose balances were exchanged does not count as liquidated. Its carry is settled first.
/// Source: Binance, multi-assets mode information page.
template<int N>
class AutoExchanger {
    PathEvent<N>& event_;
    std::int32_t idx_;
    AccountState state_;
    ExchangeTerms const& terms_;

  public:
    BRINK_FN AutoExchanger(PathEvent<N>& event, std::int32_t account)
        : event_{event},
          idx_{account},
          state_{event.state(account)},
          terms_{event.venue_of(account).exchange}
    {}

    BRINK_HD void operator()()
    {
        if (state_[AccountField::closed] != 0.0 || !state_.has_debt())
            return;
        double const beyond = owes_too_much() ? 0.0 : terms_.threshold;
        for (std::int32_t d = 0; d < state_.layout().num_holdings; ++d)
            if (debt_value(d) > beyond)
                exchange(d);
    }

    /// \return whether anything was sold
    BRINK_HD bool at_liquidation()
    {
        bool sold = false;
        if (terms_.at_liquidation == 0 || state_[AccountField::closed] != 0.0)
            return sold;
        for (std::int32_t d = 0; d < state_.layout().num_holdings; ++d)
            if (state_.owes(d))
                sold = exchange(d) || sold;
        return sold;
    }

  private:
    BRINK_HD double debt_value(std::int32_t d) const
    {
        return state_.owed(d) * event_.price_of(state_, d);
    }

    /// Without positions: debt against collateral after haircuts.
    BRINK_HD bool owes_too_much() const
    {
        if (terms_.loan_to_value == no_exchange || state_.has_open_position())
            return false;
        double debt = 0.0;
        for (std::int32_t d = 0; d < state_.layout().num_holdings; ++d)
            debt += debt_value(d);
        double const equity = event_.assess(state_.account(), state_, event_.price).margin_equity;
        return debt >= terms_.loan_to_value * (equity + debt);
    }

    BRINK_HD bool exchange(std::int32_t d)
    {
        return BalanceSeller<N>{
            event_, idx_, {EventKind::balance_exchanged, terms_.bid_haircut}}(d);
    }
};

BRINK_END_ISA
