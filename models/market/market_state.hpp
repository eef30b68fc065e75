// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/interleave.hpp"
#include "models/market/market_view.hpp"

BRINK_BEGIN_ISA

/// The market on one path, or on one path per lane.
template<class F, int N>
struct MarketState {
    F log_price[N];  ///< [log2] relative to the start: S = S_0 exp2(log_price)
    F mixing;        ///< Student-t multiplier in force
};

/// S / S_0 of all assets. Declare the object without `const`: g++ 12 keeps a const array of packs
/// in memory, at a seventh of the speed of the whole loop (case `core`).
template<class F, int N>
struct RelativePrices {
    F value[N];

    BRINK_FN explicit RelativePrices(MarketState<F, N> const& state)
    {
        // Two at a time, so that the polynomials overlap.
        BRINK_UNROLL(16)
        for (int i = 0; i + 1 < N; i += 2) {
            auto const both = exp2_in_range(Twin<F>(state.log_price[i], state.log_price[i + 1]));
            value[i] = both.a;
            value[i + 1] = both.b;
        }
        if constexpr (N % 2 != 0)
            value[N - 1] = exp2_in_range(state.log_price[N - 1]);
    }
};

/// [numeraire] S of all assets.
template<class F, int N>
struct Prices {
    F value[N];

    BRINK_FN Prices(MarketView<value_t<F>, N> const& market, MarketState<F, N> const& state)
    {
        RelativePrices<F, N> relative(state);
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            value[i] = F(market.initial_price[i]) * relative.value[i];
    }
};

BRINK_END_ISA
