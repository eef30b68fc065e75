// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/lanes.hpp"
#include "models/market/market_view.hpp"

namespace brink {

/// Where a path keeps each process of a varying market, in fields of its memory.
struct MarketLayout {
    std::int32_t num_variances;

    template<class T, int N>
    BRINK_FN explicit MarketLayout(MarketView<T, N> const& market)
        : num_variances{market.num_variances}
    {}

    BRINK_FN static std::int32_t variance(std::int32_t p) { return 2 * p; }
    /// [log2] sum of the shocks of a GARCH bar under way
    BRINK_FN static std::int32_t bar_so_far(std::int32_t p) { return 2 * p + 1; }
    BRINK_FN std::int32_t size() const { return 2 * num_variances; }
};

/// What the market keeps on a path besides MarketState, which the loop over steps holds in
/// registers. Owner: the executor's workspace; written by VaryingStep alone.
template<class T>
struct MarketMemory {
    LaneFields<T> fields;  ///< MarketLayout; null where the market does not vary
};

}  // namespace brink
