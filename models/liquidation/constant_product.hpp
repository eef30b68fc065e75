// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"

BRINK_BEGIN_ISA

/// Trading against a pool that keeps x y constant: x coins against y of money, mark = y / x, so
/// that either side is worth `depth` at the mark. The fee is a share of what is paid in, and the
/// pool starts full in every step (Uniswap v2 whitepaper, 2020, section 3.2.1; out = y dx / (x +
/// dx)). All amounts are [numeraire] at mark.

/// What selling `quantity` brings less than the mark: with in = (1 - fee) quantity, the price is
/// the mark x (1 - fee) depth / (depth + in). \param quantity >= 0 \param fee in [0, 1)
BRINK_HD inline double pool_sale_cost(double depth, double fee, double quantity)
{
    double const in = (1.0 - fee) * quantity;
    return quantity * (in + fee * depth) / (depth + in);
}

/// What buying `quantity` out of the pool costs more than the mark. A pool is never emptied: beyond
/// 99 % of it the price is that at which 1 % is left.
BRINK_HD inline double pool_purchase_cost(double depth, double fee, double quantity)
{
    constexpr double least_left = 0.01;
    double const left = vmax(depth - quantity, least_left * depth);
    return quantity * (depth - (1.0 - fee) * left) / ((1.0 - fee) * left);
}

BRINK_END_ISA
