// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/chebyshev.hpp"
#include "models/market/market_view.hpp"
#include "models/rng/normal.hpp"

BRINK_BEGIN_ISA

/// Draws the Student-t multiplier of a holding period.
template<class F>
class MixingDrawer {
    using T = value_t<F>;
    MixingView<T> const& mixing_;

  public:
    BRINK_FN explicit MixingDrawer(MixingView<T> const& mixing) : mixing_{mixing} {}

    /// True if a draw comes into force with this step.
    BRINK_FN bool is_due(std::uint32_t step) const { return step % mixing_.hold_steps == 0; }

    /// m(z)
    BRINK_FN F multiplier(F z) const
    {
        return exp2_(
            sum_chebyshev(mixing_.coefficient, mixing_.degree, z * F(mixing_.inverse_reach)));
    }

    /// The multiplier in force at `step`: one normal of stream `mixing`, numbered by the period.
    template<class Random>
    BRINK_FN F operator()(Random const& random, std::uint32_t step) const
    {
        auto const words = random.words({step / mixing_.hold_steps, Stream::mixing, 0});
        return multiplier(normal_pair<F>(words.w0, words.w1).cosine);
    }
};

BRINK_END_ISA
