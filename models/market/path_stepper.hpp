// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/event_step.hpp"
#include "models/market/jumps.hpp"
#include "models/market/mixing.hpp"
#include "models/market/varying_step.hpp"

BRINK_BEGIN_ISA

/// Advances the prices of a path by one step: `step_path(state, random, step)`.
/// Log returns are normal, or normal times the path's multiplier m for Student-t assets:
///   x_i += drift_i - m^2 half_variance_i + m sum_j loading_ij z_j   (m = 1 for GBM),
/// so that E S grows by `drift` given m, since E exp(t-distributed) does not exist. Jumps of the
/// step are added to it. The step is exact for any length of step. What keeps more per path than
/// log prices goes through `VaryingStep`; pegs, failures and dated shocks come last, in
/// `EventStep`. |x| is limited to max_log_price; a NaN stays.
template<class F, int N>
class PathStepper {
    using T = value_t<F>;
    MarketView<T, N> const& market_;
    MarketMemory<T> memory_;

  public:
    /// \param market outlives the stepper
    /// \param memory of the path, MarketLayout::size() fields; null only for a market that does not
    /// vary
    BRINK_FN explicit PathStepper(MarketView<T, N> const& market, MarketMemory<T> memory = {})
        : market_{market}, memory_{memory}
    {}

    /// The state at t_0.
    template<class Random>
    BRINK_FN MarketState<F, N> start(Random const& random) const
    {
        MarketState<F, N> state;
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            state.log_price[i] = F(T(0));
        state.mixing = F(T(1));
        if (varies())
            VaryingStep<F, N>{market_, memory_}.start(random);
        if (EventStep<F, N>::needed(market_))
            EventStep<F, N>{market_, memory_}.start(state.log_price, random);
        return state;
    }

    /// From t_step to t_step+1. Steps are taken in order, from 0: a multiplier stays in force for
    /// its holding period.
    template<class Random>
    BRINK_FN void operator()(MarketState<F, N>& state, Random const& random,
                             std::uint32_t step) const
    {
        FactorDraw<F, N> const draw(random, step, market_.factor_mask);
        FactorMove<F, N, MarketTerms<T, N>> const move{MarketTerms<T, N>{market_}};
        if ((market_.mixed_mask | market_.is_coupled) != 0)
            draw_mixing(state, random, step);
        if (varies()) [[unlikely]] {
            VaryingStep<F, N>{market_, memory_}(state, draw, random, step);
        } else if (market_.mixed_mask == 0) {
            move.normal(state.log_price, draw);
            if (market_.is_bounded != 0)
                return;
        } else {
            move.mixed(
                state.log_price, draw, [m = state.mixing](int) { return m; }, market_.mixed_mask);
        }
        if (market_.num_jumps != 0)
            JumpDrawer<F, N>{market_, memory_}(state.log_price, random, step);
        if (EventStep<F, N>::needed(market_)) [[unlikely]]
            EventStep<F, N>{market_, memory_}(state.log_price, random, step);
        limit_log_prices(state);
        if (market_.num_regimes != 0) [[unlikely]]
            RegimeClock<F>{market_, memory_, step}(random, step);
    }

    /// [numeraire] price of asset i; `Prices` makes all of them faster.
    BRINK_FN F price(MarketState<F, N> const& state, int i) const
    {
        return F(market_.initial_price[i]) * exp2_in_range(state.log_price[i]);
    }

  private:
    BRINK_FN bool varies() const
    {
        return memory_.fields.first != nullptr && market_.is_varying != 0;
    }

    template<class Random>
    BRINK_FN void draw_mixing(MarketState<F, N>& state, Random const& random,
                              std::uint32_t step) const
    {
        MixingDrawer<F> const drawer{market_.mixing};
        if (drawer.is_due(step))
            state.mixing = drawer(random, step);
    }

    /// Keeps prices and what is computed from them within the numbers of a float.
    static BRINK_FN void limit_log_prices(MarketState<F, N>& state)
    {
        constexpr T limit = max_log_price;
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            state.log_price[i] = vmin(F(limit), vmax(F(-limit), state.log_price[i]));
    }
};

BRINK_END_ISA
