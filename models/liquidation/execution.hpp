// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/instruments/instrument.hpp"
#include "models/liquidation/constant_product.hpp"

BRINK_BEGIN_ISA

enum class Side : std::int32_t { sell, buy };

/// Whether selling more brings less apiece.
BRINK_HD inline bool has_impact(Execution const& terms)
{
    return terms.adv > 0.0 || terms.depth_2pct > 0.0 || terms.pool_depth > 0.0;
}

/// What is sent to the market at once.
struct Order {
    double notional;  ///< [numeraire] at mark, >= 0
    Side side{Side::sell};
    Payoff payoff{Payoff::linear};
};

/// Cost of trading at market beyond the mark: `cost(order, sent)`, [numeraire] >= 0.
///
/// Average price = mark (1 - s i), i = half_spread + impact(Q), s = +1 selling and -1 buying, Q the
/// notional sent in this step; impact = coefficient sigma_day sqrt(Q / adv) (square-root law;
/// Almgren et al. 2005, Toth et al. 2011), or 0.02 Q / depth_2pct, or that of a constant-product
/// pool (Q / (Q + pool_depth) of a sale without a fee). A linear contract pays N i. An inverse one,
/// whose P&L is C (1/entry - 1/price) coins, pays N i / (1 - s i). A slice after `sent` pays the
/// difference of the totals, so that slicing an order within a step changes nothing. The
/// price-taker does not move the mark.
class ExecutionCost {
    /// An inverse contract is sold at 1 % of the mark at least: at a price of 0 it loses any
    /// amount.
    static constexpr double most_rate = 0.99;
    Execution terms_;
    double sigma_day_;
    double depth_;

  public:
    /// \param volatility_multiplier of the path at this step (1 where volatility is constant)
    /// \param depth_multiplier of adv, depth_2pct and pool_depth, > 0
    BRINK_FN ExecutionCost(Execution const& terms, double volatility_multiplier,
                           double depth_multiplier = 1.0)
        : terms_{terms},
          sigma_day_{terms.sigma_day * volatility_multiplier},
          depth_{depth_multiplier}
    {}

    /// \param sent [numeraire] sent before in this step, >= 0
    /// A linear sale never costs more than its notional: the price is not below 0.
    BRINK_FN double operator()(Order const& order, double sent) const
    {
        double const cost = total_cost(order, sent + order.notional) - total_cost(order, sent);
        bool const is_capped = order.side == Side::sell && order.payoff == Payoff::linear;
        return is_capped ? vmin(cost, order.notional) : cost;
    }

  private:
    BRINK_FN double total_cost(Order const& order, double quantity) const
    {
        double const cost = terms_.half_spread * quantity + impact_cost(order.side, quantity);
        if (order.payoff == Payoff::linear || !(quantity > 0.0))
            return cost;
        double const rate = cost / quantity;
        return cost / (order.side == Side::sell ? 1.0 - vmin(rate, most_rate) : 1.0 + rate);
    }

    BRINK_FN double impact_cost(Side side, double quantity) const
    {
        if (terms_.pool_depth > 0.0) {
            double const depth = terms_.pool_depth * depth_;
            return side == Side::sell ? pool_sale_cost(depth, terms_.pool_fee, quantity)
                                      : pool_purchase_cost(depth, terms_.pool_fee, quantity);
        }
        if (terms_.depth_2pct > 0.0)
            return 0.02 * quantity / (terms_.depth_2pct * depth_) * quantity;
        if (terms_.adv > 0.0)
            return terms_.impact_coefficient * sigma_day_ * vsqrt(quantity / (terms_.adv * depth_))
                   * quantity;
        return 0.0;
    }
};

BRINK_END_ISA
