// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/market/market_view.hpp"

BRINK_BEGIN_ISA

/// True if no path of a normal market gets near max_log_price within the horizon: half of the limit
/// is more than 12 standard deviations from the drift, a chance below 1e-30 per price. Such a
/// market may set `is_bounded`; markets with Student-t
/// assets or jumps, and markets that vary, never do.
///
/// \param num_steps steps to the horizon
template<class T, int N>
BRINK_FN bool stays_in_range(MarketView<T, N> const& market, std::uint32_t num_steps)
{
    if (market.mixed_mask != 0 || market.num_jumps != 0 || market.is_varying != 0
        || market.num_shocks != 0)
        return false;
    double const steps = num_steps;
    for (int i = 0; i < N; ++i) {
        double variance = 0;
        for (int j = 0; j <= i; ++j)
            variance += double{market.loading[i][j]} * double{market.loading[i][j]};
        double const reach =
            vabs(double{market.net_drift[i]}) * steps + 12.0 * vsqrt(variance * steps);
        if (!(reach < 0.5 * double{max_log_price}))  // NaN reaches anything
            return false;
    }
    return true;
}

BRINK_END_ISA
