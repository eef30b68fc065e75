// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/least_amount.hpp"
#include "models/path/path_event.hpp"

BRINK_BEGIN_ISA

/// What a forced sale of balances is, and how far below the market it fills.
struct BalanceSale {
    EventKind kind;
    double bid_haircut;  ///< of the price, beside spread and impact
};

/// Forced sale of other balances until a debt is repaid, no more than is needed:
/// `BalanceSeller{event, account, sale}(holding)`. One after the other in the venue's order, or
/// the same share of each; what rounding leaves of a debt after that is sold for in order.
/// Source: Binance, multi-assets mode information page (in proportion; deficit / bid).
template<int N>
class BalanceSeller {
    PathEvent<N>& event_;
    std::int32_t idx_;
    AccountState state_;
    SaleTerms const& terms_;
    BalanceSale sale_;

  public:
    BRINK_FN BalanceSeller(PathEvent<N>& event, std::int32_t account, BalanceSale sale)
        : event_{event},
          idx_{account},
          state_{event.state(account)},
          terms_{event.venue_of(account).sale},
          sale_{sale}
    {}

    /// \param d holding whose debt is repaid \return whether anything was sold
    BRINK_HD bool operator()(std::int32_t d)
    {
        bool sold = false;
        if (terms_.rule == SaleRule::pro_rata && state_.owes(d))
            sold = sell_shares(d);
        for (std::int32_t i = 0; i < num_sales() && state_.owes(d); ++i) {
            std::int32_t const h = holding_of_sale(i);
            if (!is_for_sale(h, d))
                continue;
            sell(h, d, amount_for(h, d));
            sold = true;
        }
        return sold;
    }

  private:
    BRINK_HD std::int32_t num_sales() const
    {
        return terms_.order.size > 0 ? terms_.order.size : state_.layout().num_holdings;
    }
    /// \return -1 where the account cannot hold the coin
    BRINK_HD std::int32_t holding_of_sale(std::int32_t i) const
    {
        if (terms_.order.size == 0)
            return i;
        std::int32_t const asset = event_.tables[terms_.order][i];
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h)
            if (state_.holdings()[h].asset == asset)
                return h;
        return -1;
    }
    BRINK_HD bool is_for_sale(std::int32_t h, std::int32_t d) const
    {
        return h >= 0 && h != d && state_.balance(h) > 0.0;
    }

    /// [numeraire] cost of selling `notional` of an asset.
    BRINK_HD double cost_of(std::int32_t asset, double notional) const
    {
        return event_.quote(event_.assets[asset].execution, asset, {notional})
               + sale_.bid_haircut * notional;
    }

    /// [coin] of holding h that repay the debt, all of it where that is too little.
    BRINK_HD double amount_for(std::int32_t h, std::int32_t d) const
    {
        std::int32_t const asset = state_.holdings()[h].asset;
        double const price = event_.price[asset];
        double const needed = state_.owed(d) * event_.price_of(state_, d);
        auto const lack = [&](double amount) {
            double const notional = amount * price;
            return needed + cost_of(asset, notional) - notional;
        };
        return least_amount(lack, state_.balance(h));
    }

    /// \return whether anything was sold
    BRINK_HD bool sell_shares(std::int32_t d)
    {
        double const needed = state_.owed(d) * event_.price_of(state_, d);
        auto const lack = [&](double share) {
            double left = needed;
            for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h) {
                double const notional = share * state_.balance(h) * event_.price_of(state_, h);
                if (is_for_sale(h, d))
                    left +=
                        vmin(cost_of(state_.holdings()[h].asset, notional), notional) - notional;
            }
            return left;
        };
        double const share = least_amount(lack, 1.0);
        bool sold = false;
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h)
            if (is_for_sale(h, d) && share > 0.0) {
                sell(h, d, share == 1.0 ? state_.balance(h) : share * state_.balance(h));
                sold = true;
            }
        return sold;
    }

    BRINK_HD void sell(std::int32_t h, std::int32_t d, double amount)
    {
        std::int32_t const asset = state_.holdings()[h].asset;
        double const price = event_.price[asset];
        double const debt_price = event_.price_of(state_, d);
        double const notional = amount * price;
        double const traded = event_.trade(event_.assets[asset].execution, asset, {notional});
        double const cost = vmin(traded + sale_.bid_haircut * notional, notional);
        state_.credit(h, amount == state_.balance(h) ? -state_.balance(h) : -amount, price);
        state_.credit(d, (notional - cost) / debt_price, debt_price);
        event_.book_liquidation(state_, {.kind = sale_.kind,
                                         .account = idx_,
                                         .item = asset,
                                         .amount = amount,
                                         .value = notional,
                                         .price = price * (1.0 - cost / notional),
                                         .slippage = cost});
    }
};

BRINK_END_ISA
