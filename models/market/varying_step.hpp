// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/factor_move.hpp"
#include "models/market/garch.hpp"
#include "models/market/heston.hpp"
#include "models/market/history_step.hpp"
#include "models/market/peg_step.hpp"
#include "models/market/regime_clock.hpp"

BRINK_BEGIN_ISA

/// The step of a market that keeps more per path than log prices: stochastic variances, regimes,
/// deviations of pegs, rows of history. `EventStep` sets the prices of pegs.
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
                                             MarketState<F, N>& state, FactorDraw<F, N> const& draw,
                                             Random const& random, std::uint32_t step)
    {
        VaryingStep const self{market, memory};
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
            history().move(state.log_price);
    }

    template<class Terms>
    BRINK_FN void move_by(Terms terms, F (&log_price)[N], F mixing,
                          FactorDraw<F, N> const& draw) const
    {
        FactorMove<F, N, Terms> const move{terms};
        if (market_.mixed_mask == 0)
            move.normal(log_price, draw);
        else
            move.mixed(log_price, draw, mixing, market_.mixed_mask);
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
            F const start = before[i] + F(market_.drift[i]);
            F const variance = kept(layout_.variance(p));
            if (process.law == VarianceLaw::heston) {
                auto const moved = HestonStep<F>{process}(variance, factor, own.normal[i]);
                keep(moved.variance, layout_.variance(p));
                state.log_price[i] = madd(moved.log_return, F(T(1.4426950408889634)), start);
            } else {
                auto const moved =
                    GarchStep<F>{process}(variance, kept(layout_.bar_so_far(p)), factor,
                                          is_drawn ? F(T(1)) : state.mixing, step);
                keep(moved.variance, layout_.variance(p));
                keep(moved.so_far, layout_.bar_so_far(p));
                state.log_price[i] = start + moved.log_return;
            }
        }
    }
};

BRINK_END_ISA
