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
        double credit = credit_for_all();
        double const lacking = take_all(market_worth(credit));
        loan_.add_deficit(lacking);
        for (std::int32_t d = 0; d < loan_.size(); ++d) {
            if (!loan_.state().owes(d))
                continue;
            double const debt = loan_.owed(d);
            double const paid = vmin(debt, credit);
            if (!(paid > 0.0))
                return;
            credit -= paid;
            loan_.repay(d, paid == debt ? loan_.state().owed(d) : paid / loan_.debt_price(d));
            if (credit > 0.0 && !loan_.state().has_debt())
                loan_.state().credit(d, credit / loan_.debt_price(d), loan_.price_of(d));
        }
    }

  private:
    /// [numeraire] as the venue prices it
    BRINK_FN double credit_for(std::int32_t h) const
    {
        return loan_.state().balance(h) * loan_.oracle_price(h) / (1.0 + loan_.bonus_of(h).most);
    }
    BRINK_HD double credit_for_all() const
    {
        double credit = 0.0;
        for (std::int32_t h = 0; h < loan_.size(); ++h)
            if (loan_.is_collateral(h))
                credit += credit_for(h);
        return credit;
    }

    /// What `credit` repays and leaves is worth at market, over what the venue counts it for.
    BRINK_HD double market_worth(double credit) const
    {
        double left = credit, counted = 0.0, worth = 0.0, last = 1.0;
        for (std::int32_t d = 0; d < loan_.size(); ++d) {
            if (!loan_.state().owes(d))
                continue;
            double const paid = vmin(loan_.owed(d), left);
            last = loan_.debt_worth(d);
            counted += paid;
            worth += paid * last;
            left -= paid;
        }
        return counted + left > 0.0 ? (worth + left * last) / (counted + left) : 1.0;
    }

    /// Where the venue credits more than the market pays, it bears the difference.
    /// \return [numeraire] that difference
    BRINK_HD double take_all(double worth) const
    {
        double lacking = 0.0;
        for (std::int32_t h = 0; h < loan_.size(); ++h)
            if (loan_.is_collateral(h)) {
                double const coins = loan_.state().balance(h);
                double const credited = credit_for(h) * worth;
                double const paid = vmin(credited, coins * loan_.price_of(h));
                loan_.seize(h, coins, credit_for(h), paid);
                lacking += credited - paid;
            }
        return lacking;
    }
};

BRINK_END_ISA
