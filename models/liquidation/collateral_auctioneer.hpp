// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/best_amount.hpp"
#include "models/liquidation/auction.hpp"
#include "models/liquidation/loan_account.hpp"

BRINK_BEGIN_ISA

/// A loan's collateral at auction (Maker Liquidation 2.0): `CollateralAuctioneer{event,
/// account}()`.
///
/// At the start of a step in which the account is in breach, debt and penalty are put up, with the
/// collateral in the same proportion, at `start` times the venue's price, and the price falls. At
/// the step's mark buyers take the amount of largest profit as soon as there is one: what it is
/// worth less the price, the cost of selling it and that of the call. Whatever the price does, the
/// auction goes on until the debt and its penalty are raised, or the auction or the step is over.
/// What is not sold by then is the account's again: while in breach, the next step starts anew.
template<int N>
class CollateralAuctioneer {
    static constexpr std::int32_t max_ticks = 1024;  ///< looked at in one step

    LoanAccount<N> loan_;
    AuctionTerms const& terms_;
    double call_cost_;
    double debt_worth_;  ///< what is owed costs at market, over what the venue counts it for

  public:
    BRINK_FN CollateralAuctioneer(PathEvent<N>& event, std::int32_t account)
        : loan_{event, account},
          terms_{event.venue_of(account).auction},
          call_cost_{event.venue_of(account).seizure.call_cost},
          debt_worth_{loan_.total_owed_at_market() / loan_.total_owed()}
    {}

    /// Whether anybody buys within this step.
    BRINK_HD bool finds_buyer() const
    {
        double const share = share_put_up();
        double const tab = share * loan_.total_owed() * (1.0 + terms_.penalty);
        if (!(tab > 0.0))
            return false;
        for (std::int32_t i = 0; i < num_ticks(); ++i)
            for (std::int32_t c = 0; c < loan_.size(); ++c)
                if (loan_.is_collateral(c)
                    && wanted(c, level_at(i), share * loan_.state().balance(c), tab) > 0.0)
                    return true;
        return false;
    }

    BRINK_HD void operator()() const
    {
        loan_.set_off();
        double const share = share_put_up();
        double tab = share * loan_.total_owed() * (1.0 + terms_.penalty);
        for (std::int32_t c = 0; c < loan_.size() && tab > 0.0; ++c)
            if (loan_.is_collateral(c))
                sell(c, share * loan_.state().balance(c), tab);
        if (!loan_.has_collateral())
            loan_.leave_deficit();
        if (!loan_.state().has_debt())
            loan_.state()[AccountField::closed] = 1.0;
    }

  private:
    BRINK_FN double tick() const
    {
        double const step = loan_.event().step_seconds;
        return vmax(terms_.curve == AuctionCurve::stairstep ? terms_.interval : 1.0,
                    vmin(step, terms_.tail) / max_ticks);
    }
    BRINK_HD std::int32_t num_ticks() const
    {
        double const end = vmin(loan_.event().step_seconds, terms_.tail);
        std::int32_t count = 0;
        while (count < max_ticks && count * tick() <= end
               && !is_auction_over(terms_, count * tick()))
            ++count;
        return count;
    }
    BRINK_FN double level_at(std::int32_t i) const
    {
        return terms_.start * auction_level(terms_, i * tick());
    }
    /// Of the debt, and so of every collateral.
    BRINK_HD double share_put_up() const
    {
        double const debt = loan_.total_owed();
        return debt > 0.0 ? auctioned_debt(terms_, debt) / debt : 0.0;
    }

    /// [coin] that a buyer takes at `level` of the venue's price; 0: nothing pays.
    BRINK_HD double wanted(std::int32_t c, double level, double lot, double tab) const
    {
        double const mark = loan_.price_of(c), price = loan_.oracle_price(c) * level;
        double const cost = price * debt_worth_;
        if (!(cost < mark))
            return 0.0;
        auto const profit = [&](double coins) {
            return coins * (mark - cost) - loan_.cost_of_selling(c, coins * mark) - call_cost_;
        };
        double const coins = best_amount(profit, tab < lot * price ? tab / price : lot);
        return profit(coins) > 0.0 ? coins : 0.0;
    }

    /// Falling price for one collateral. \param tab [numeraire] still to be raised
    BRINK_HD void sell(std::int32_t c, double lot, double& tab) const
    {
        std::int32_t const end = num_ticks();
        double const least = terms_.dust * (1.0 + terms_.penalty);
        for (std::int32_t i = 0; i < end && tab > 0.0 && lot > 0.0; ++i) {
            double const level = level_at(i);
            double const coins = wanted(c, level, lot, tab);
            if (!(coins > 0.0))
                continue;
            double const price = loan_.oracle_price(c) * level;
            AuctionTake const bought = auction_take(lot, tab, price, coins, least);
            if (!(bought.coins > 0.0))
                continue;
            loan_.send_to_market(c, bought.coins);
            settle(c, bought, price);
            lot = bought.coins == lot ? 0.0 : lot - bought.coins;
            tab = bought.paid == tab ? 0.0 : tab - bought.paid;
        }
    }

    /// What is paid repays debts in their order, each with its penalty.
    /// \param price [numeraire/coin] as the venue counts it
    BRINK_HD void settle(std::int32_t c, AuctionTake const& bought, double price) const
    {
        double const repaid = bought.paid / (1.0 + terms_.penalty);
        double left = repaid, counted = 0.0, worth = 0.0;
        for (std::int32_t d = 0; d < loan_.size() && left > 0.0; ++d) {
            if (!loan_.state().owes(d))
                continue;
            double const debt = loan_.owed(d);
            bool const all = left >= debt * (1.0 - 1e-14);
            counted += all ? debt : left;
            worth += (all ? debt : left) * loan_.debt_worth(d);
            loan_.repay(d, all ? loan_.state().owed(d) : left / loan_.debt_price(d));
            left = all ? left - debt : 0.0;
        }
        double const market = worth / counted;  // of what repays, over what the venue counts
        loan_.take(EventKind::collateral_seized, c, bought.coins, repaid * market,
                   (bought.paid - repaid) * market, price * market);
    }
};

BRINK_END_ISA
