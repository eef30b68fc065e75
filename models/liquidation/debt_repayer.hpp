// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/least_amount.hpp"
#include "models/liquidation/fees.hpp"
#include "models/path/path_event.hpp"

BRINK_BEGIN_ISA

/// Forced sale of balances, in the order of the config, until a debt is repaid:
/// `DebtRepayer{event, account}(holding)`. A loan's debt first grows by the fee.
template<int N>
class DebtRepayer {
    PathEvent<N>& event_;
    std::int32_t idx_;
    AccountState state_;
    Venue const& venue_;

  public:
    BRINK_FN DebtRepayer(PathEvent<N>& event, std::int32_t account)
        : event_{event},
          idx_{account},
          state_{event.state(account)},
          venue_{event.venue_of(account)}
    {}

    /// \param d holding whose debt is repaid
    BRINK_HD void operator()(std::int32_t d)
    {
        if (event_.ladder_of(idx_).health == HealthRule::collateral_over_debt)
            charge_debt_fee(d);
        for (std::int32_t h = 0; h < state_.layout().num_holdings && state_.owes(d); ++h)
            if (h != d && state_.balance(h) > 0.0)
                sell(h, d);
    }

  private:
    /// The fee of a loan's liquidation is a share of the debt, added to what must be repaid.
    BRINK_HD void charge_debt_fee(std::int32_t d)
    {
        double const price = event_.price_of(state_, d);
        double const debt = state_.owed(d);
        double const rate =
            ramped_fee(venue_.fee_rate, venue_.fee_ramp, event_.time_in_breach(state_));
        state_[AccountField::liquidated_notional] += debt * price;
        state_.credit(d, -rate * debt, price);
        event_.book_liquidation(state_, {.kind = EventKind::debt_fee_charged,
                                         .account = idx_,
                                         .item = state_.holdings()[d].asset,
                                         .amount = debt,
                                         .value = debt * price,
                                         .fee = rate * debt * price});
    }

    BRINK_HD void sell(std::int32_t h, std::int32_t d)
    {
        std::int32_t const asset = state_.holdings()[h].asset;
        Execution const& terms = event_.assets[asset].execution;
        double const price = event_.price[asset];
        double const debt_price = event_.price_of(state_, d);
        double const needed = state_.owed(d) * debt_price;
        auto const lack = [&](double amount) {
            double const notional = amount * price;
            return needed + event_.quote(terms, asset, {notional})
                   - notional * (1.0 - venue_.bid_haircut);
        };
        double const amount = least_amount(lack, state_.balance(h));
        double const notional = amount * price;
        double const cost =
            vmin(event_.trade(terms, asset, {notional}) + venue_.bid_haircut * notional, notional);
        state_.credit(h, amount == state_.balance(h) ? -state_.balance(h) : -amount, price);
        state_.credit(d, (notional - cost) / debt_price, debt_price);
        event_.book_liquidation(state_, {.kind = EventKind::balance_sold,
                                         .account = idx_,
                                         .item = asset,
                                         .amount = amount,
                                         .value = notional,
                                         .price = price * (1.0 - cost / notional),
                                         .slippage = cost});
    }
};

BRINK_END_ISA
