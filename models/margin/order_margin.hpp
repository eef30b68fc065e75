// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"

BRINK_BEGIN_ISA

/// An order that waits in the book.
struct RestingOrder {
    double size;   ///< [base] > 0 buys, < 0 sells
    double price;  ///< [quote per base] of its limit, > 0
};

/// Margin of the orders that wait on one side of an isolated position, [quote]: `margin_factor` of
/// their value, but for those that close the position, the best priced first (Vega a50750cc,
/// core/risk/isolated_margin.go, calcOrderSideMargin). brink has no open orders: this is for
/// reckoning by hand what they would tie up, and no run or `brink assess` uses it.
/// \param orders first to last `count`, the best price first
/// \param side +1: of those that buy, -1: of those that sell
/// \param position [base] signed
BRINK_HD inline double order_side_margin(RestingOrder const* orders, std::int32_t count,
                                         double side, double position, double margin_factor)
{
    double covered = vmax(0.0, -side * position);
    double value = 0.0;
    for (std::int32_t i = 0; i < count; ++i) {
        double const size = vmax(0.0, side * orders[i].size);
        double const closing = vmin(size, covered);
        covered -= closing;
        value += (size - closing) * orders[i].price;
    }
    return margin_factor * value;
}

/// The larger of both sides: only one of them can fill first.
BRINK_HD inline double order_margin(RestingOrder const* orders, std::int32_t count, double position,
                                    double margin_factor)
{
    return vmax(order_side_margin(orders, count, 1.0, position, margin_factor),
                order_side_margin(orders, count, -1.0, position, margin_factor));
}

BRINK_END_ISA
