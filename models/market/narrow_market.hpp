// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/macros.hpp"
#include "models/market/market_view.hpp"
#include "models/market/price_shock.hpp"
#include "models/market/regime_terms.hpp"

namespace brink {

/// A market as the host makes it, for any number of assets: double, padded to the maximum.
using WideMarket = MarketView<double, max_assets>;

}  // namespace brink

BRINK_BEGIN_ISA

template<class T, int N>
BRINK_HD inline JumpProcess<T, N> narrow_jumps(JumpProcess<double, max_assets> const& wide)
{
    JumpProcess<T, N> process{};
    for (std::int32_t k = 0; k < wide.num_levels; ++k)
        process.survival[k] = static_cast<T>(wide.survival[k]);
    process.num_levels = wide.num_levels;
    process.law = wide.law;
    process.mean = static_cast<T>(wide.mean);
    process.deviation = static_cast<T>(wide.deviation);
    process.up_probability = static_cast<T>(wide.up_probability);
    process.up_mean = static_cast<T>(wide.up_mean);
    process.down_mean = static_cast<T>(wide.down_mean);
    process.mask = wide.mask;
    for (int i = 0; i < N; ++i)
        process.loading[i] = static_cast<T>(wide.loading[i]);
    return process;
}

template<class T>
BRINK_HD inline VarianceProcess<T> narrow_variance(VarianceProcess<double> const& wide)
{
    return {wide.asset,
            wide.law,
            static_cast<T>(wide.initial),
            static_cast<T>(wide.pull),
            static_cast<T>(wide.reversion),
            static_cast<T>(wide.slope),
            static_cast<T>(wide.offset),
            static_cast<T>(wide.correlation),
            static_cast<T>(wide.complement),
            static_cast<T>(wide.tilt),
            static_cast<T>(wide.bend),
            static_cast<T>(wide.share),
            wide.bar_steps,
            static_cast<T>(wide.omega),
            static_cast<T>(wide.alpha),
            static_cast<T>(wide.gamma),
            static_cast<T>(wide.beta)};
}

template<class T>
BRINK_HD inline RegimeTerms<T> narrow_regime(RegimeTerms<double> const& wide)
{
    RegimeTerms<T> terms{};
    for (int i = 0; i < max_assets; ++i) {
        terms.drift[i] = static_cast<T>(wide.drift[i]);
        terms.half_variance[i] = static_cast<T>(wide.half_variance[i]);
        terms.net_drift[i] = static_cast<T>(wide.net_drift[i]);
        terms.volatility[i] = static_cast<T>(wide.volatility[i]);
    }
    for (int k = 0; k < triangle_place(max_assets, 0); ++k)
        terms.loading[k] = static_cast<T>(wide.loading[k]);
    for (int r = 0; r < max_regimes; ++r)
        terms.next_up_to[r] = static_cast<T>(wide.next_up_to[r]);
    terms.start_up_to = static_cast<T>(wide.start_up_to);
    terms.mean_steps = static_cast<T>(wide.mean_steps);
    terms.jump_share = static_cast<T>(wide.jump_share);
    terms.depth = static_cast<T>(wide.depth);
    terms.funding = static_cast<T>(wide.funding);
    return terms;
}

template<class T>
BRINK_HD inline PriceShock<T> narrow_shock(PriceShock<double> const& wide)
{
    return {wide.asset, wide.kind, static_cast<T>(wide.amount), wide.begin, wide.end};
}

template<class T>
BRINK_HD inline PegProcess<T> narrow_peg(PegProcess<double> const& wide)
{
    return {wide.asset,
            wide.reference,
            static_cast<T>(wide.initial),
            static_cast<T>(wide.keep),
            static_cast<T>(wide.gap_keep),
            static_cast<T>(wide.growth),
            static_cast<T>(wide.depegs),
            static_cast<T>(wide.chance),
            static_cast<T>(wide.rise)};
}

template<class T>
BRINK_HD inline MixingView<T> narrow_mixing(MixingView<double> const& wide)
{
    MixingView<T> view{};
    view.hold_steps = wide.hold_steps;
    view.degree = wide.degree;
    view.inverse_reach = static_cast<T>(wide.inverse_reach);
    for (int k = 0; k <= wide.degree; ++k)
        view.coefficient[k] = static_cast<T>(wide.coefficient[k]);
    return view;
}

template<class T>
BRINK_HD inline CopulaTerms<T> narrow_copula(CopulaTerms<double> const& wide)
{
    CopulaTerms<T> terms{};
    terms.inverse_spread = static_cast<T>(wide.inverse_spread);
    terms.inverse_reach = static_cast<T>(wide.inverse_reach);
    terms.degree = wide.degree;
    for (int k = 0; k <= wide.degree; ++k)
        terms.coefficient[k] = static_cast<T>(wide.coefficient[k]);
    return terms;
}

template<class T>
BRINK_HD inline CarryFactor<T> narrow_carry(CarryFactor<double> const& wide)
{
    return {wide.asset,
            wide.kind,
            static_cast<T>(wide.initial),
            static_cast<T>(wide.mean),
            static_cast<T>(wide.keep),
            static_cast<T>(wide.shared),
            static_cast<T>(wide.own),
            static_cast<T>(wide.floor),
            static_cast<T>(wide.cap),
            static_cast<T>(wide.growth),
            wide.carry_field};
}

/// The first N assets of a market, in number type T.
/// Precondition: the assets in use are among the first N.
template<class T, int N>
BRINK_HD inline MarketView<T, N> narrow_market(WideMarket const& wide)
{
    MarketView<T, N> market{};
    for (int i = 0; i < N; ++i) {
        market.initial_price[i] = static_cast<T>(wide.initial_price[i]);
        market.drift[i] = static_cast<T>(wide.drift[i]);
        market.half_variance[i] = static_cast<T>(wide.half_variance[i]);
        market.net_drift[i] = static_cast<T>(wide.net_drift[i]);
        for (int j = 0; j < N; ++j)
            market.loading[i][j] = static_cast<T>(wide.loading[i][j]);
    }
    market.factor_mask = wide.factor_mask;
    market.mixed_mask = wide.mixed_mask;
    market.is_bounded = wide.is_bounded;
    market.mixing = narrow_mixing<T>(wide.mixing);
    market.is_coupled = wide.is_coupled;
    market.num_mixings = wide.num_mixings;
    for (int i = 0; i < N; ++i)
        market.mixing_of[i] = wide.mixing_of[i];
    market.num_jumps = wide.num_jumps;
    for (std::int32_t p = 0; p < wide.num_jumps; ++p)
        market.jumps[p] = narrow_jumps<T, N>(wide.jumps[p]);
    market.variance_mask = wide.variance_mask;
    market.num_variances = wide.num_variances;
    for (std::int32_t p = 0; p < wide.num_variances; ++p)
        market.variances[p] = narrow_variance<T>(wide.variances[p]);
    market.num_regimes = wide.num_regimes;
    market.num_shocks = wide.num_shocks;
    market.num_pegs = wide.num_pegs;
    market.peg_mask = wide.peg_mask;
    for (std::int32_t p = 0; p < wide.num_pegs; ++p)
        market.pegs[p] = narrow_peg<T>(wide.pegs[p]);
    market.num_failures = wide.num_failures;
    for (std::int32_t f = 0; f < wide.num_failures; ++f) {
        market.failures[f].mean_steps = static_cast<T>(wide.failures[f].mean_steps);
        market.failures[f].mask = wide.failures[f].mask;
        for (int i = 0; i < N; ++i)
            market.failures[f].fall[i] = static_cast<T>(wide.failures[f].fall[i]);
    }
    market.history = wide.history;
    market.num_carry = wide.num_carry;
    market.is_varying = wide.is_varying;
    return market;
}

BRINK_END_ISA
