// SPDX-License-Identifier: Apache-2.0
#pragma once

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

    /// m(z), by the recurrence of C. W. Clenshaw, "A note on the summation of Chebyshev series"
    /// (1955).
    BRINK_FN F multiplier(F z) const
    {
        F const t = z * F(mixing_.inverse_reach);
        F const two_t = t + t;
        F next(T(0)), after_next(T(0));
        for (int k = mixing_.degree; k > 0; --k) {
            F const sum = madd(two_t, next, F(mixing_.coefficient[k]) - after_next);
            after_next = next;
            next = sum;
        }
        return exp2_(madd(t, next, F(mixing_.coefficient[0]) - after_next));
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
