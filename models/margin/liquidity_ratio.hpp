// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"

BRINK_BEGIN_ISA

/// What a collateral ratio is derived from: how much of it can be sold, against how much debt.
struct LiquidityTerms {
    double volatility;  ///< of the collateral's price in the debt's coin, per `liquidity`'s time
    double liquidity;   ///< [numeraire] that the market takes in that time at no more than a bonus
    double debt_cap;    ///< [numeraire] most that is lent against the collateral
    double confidence;  ///< standard deviations that the ratio stands
    double reserve;     ///< taken off for bonus and slippage
};

/// Largest loan-to-value at which liquidators who sell a debt cap worth through the market's
/// liquidity are still covered: exp(-confidence volatility / sqrt(liquidity / debt_cap)) - reserve,
/// not below 0 (SmartLTV, backstop-protocol/smart-ltv src/core/SmartLTV.sol).
BRINK_HD inline double liquidity_ratio(LiquidityTerms const& terms)
{
    constexpr double log2_e = 1.44269504088896340736;
    double const depth = vsqrt(terms.liquidity / terms.debt_cap);
    double const kept = exp2_(-log2_e * terms.confidence * terms.volatility / depth);
    return vmax(0.0, kept - terms.reserve);
}

BRINK_END_ISA
