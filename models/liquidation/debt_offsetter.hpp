// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/loan_account.hpp"
#include "models/liquidation/stability_pool.hpp"

BRINK_BEGIN_ISA

/// A loan that a stability pool and the other borrowers take over, as a whole and at once:
/// `DebtOffsetter{event, account}()`.
///
/// Owners are independent given the prices, so every account meets the pool at its configured size.
/// Of several coins of collateral each stands against its share of the debt and of the pool. What
/// the pool gets beyond the debt that it repays flows into the venue's fund, which is the pool;
/// what it lacks is asked of the fund. What the other borrowers lack they bear themselves: no fund
/// meets it. The deposit for gas is no part of the account; it is lost with it.
template<int N>
class DebtOffsetter {
    LoanAccount<N> loan_;
    PoolTerms const& terms_;

    /// [numeraire] what is owed beyond the collateral that is taken for it.
    struct Lack {
        double pool{0.0};
        double others{0.0};
    };

  public:
    BRINK_FN DebtOffsetter(PathEvent<N>& event, std::int32_t account)
        : loan_{event, account}, terms_{event.venue_of(account).pool}
    {}

    BRINK_HD bool acts() const { return action() != PoolAction::none; }

    BRINK_HD void operator()() const
    {
        PoolAction const how = action();
        loan_.set_off();
        double const debt = loan_.total_owed();
        double const pool = how == PoolAction::redistribute ? 0.0 : vmin(terms_.size, debt);
        if (debt > 0.0) {
            Lack const lack = hand_over(how, debt, pool);
            clear_debts(pool / debt);
            leave_deficit(lack);
            lose_deposit();
        }
        loan_.state()[AccountField::closed] = 1.0;
    }

    BRINK_HD PoolAction action() const
    {
        Ladder<double> const& ladder = loan_.ladder();
        Assessment<double> const now = loan_.assess();
        Assessment<double> normal = now;
        normal.recovery_level = 0.0;
        double const debt = loan_.total_owed();
        return pool_action({breaches(ladder, now, liquidation_level(ladder, normal)),
                            collateral_value() <= debt, now.recovery_level > 0.0,
                            breaches(ladder, now, now.recovery_level), terms_.size >= debt});
    }

  private:
    /// [numeraire] as the venue sees it; 0 of a coin that counts for nothing: it is no part of the
    /// loan.
    BRINK_HD double value_of(std::int32_t c) const
    {
        if (!loan_.is_collateral(c))
            return 0.0;
        double const price = loan_.oracle_price(c);
        double const ratio =
            loan_.event().assessor.marginal_ratio(loan_.state().holdings()[c], 0.0, price);
        return ratio > 0.0 ? loan_.state().balance(c) * price : 0.0;
    }
    BRINK_HD double collateral_value() const
    {
        double total = 0.0;
        for (std::int32_t c = 0; c < loan_.size(); ++c)
            total += value_of(c);
        return total;
    }

    BRINK_HD Lack hand_over(PoolAction how, double debt, double pool) const
    {
        double const total = collateral_value();
        if (!(total > 0.0))
            return {pool, debt - pool};
        Lack lack;
        for (std::int32_t c = 0; c < loan_.size(); ++c) {
            double const share = value_of(c) / total;
            if (!(share > 0.0))
                continue;
            PooledLoan const part{debt * share, loan_.state().balance(c), loan_.oracle_price(c)};
            PoolSplit const split = how == PoolAction::cap ? split_capped(terms_, part)
                                                           : split_loan(terms_, part, pool * share);
            take(c, split, lack);
        }
        return lack;
    }

    /// Where nothing is left to the owner, rounding leaves nothing either.
    BRINK_HD void take(std::int32_t c, PoolSplit const& split, Lack& lack) const
    {
        double const price = loan_.price_of(c);
        bool const leaves_none = !(split.surplus > 0.0);
        double const all = loan_.state().balance(c);
        if (split.gas > 0.0)
            loan_.take(EventKind::gas_compensated, c, split.gas, 0.0, 0.0, price);
        if (split.offset > 0.0) {
            bool const is_last = leaves_none && !(split.redistributed > 0.0);
            double const coins = is_last ? vmax(all - split.gas, 0.0) : split.to_pool;
            double const paid = vmin(split.offset, coins * price);
            loan_.take(EventKind::collateral_seized, c, coins, paid, coins * price - paid,
                       paid / coins);
            lack.pool += split.offset - paid;
        }
        if (split.redistributed > 0.0) {
            double const coins = leaves_none ? loan_.state().balance(c) : split.to_others;
            double const paid = vmin(split.redistributed, coins * price);
            loan_.take(EventKind::collateral_redistributed, c, coins, paid, 0.0, paid / coins);
            lack.others += split.redistributed - paid;
        }
    }

    /// \param offset share of every debt that the pool repays
    BRINK_HD void clear_debts(double offset) const
    {
        for (std::int32_t d = 0; d < loan_.size(); ++d) {
            if (!loan_.state().owes(d))
                continue;
            double const coins = loan_.state().owed(d);
            note_debt(EventKind::debt_offset, d, coins * offset);
            note_debt(EventKind::debt_redistributed, d, coins * (1.0 - offset));
            loan_.state()[AccountField::liquidated_notional] += coins * loan_.price_of(d);
            loan_.state().credit(d, coins, loan_.price_of(d));
        }
    }
    BRINK_HD void note_debt(EventKind kind, std::int32_t d, double coins) const
    {
        if (coins > 0.0)
            loan_.event().note({.kind = kind,
                                .account = loan_.account(),
                                .item = loan_.asset_of(d),
                                .amount = coins,
                                .value = coins * loan_.price_of(d)});
    }

    BRINK_HD void leave_deficit(Lack const& lack) const
    {
        double const lacking = lack.pool + lack.others;
        if (!(lacking > 0.0))
            return;
        loan_.state()[AccountField::deficit] += lacking;
        loan_.state()[AccountField::unfunded] += lack.others;
        loan_.event().note(
            {.kind = EventKind::deficit, .account = loan_.account(), .value = lacking});
    }

    BRINK_HD void lose_deposit() const
    {
        if (terms_.gas_deposit > 0.0)
            loan_.event().book_liquidation(loan_.state(), {.kind = EventKind::deposit_lost,
                                                           .account = loan_.account(),
                                                           .value = terms_.gas_deposit,
                                                           .fee = terms_.gas_deposit});
    }
};

BRINK_END_ISA
