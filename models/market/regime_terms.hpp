// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/macros.hpp"
#include "models/market/market_view.hpp"

namespace brink {

/// Place of (i, j), j <= i, in a lower triangle stored by rows.
BRINK_FN constexpr int triangle_place(int i, int j)
{
    return i * (i + 1) / 2 + j;
}

/// How the market moves, and what trading costs, while one regime is in force; members as in
/// MarketView. A table of the program has one entry per regime.
/// The host validates: mean_steps > 0; cumulative probabilities ascend and end at 1; the rates of
/// the market's jump processes are those of the regime that jumps most, jump_share being in [0, 1),
/// or 2 for all; depth > 0.
template<class T>
struct RegimeTerms {
    T drift[max_assets];
    T half_variance[max_assets];
    T net_drift[max_assets];
    T loading[triangle_place(max_assets, 0)];  ///< triangle_place(i, j)
    T start_up_to;                             ///< P(the path starts in this or an earlier regime)
    T mean_steps;                              ///< [steps] mean time until the regime ends
    T next_up_to[max_regimes];                 ///< P(the next regime is r or an earlier one)
    T jump_share;              ///< of the jumps that the processes draw, those that happen
    T volatility[max_assets];  ///< over the asset's own `volatility`
    T depth;                   ///< over the assets' and instruments' own
    T funding;                 ///< over the instruments' own rates

    bool operator==(RegimeTerms const&) const = default;
};

/// `FactorMove` by the terms of a regime.
template<class T>
struct TermsOfRegime {
    RegimeTerms<T> const& terms;

    BRINK_FN T net_drift(int i) const { return terms.net_drift[i]; }
    BRINK_FN T drift(int i) const { return terms.drift[i]; }
    BRINK_FN T half_variance(int i) const { return terms.half_variance[i]; }
    BRINK_FN T loading(int i, int j) const { return terms.loading[triangle_place(i, j)]; }
};

}  // namespace brink
