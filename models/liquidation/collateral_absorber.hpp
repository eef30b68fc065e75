// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/loan_account.hpp"

BRINK_BEGIN_ISA

/// The venue takes all collateral at its price less the bonus, and the debts with it; what is above
/// them comes back in the last debt's coin (Compound v3 Comet.sol, absorb):
/// `CollateralAbsorber{loan}()`.
template<int N>
class CollateralAbsorber {
    LoanAccount<N> const& loan_;

  public:
    BRINK_FN explicit CollateralAbsorber(LoanAccount<N> const& loan) : loan_{loan} {}

    BRINK_HD void operator()() const
    {
        double credit = take_all();
        for (std::int32_t d = 0; d < loan_.size(); ++d) {
            if (!loan_.state().owes(d))
                continue;
            double const debt = loan_.owed(d);
            double const paid = vmin(debt, credit);
            if (!(paid > 0.0))
                return;
            credit -= paid;
            loan_.repay(d, paid == debt ? loan_.state().owed(d) : paid / loan_.price_of(d));
            if (credit > 0.0 && !loan_.state().has_debt())
                loan_.state().credit(d, credit / loan_.price_of(d), loan_.price_of(d));
        }
    }

  private:
    /// \return [numeraire] what the account is credited with
    BRINK_HD double take_all() const
    {
        double credit = 0.0;
        for (std::int32_t h = 0; h < loan_.size(); ++h) {
            if (!loan_.is_collateral(h))
                continue;
            double const coins = loan_.state().balance(h);
            double const credited = coins * loan_.oracle_price(h) / (1.0 + loan_.bonus_of(h).most);
            loan_.seize(h, coins, credited);
            credit += credited;
        }
        return credit;
    }
};

BRINK_END_ISA
