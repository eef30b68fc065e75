// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/interleave.hpp"
#include "models/market/jumps.hpp"
#include "models/market/mixing.hpp"

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

/// Standard normals of the factors at one step. Factor i belongs to asset i; four factors share a
/// block of random words, and a block that no moving asset needs is not drawn.
template<class F, int N>
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
            auto const words =
                random.words({step, Stream::diffusion, static_cast<std::uint32_t>(Block)});
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

/// Advances the prices of a path by one step: `step_path(state, random, step)`.
/// Log returns are normal, or normal times the path's multiplier m for Student-t assets:
///   x_i += drift_i - m^2 half_variance_i + m sum_j loading_ij z_j   (m = 1 for GBM),
/// so that E S grows by `drift` given m, since E exp(t-distributed) does not exist. Jumps of the
/// step are added to it. The step is exact for any length of step. |x| is limited to max_log_price;
/// a NaN stays.
template<class F, int N>
class PathStepper {
    using T = value_t<F>;
    MarketView<T, N> const& market_;

  public:
    /// \param market outlives the stepper
    BRINK_FN explicit PathStepper(MarketView<T, N> const& market) : market_{market} {}

    /// The state at t_0.
    BRINK_FN MarketState<F, N> start() const
    {
        MarketState<F, N> state;
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            state.log_price[i] = F(T(0));
        state.mixing = F(T(1));
        return state;
    }

    /// From t_step to t_step+1. Steps are taken in order, from 0: a multiplier stays in force for
    /// its holding period.
    template<class Random>
    BRINK_FN void operator()(MarketState<F, N>& state, Random const& random,
                             std::uint32_t step) const
    {
        FactorDraw<F, N> const draw(random, step, market_.factor_mask);
        if (market_.mixed_mask == 0) {
            advance_normal(state, draw);
            if (market_.is_bounded != 0)
                return;
        } else {
            MixingDrawer<F> const draw_mixing{market_.mixing};
            if (draw_mixing.is_due(step))
                state.mixing = draw_mixing(random, step);
            advance_mixed(state, draw);
        }
        if (market_.num_jumps != 0)
            JumpDrawer<F, N>{market_}(state.log_price, random, step);
        limit_log_prices(state);
    }

    /// [numeraire] price of asset i; `Prices` makes all of them faster.
    BRINK_FN F price(MarketState<F, N> const& state, int i) const
    {
        return F(market_.initial_price[i]) * exp2_in_range(state.log_price[i]);
    }

  private:
    /// Keeps prices and what is computed from them within the numbers of a float.
    static BRINK_FN void limit_log_prices(MarketState<F, N>& state)
    {
        constexpr T limit = max_log_price;
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            state.log_price[i] = vmin(F(limit), vmax(F(-limit), state.log_price[i]));
    }

    BRINK_FN void advance_normal(MarketState<F, N>& state, FactorDraw<F, N> const& draw) const
    {
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i) {
            F x = state.log_price[i] + F(market_.net_drift[i]);
            BRINK_UNROLL(32)
            for (int j = 0; j <= i; ++j)
                x = madd(F(market_.loading[i][j]), draw.normal[j], x);
            state.log_price[i] = x;
        }
    }

    BRINK_FN void advance_mixed(MarketState<F, N>& state, FactorDraw<F, N> const& draw) const
    {
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i) {
            bool const is_mixed = (market_.mixed_mask >> i & 1u) != 0;
            F const m = select(is_mixed, state.mixing, F(T(1)));
            F shock = F(market_.loading[i][0]) * draw.normal[0];
            BRINK_UNROLL(32)
            for (int j = 1; j <= i; ++j)
                shock = madd(F(market_.loading[i][j]), draw.normal[j], shock);
            F const growth = madd(-(m * m), F(market_.half_variance[i]), F(market_.drift[i]));
            state.log_price[i] = madd(m, shock, state.log_price[i] + growth);
        }
    }
};

BRINK_END_ISA
