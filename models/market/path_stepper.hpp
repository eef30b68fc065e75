// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/interleave.hpp"
#include "models/core/lanes.hpp"
#include "models/market/garch.hpp"
#include "models/market/heston.hpp"
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

/// Advances the prices of a path by one step: `step_path(state, random, step)`.
/// Log returns are normal, or normal times the path's multiplier m for Student-t assets:
///   x_i += drift_i - m^2 half_variance_i + m sum_j loading_ij z_j   (m = 1 for GBM),
/// so that E S grows by `drift` given m, since E exp(t-distributed) does not exist. Jumps of the
/// step are added to it. The step is exact for any length of step. Assets of stochastic variance
/// move by `HestonStep`, their variances being kept outside of the state. |x| is limited to
/// max_log_price; a NaN stays.
template<class F, int N>
class PathStepper {
    using T = value_t<F>;
    MarketView<T, N> const& market_;
    LaneFields<T> variance_;

  public:
    /// \param market outlives the stepper
    /// \param variance where the path keeps its variances, shape [2 num_variances]; null: there are
    /// none
    BRINK_FN explicit PathStepper(MarketView<T, N> const& market, LaneFields<T> variance = {})
        : market_{market}, variance_{variance}
    {}

    /// The state at t_0.
    BRINK_FN MarketState<F, N> start() const
    {
        MarketState<F, N> state;
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            state.log_price[i] = F(T(0));
        state.mixing = F(T(1));
        if (variance_.first == nullptr)
            return state;
        for (std::int32_t p = 0; p < market_.num_variances; ++p) {
            store(F(market_.variances[p].initial), variance_.field(2 * p));
            store(F(T(0)), variance_.field(2 * p + 1));
        }
        return state;
    }

    /// From t_step to t_step+1. Steps are taken in order, from 0: a multiplier stays in force for
    /// its holding period.
    template<class Random>
    BRINK_FN void operator()(MarketState<F, N>& state, Random const& random,
                             std::uint32_t step) const
    {
        FactorDraw<F, N> const draw(random, step, market_.factor_mask);
        if (market_.num_variances != 0) [[unlikely]] {
            advance_copies(state, draw, random, step);
        } else if (market_.mixed_mask == 0) {
            advance_normal(state, draw);
            if (market_.is_bounded != 0)
                return;
        } else {
            draw_mixing(state, random, step);
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
    template<class Random>
    BRINK_FN void draw_mixing(MarketState<F, N>& state, Random const& random,
                              std::uint32_t step) const
    {
        MixingDrawer<F> const drawer{market_.mixing};
        if (drawer.is_due(step))
            state.mixing = drawer(random, step);
    }

    /// The step of a market with stochastic variances, on copies, so that what the loop over steps
    /// holds in registers has no address.
    template<class Random>
    BRINK_FN void advance_copies(MarketState<F, N>& state, FactorDraw<F, N> const& draw,
                                 Random const& random, std::uint32_t step) const
    {
        MarketState<F, N> moved;
        FactorDraw<F, N> lent_draw(draw);
        Random const lent = random;
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            moved.log_price[i] = state.log_price[i];
        moved.mixing = state.mixing;
        advance_varying(market_, variance_, moved, lent_draw, lent, step);
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            state.log_price[i] = moved.log_price[i];
        state.mixing = moved.mixing;
    }

    /// All assets as if none had a variance of its own, then those that have once more, from where
    /// they were.
    template<class Random>
    static BRINK_HD BRINK_APART void advance_varying(MarketView<T, N> const& market,
                                                     LaneFields<T> variance,
                                                     MarketState<F, N>& state,
                                                     FactorDraw<F, N> const& draw,
                                                     Random const& random, std::uint32_t step)
    {
        F before[N];
        for (int i = 0; i < N; ++i)
            before[i] = state.log_price[i];
        PathStepper const plain{market};
        if (market.mixed_mask == 0) {
            plain.advance_normal(state, draw);
        } else {
            plain.draw_mixing(state, random, step);
            plain.advance_mixed(state, draw);
        }
        FactorDraw<F, N, Stream::variance> const own(random, step, market.variance_mask);
        for (std::int32_t p = 0; p < market.num_variances; ++p) {
            int const i = market.variances[p].asset;
            F factor = F(market.loading[i][0]) * draw.normal[0];
            for (int j = 1; j <= i; ++j)
                factor = madd(F(market.loading[i][j]), draw.normal[j], factor);
            T* const field = variance.field(2 * p);
            F const start = before[i] + F(market.drift[i]);
            if (market.variances[p].law == VarianceLaw::heston) {
                auto const moved =
                    HestonStep<F>{market.variances[p]}(load<F>(field), factor, own.normal[i]);
                store(moved.variance, field);
                state.log_price[i] = madd(moved.log_return, F(T(1.4426950408889634)), start);
            } else {
                T* const so_far = variance.field(2 * p + 1);
                auto const moved = GarchStep<F>{market.variances[p]}(
                    load<F>(field), load<F>(so_far), factor, state.mixing, step);
                store(moved.variance, field);
                store(moved.so_far, so_far);
                state.log_price[i] = start + moved.log_return;
            }
        }
    }

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
