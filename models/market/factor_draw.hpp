// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/interleave.hpp"
#include "models/rng/normal.hpp"

BRINK_BEGIN_ISA

/// Standard normals of the factors at one step. Factor i belongs to asset i; four factors share a
/// block of random words, and a block that no moving asset needs is not drawn.
template<class F, int N, Stream Of = Stream::diffusion>
struct FactorDraw {
    F normal[N];

    template<class Random>
    BRINK_FN FactorDraw(Random const& random, std::uint32_t step, std::uint32_t factor_mask)
    {
        draw_from<0>(random, step, factor_mask);
    }

  private:
    /// Blocks by recursion: each is written straight to its place, where a loop's body would keep
    /// and copy the packs of both its branches.
    template<int Block, class Random>
    BRINK_FN void draw_from(Random const& random, std::uint32_t step, std::uint32_t factor_mask)
    {
        constexpr int first = 4 * Block;
        if ((factor_mask >> first & 15u) != 0) {
            auto const words = random.words({step, Of, static_cast<std::uint32_t>(Block)});
            if constexpr (first + 2 < N) {
                auto const both = normal_pair<Twin<F>>({words.w0, words.w2}, {words.w1, words.w3});
                keep<first>(both.cosine.a, both.sine.a);
                keep<first + 2>(both.cosine.b, both.sine.b);
            } else {
                auto const pair = normal_pair<F>(words.w0, words.w1);
                keep<first>(pair.cosine, pair.sine);
            }
        } else {
            keep<first>(F(T(0)), F(T(0)));
            keep<first + 2>(F(T(0)), F(T(0)));
        }
        if constexpr (first + 4 < N)
            draw_from<Block + 1>(random, step, factor_mask);
    }

    template<int Factor>
    BRINK_FN void keep(F cosine, F sine)
    {
        if constexpr (Factor < N)
            normal[Factor] = cosine;
        if constexpr (Factor + 1 < N)
            normal[Factor + 1] = sine;
    }

    using T = value_t<F>;
};

BRINK_END_ISA
