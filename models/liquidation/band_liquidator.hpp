// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/loan_account.hpp"
#include "models/liquidation/soft_bands.hpp"

BRINK_BEGIN_ISA

/// Hard liquidation of a loan in bands: somebody repays a share of the debt and takes what the
/// bands hold for it, collateral and stable (controller.vy liquidate), if that pays after the cost
/// of selling the collateral and of the call. `BandLiquidator{event, account}()`.
template<int N>
class BandLiquidator {
    LoanAccount<N> loan_;
    LoanBands<double> const& bands_;

  public:
    BRINK_FN BandLiquidator(PathEvent<N>& event, std::int32_t account)
        : loan_{event, account}, bands_{event.accounts[account].bands}
    {}

    BRINK_HD bool finds_liquidator() const
    {
        double const sold = taken() * collateral_worth();
        return sold + taken() * stable_worth() - repaid() - loan_.venue().seizure.call_cost
                   - loan_.cost_of_selling(bands_.holding, sold)
               > 0.0;
    }

    BRINK_HD void operator()() const
    {
        double const share = taken();
        double const paid = repaid();
        double const coins = share * loan_.state().balance(bands_.holding);
        double const worth = share * collateral_worth();
        double const stable = share * loan_.state().stable_in_bands(debt());
        loan_.send_to_market(bands_.holding, coins);
        loan_.repay(debt(), loan_.venue().seizure.close_factor * loan_.state().owed(debt()));
        loan_.state().scale_bands(1.0 - share);
        double const stable_value = stable * loan_.price_of(debt());
        double const fee = worth + stable_value - paid;
        note(debt(), stable, stable_value, coins > 0.0 ? 0.0 : fee);
        note(bands_.holding, coins, worth, fee);
        if (!loan_.state().has_debt())
            loan_.state()[AccountField::closed] = 1.0;
    }

  private:
    BRINK_FN std::int32_t debt() const { return bands_.owed; }
    /// Of the bands.
    BRINK_FN double taken() const
    {
        return removed_share(loan_.venue().seizure.close_factor, 1.0 - bands_.ratio);
    }
    /// [numeraire]
    BRINK_FN double repaid() const
    {
        return loan_.venue().seizure.close_factor * loan_.owed(debt());
    }
    BRINK_FN double collateral_worth() const
    {
        return loan_.state().balance(bands_.holding) * loan_.price_of(bands_.holding);
    }
    BRINK_FN double stable_worth() const
    {
        return loan_.state().stable_in_bands(debt()) * loan_.price_of(debt());
    }

    /// \param value [numeraire] at mark \param fee of it, what is not paid for
    BRINK_HD void note(std::int32_t h, double coins, double value, double fee) const
    {
        if (!(coins > 0.0))
            return;
        loan_.event().book_liquidation(loan_.state(), {.kind = EventKind::collateral_seized,
                                                       .account = loan_.account(),
                                                       .item = loan_.asset_of(h),
                                                       .amount = coins,
                                                       .value = value,
                                                       .price = (value - fee) / coins,
                                                       .fee = fee});
    }
};

BRINK_END_ISA
