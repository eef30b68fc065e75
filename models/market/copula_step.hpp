// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/chebyshev.hpp"
#include "models/market/factor_move.hpp"
#include "models/market/regime_clock.hpp"

BRINK_BEGIN_ISA

/// Normal score of a Student-t variable of unit variance: `score(v)`.
template<class F>
class NormalScore {
    using T = value_t<F>;
    CopulaTerms<T> const& terms_;

  public:
    BRINK_FN explicit NormalScore(CopulaTerms<T> const& terms) : terms_{terms} {}

    BRINK_FN F operator()(F v) const
    {
        F const y = log2_(madd(v * v, F(terms_.inverse_spread), F(T(1))));
        F const t = madd(y, F(terms_.inverse_reach), F(T(-1)));
        return v * exp2_(sum_chebyshev(terms_.coefficient, terms_.degree, t));
    }
};

/// Ties the factors of a step by a Student-t copula: `tie(draw, mixing, random, step)`.
///
/// What the factors of a holding period of n steps come to is drawn at its start, from stream
/// `copula` numbered by the period: correlated normals s by the market's loadings in force, then
/// the normal scores q(m s) with the period's Student-t multiplier m, or s itself for a Student-t
/// asset, which m scales later. The steps are a Brownian bridge to these totals, made of their own
/// draws:
///   z'_k = R / k + sqrt((k - 1) / k) z_k,   R -= z'_k,   k = n, ..., 1 steps left.
/// So each asset's factors stay independent standard normals, whatever its model, and what they
/// come to over a period has a Student-t copula (S. Demarta and A. J. McNeil, "The t copula and
/// related copulas", International Statistical Review 73 (2005)). Where a period goes on in a
/// regime of another correlation the factors are uncorrelated normals mixed anew, and normal only
/// nearly.
/// The host validates: every moving asset's loading on its own factor is above 0.
template<class F, int N>
class CopulaStep {
    using T = value_t<F>;
    MarketView<T, N> const& market_;
    MarketMemory<T> memory_;
    MarketLayout layout_;

  public:
    /// \param market outlives the step
    BRINK_FN CopulaStep(MarketView<T, N> const& market, MarketMemory<T> memory)
        : market_{market}, memory_{memory}, layout_{market}
    {}

    template<class Random>
    BRINK_FN void operator()(FactorDraw<F, N>& draw, F mixing, Random const& random,
                             std::uint32_t step) const
    {
        std::uint32_t const hold = market_.mixing.hold_steps;
        if (step % hold == 0)
            begin_period(mixing, random, step);
        auto const left = static_cast<T>(hold - step % hold);
        T const share = T(1) / left;
        T const noise = vsqrt((left - T(1)) * share);
        for (int j = 0; j < N; ++j) {
            F const rest = load<F>(memory_.fields.field(layout_.copula(j)));
            draw.normal[j] = madd(F(noise), draw.normal[j], F(share) * rest);
            store(rest - draw.normal[j], memory_.fields.field(layout_.copula(j)));
        }
    }

  private:
    template<class Random>
    BRINK_FN void begin_period(F mixing, Random const& random, std::uint32_t step) const
    {
        std::uint32_t const hold = market_.mixing.hold_steps;
        FactorDraw<F, N, Stream::copula> const draw(random, step / hold, market_.factor_mask);
        F tied[N];
        if (market_.num_regimes == 0)
            tie(MarketTerms<T, N>{market_}, draw.normal, mixing, tied);
        else
            tie_by_regime(draw.normal, mixing, step, tied);
        T const total = vsqrt(static_cast<T>(hold));
        for (int j = 0; j < N; ++j)
            store(F(total) * tied[j], memory_.fields.field(layout_.copula(j)));
    }

    BRINK_FN void tie_by_regime(F const (&normal)[N], F mixing, std::uint32_t step,
                                F (&tied)[N]) const
    {
        RegimeClock<F> const clock{market_, memory_, step};
        for (int j = 0; j < N; ++j)
            tied[j] = normal[j];
        for (std::int32_t r = 0; r < market_.num_regimes; ++r) {
            auto const here = clock.is_in(r);
            if (!any_lane(here))
                continue;
            F inside[N];
            tie(TermsOfRegime<T>{clock.terms(r)}, normal, mixing, inside);
            for (int j = 0; j < N; ++j)
                tied[j] = select(here, inside[j], tied[j]);
        }
    }

    /// Independent normals to those that the loadings make the scores of.
    template<class Terms>
    BRINK_FN void tie(Terms terms, F const (&normal)[N], F mixing, F (&tied)[N]) const
    {
        NormalScore<F> const score{*memory_.tables.copula};
        for (int i = 0; i < N; ++i) {
            tied[i] = normal[i];
            T square(0);
            for (int j = 0; j <= i; ++j)
                square = madd(terms.loading(i, j), terms.loading(i, j), square);
            if (!(square > T(0)))
                continue;
            T const size = vsqrt(square);
            F sum(T(0)), earlier(T(0));
            for (int j = 0; j <= i; ++j)
                sum = madd(F(terms.loading(i, j)), normal[j], sum);
            for (int j = 0; j < i; ++j)
                earlier = madd(F(terms.loading(i, j)), tied[j], earlier);
            bool const is_mixed = (market_.mixed_mask >> i & 1u) != 0;
            F const wanted = is_mixed ? sum : F(size) * score(mixing * (F(T(1) / size) * sum));
            tied[i] = (wanted - earlier) * F(T(1) / terms.loading(i, i));
        }
    }
};

BRINK_END_ISA
