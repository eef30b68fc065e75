// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/carry_step.hpp"
#include "models/market/copula_step.hpp"
#include "models/market/garch.hpp"
#include "models/market/heston.hpp"
#include "models/market/history_step.hpp"
#include "models/market/mixing.hpp"
#include "models/market/peg_step.hpp"

BRINK_BEGIN_ISA

/// The step of a market that keeps more per path than log prices: stochastic variances, regimes,
/// deviations of pegs, rows of history, factors tied by a copula, multipliers of several degrees of
/// freedom, carry factors. `EventStep` sets the prices of pegs.
/// It works on a copy of the state, so that what the loop over steps holds in registers has no
/// address.
template<class F, int N>
class VaryingStep {
    using T = value_t<F>;
    MarketView<T, N> const& market_;
    MarketMemory<T> memory_;
    MarketLayout layout_;

  public:
    /// \param market outlives the step
    BRINK_FN VaryingStep(MarketView<T, N> const& market, MarketMemory<T> memory)
        : market_{market}, memory_{memory}, layout_{market}
    {}

    /// Memory as of t_0.
    template<class Random>
    BRINK_FN void start(Random const& random) const
    {
        if (market_.num_regimes != 0)
            clock(0).start(random);
        for (std::int32_t p = 0; p < market_.num_variances; ++p) {
            keep(F(market_.variances[p].initial), layout_.variance(p));
            keep(F(T(0)), layout_.bar_so_far(p));
        }
        HistoryStep<F, N>{market_, memory_}.start();
        CarryStep<F, N>{market_, memory_}.start();
    }

    template<class Random>
    BRINK_FN void operator()(MarketState<F, N>& state, FactorDraw<F, N> const& draw,
                             Random const& random, std::uint32_t step) const
    {
        MarketState<F, N> moved;
        FactorDraw<F, N> lent_draw(draw);
        Random const lent = random;
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            moved.log_price[i] = state.log_price[i];
        moved.mixing = state.mixing;
        advance(market_, memory_, moved, lent_draw, lent, step);
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            state.log_price[i] = moved.log_price[i];
    }

  private:
    BRINK_FN F kept(std::int32_t field) const { return load<F>(memory_.fields.field(field)); }
    BRINK_FN void keep(F value, std::int32_t field) const
    {
        store(value, memory_.fields.field(field));
    }

    template<class Random>
    static BRINK_HD BRINK_APART void advance(MarketView<T, N> const& market, MarketMemory<T> memory,
                                             MarketState<F, N>& state, FactorDraw<F, N>& draw,
                                             Random const& random, std::uint32_t step)
    {
        VaryingStep const self{market, memory};
        if (market.num_mixings != 0)
            self.draw_multipliers(random, step);
        if (market.is_coupled != 0 && memory.tables.copula != nullptr)  // g++ 12 warns without both
            CopulaStep<F, N>{market, memory}(draw, state.mixing, random, step);
        if (market.num_carry != 0)
            CarryStep<F, N>{market, memory}.advance(
                [&](int i) { return self.unit_factor(i, draw, step); }, random, step);
        if (market.num_pegs != 0)
            PegStep<F, N>{market, memory}.diffuse(
                [&](int i) { return self.factor_of(i, draw, step); });
        if (market.history.num_rows != 0)
            self.history().draw(random, step);
        if (market.num_variances == 0)
            return self.move_all(state, draw, step);
        F before[N];
        for (int i = 0; i < N; ++i)
            before[i] = state.log_price[i];
        self.move_all(state, draw, step);
        self.move_variances(before, state, draw, random, step);
    }

    BRINK_FN RegimeClock<F> clock(std::uint32_t step) const { return {market_, memory_, step}; }
    BRINK_FN HistoryStep<F, N> history() const { return {market_, memory_}; }

    /// All assets as if none had a variance of its own.
    BRINK_FN void move_all(MarketState<F, N>& state, FactorDraw<F, N> const& draw,
                           std::uint32_t step) const
    {
        if (market_.num_regimes != 0)
            move_by_regime(clock(step), state, draw);
        else
            move_by(MarketTerms<T, N>{market_}, state.log_price, state.mixing, draw);
        if (market_.history.num_rows != 0)
            history().move(state.log_price, [&](int i, F row) {
                return market_.num_regimes == 0 ? row : volatility_of(i, step) * row;
            });
    }

    template<class Terms>
    BRINK_FN void move_by(Terms terms, F (&log_price)[N], F mixing,
                          FactorDraw<F, N> const& draw) const
    {
        FactorMove<F, N, Terms> const move{terms};
        if (market_.mixed_mask == 0)
            move.normal(log_price, draw);
        else
            move.mixed(
                log_price, draw, [&](int i) { return multiplier_of(i, mixing); },
                market_.mixed_mask);
    }

    /// Each lane by the terms of its regime; regimes that no lane is in cost a test.
    BRINK_FN void move_by_regime(RegimeClock<F> const& clock, MarketState<F, N>& state,
                                 FactorDraw<F, N> const& draw) const
    {
        F const regime = clock.regime();
        F before[N];
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            before[i] = state.log_price[i];
        for (std::int32_t r = 0; r < market_.num_regimes; ++r) {
            TermsOfRegime<T> const terms{clock.terms(r)};
            F const here(static_cast<T>(r));
            if (!any_lane(regime == here))
                continue;
            if (!any_lane(regime != here)) [[likely]]
                return move_by(terms, state.log_price, state.mixing, draw);
            F moved[N];
            BRINK_UNROLL(32)
            for (int i = 0; i < N; ++i)
                moved[i] = before[i];
            move_by(terms, moved, state.mixing, draw);
            BRINK_UNROLL(32)
            for (int i = 0; i < N; ++i)
                state.log_price[i] = select(regime == here, moved[i], state.log_price[i]);
        }
    }

    template<class Random>
    BRINK_FN void draw_multipliers(Random const& random, std::uint32_t step) const
    {
        for (std::int32_t g = 0; g < market_.num_mixings; ++g) {
            MixingDrawer<F> const drawer{memory_.tables.mixings[g]};
            if (drawer.is_due(step))
                keep(drawer(random, step), layout_.multiplier(g));
        }
    }

    /// Student-t multiplier of asset i. \param mixing that of the market
    BRINK_FN F multiplier_of(int i, F mixing) const
    {
        std::int32_t const g = market_.mixing_of[i];
        return g == 0 ? mixing : kept(layout_.multiplier(g - 1));
    }

    /// The asset's factor, of unit variance; 0 where it has none.
    BRINK_FN F unit_factor(int i, FactorDraw<F, N> const& draw, std::uint32_t step) const
    {
        if (market_.num_regimes == 0)
            return unit_factor(MarketTerms<T, N>{market_}, i, draw);
        F factor(T(0));
        for (std::int32_t r = 0; r < market_.num_regimes; ++r)
            factor = select(clock(step).is_in(r),
                            unit_factor(TermsOfRegime<T>{clock(step).terms(r)}, i, draw), factor);
        return factor;
    }
    template<class Terms>
    static BRINK_FN F unit_factor(Terms terms, int i, FactorDraw<F, N> const& draw)
    {
        T square(0);
        F sum(T(0));
        for (int j = 0; j <= i; ++j) {
            square = madd(terms.loading(i, j), terms.loading(i, j), square);
            sum = madd(F(terms.loading(i, j)), draw.normal[j], sum);
        }
        return square > T(0) ? F(T(1) / vsqrt(square)) * sum : F(T(0));
    }

    /// The asset's factor where it is loaded with the factor itself.
    BRINK_FN F factor_of(int i, FactorDraw<F, N> const& draw, std::uint32_t step) const
    {
        F factor = F(market_.loading[i][0]) * draw.normal[0];
        for (int j = 1; j <= i; ++j)
            factor = madd(F(market_.loading[i][j]), draw.normal[j], factor);
        for (std::int32_t r = 0; r < market_.num_regimes; ++r) {
            TermsOfRegime<T> const terms{clock(step).terms(r)};
            F inside = F(terms.loading(i, 0)) * draw.normal[0];
            for (int j = 1; j <= i; ++j)
                inside = madd(F(terms.loading(i, j)), draw.normal[j], inside);
            factor = select(clock(step).is_in(r), inside, factor);
        }
        return factor;
    }

    /// Volatility of asset i in the regime in force over its own.
    BRINK_FN F volatility_of(int i, std::uint32_t step) const
    {
        return clock(step).pick([i](RegimeTerms<T> const& terms) { return terms.volatility[i]; });
    }

    /// [log2 per step]
    BRINK_FN F drift_of(int i, std::uint32_t step) const
    {
        if (market_.num_regimes == 0)
            return F(market_.drift[i]);
        return clock(step).pick([i](RegimeTerms<T> const& terms) { return terms.drift[i]; });
    }

    BRINK_FN auto heston(VarianceProcess<T> const& process, F variance, F factor, F own,
                         std::uint32_t step) const
    {
        HestonStep<F> const move{process};
        if (market_.num_regimes == 0)
            return move(variance, factor, own);
        return move(variance, factor, own, volatility_of(process.asset, step));
    }

    BRINK_FN auto garch(VarianceProcess<T> const& process, F variance, F so_far, F factor, F mixing,
                        std::uint32_t step) const
    {
        GarchStep<F> const move{process};
        if (market_.num_regimes == 0)
            return move(variance, so_far, factor, mixing, step);
        return move(variance, so_far, factor, mixing, volatility_of(process.asset, step), step);
    }

    /// Those that have one, from where they were.
    template<class Random>
    BRINK_FN void move_variances(F const (&before)[N], MarketState<F, N>& state,
                                 FactorDraw<F, N> const& draw, Random const& random,
                                 std::uint32_t step) const
    {
        FactorDraw<F, N, Stream::variance> const own(random, step, market_.variance_mask);
        for (std::int32_t p = 0; p < market_.num_variances; ++p) {
            VarianceProcess<T> const& process = market_.variances[p];
            int const i = process.asset;
            bool const is_drawn = (market_.history.mask >> i & 1u) != 0;
            F const factor = is_drawn ? history().value(i) : factor_of(i, draw, step);
            F const start = before[i] + drift_of(i, step);
            F const variance = kept(layout_.variance(p));
            if (process.law == VarianceLaw::heston) {
                auto const moved = heston(process, variance, factor, own.normal[i], step);
                keep(moved.variance, layout_.variance(p));
                state.log_price[i] = madd(moved.log_return, F(T(1.4426950408889634)), start);
            } else {
                F const mixing = is_drawn ? F(T(1)) : multiplier_of(i, state.mixing);
                auto const moved =
                    garch(process, variance, kept(layout_.bar_so_far(p)), factor, mixing, step);
                keep(moved.variance, layout_.variance(p));
                keep(moved.so_far, layout_.bar_so_far(p));
                state.log_price[i] = start + moved.log_return;
            }
        }
    }
};

BRINK_END_ISA
