// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/balance_seller.hpp"
#include "models/liquidation/fees.hpp"

BRINK_BEGIN_ISA

/// Repayment of a debt when an account is closed at market: `DebtRepayer{event, account}(holding)`
/// sells other balances for it. A loan's debt first grows by the fee.
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
        BalanceSeller<N>{event_, idx_, {EventKind::balance_sold, venue_.bid_haircut}}(d);
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
};

BRINK_END_ISA
