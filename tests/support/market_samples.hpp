// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

#include "models/market/regime_terms.hpp"

namespace brink::testing {

/// Log-price scale of a volatility per step: volatility / ln 2.
inline double in_log2(double natural_log)
{
    return natural_log / std::numbers::ln2;
}

/// N assets with equal correlation, volatility_i = volatility (1 + i / 10) per step, growing by
/// `drift` per step (natural logs); all prices start at 100 + i.
template<class T, int N>
MarketView<T, N> make_market(double volatility, double correlation, double drift)
{
    MarketView<T, N> market{};
    double factor[N][N] = {};
    for (int i = 0; i < N; ++i) {
        double const asset_volatility = volatility * (1.0 + 0.1 * i);
        for (int j = 0; j <= i; ++j) {
            double sum = i == j ? 1.0 : correlation;
            for (int l = 0; l < j; ++l)
                sum -= factor[i][l] * factor[j][l];
            factor[i][j] = i == j ? std::sqrt(sum) : sum / factor[j][j];
            market.loading[i][j] = static_cast<T>(in_log2(asset_volatility * factor[i][j]));
        }
        market.initial_price[i] = static_cast<T>(100 + i);
        double const half_variance = in_log2(0.5 * asset_volatility * asset_volatility);
        market.drift[i] = static_cast<T>(in_log2(drift));
        market.half_variance[i] = static_cast<T>(half_variance);
        market.net_drift[i] = static_cast<T>(in_log2(drift) - half_variance);
        market.factor_mask |= 1u << i;
    }
    return market;
}

/// Parameters of a stochastic variance, annual, and the step in years.
struct HestonSample {
    double kappa, theta, epsilon, rho, initial, years;
};

template<class T>
VarianceProcess<T> make_variance(int asset, HestonSample const& s)
{
    double const passed = 1 - std::exp(-s.kappa * s.years);
    double const spread = s.epsilon * s.epsilon * passed;
    return {asset,
            VarianceLaw::heston,
            static_cast<T>(s.initial),
            static_cast<T>(passed),
            static_cast<T>(s.theta * passed),
            static_cast<T>(spread * (1 - passed) / s.kappa),
            static_cast<T>(s.theta * spread * passed / (2 * s.kappa)),
            static_cast<T>(s.rho),
            static_cast<T>(std::sqrt(1 - s.rho * s.rho)),
            static_cast<T>(s.rho / s.epsilon * (1 + s.kappa * s.years / 2)
                           - s.rho * s.rho * s.years / 4),
            static_cast<T>(s.rho * s.rho * s.years / 4),
            static_cast<T>((1 - s.rho * s.rho) * s.years / 2),
            0,
            T(0),
            T(0),
            T(0),
            T(0)};
}

/// Parameters of a GJR-GARCH variance per step; alpha and gamma of a bar's return.
struct GarchSample {
    double omega, alpha, gamma, beta, initial;
    std::uint32_t bar_steps;
};

template<class T>
VarianceProcess<T> make_garch(int asset, GarchSample const& s)
{
    VarianceProcess<T> process{};
    process.asset = asset;
    process.law = VarianceLaw::gjr_garch;
    process.initial = static_cast<T>(s.initial);
    process.bar_steps = s.bar_steps;
    process.omega = static_cast<T>(s.omega);
    process.alpha = static_cast<T>(s.alpha / s.bar_steps);
    process.gamma = static_cast<T>(s.gamma / s.bar_steps);
    process.beta = static_cast<T>(s.beta);
    return process;
}

/// Gives asset i, so far of constant volatility, a variance of its own; assets in ascending order.
template<class T, int N>
void make_varying(MarketView<T, N>& market, int i, VarianceProcess<T> const& process)
{
    double const squares = market.half_variance[i] * 2 / std::numbers::ln2;
    for (int j = 0; j <= i; ++j)
        market.loading[i][j] = static_cast<T>(market.loading[i][j] / std::sqrt(squares));
    market.half_variance[i] = T(0);
    market.net_drift[i] = market.drift[i];
    market.variance_mask |= 1u << i;
    market.variances[market.num_variances++] = process;
    market.is_varying = 1;
}

/// Regime r of a market: its own terms with volatilities times `multiple`, lasting `mean_steps`,
/// and followed by each of the others alike.
template<class T, int N>
RegimeTerms<T> make_regime(MarketView<T, N> const& market, int r, double multiple,
                           double mean_steps)
{
    RegimeTerms<T> terms{};
    for (int i = 0; i < N; ++i) {
        terms.drift[i] = market.drift[i];
        terms.half_variance[i] = static_cast<T>(market.half_variance[i] * multiple * multiple);
        terms.net_drift[i] = terms.drift[i] - terms.half_variance[i];
        terms.volatility[i] = static_cast<T>(multiple);
        for (int j = 0; j <= i; ++j)
            terms.loading[triangle_place(i, j)] = static_cast<T>(market.loading[i][j] * multiple);
    }
    terms.mean_steps = static_cast<T>(mean_steps);
    terms.start_up_to = static_cast<T>((r + 1.0) / market.num_regimes);
    double sum = 0;
    for (int next = 0; next < market.num_regimes; ++next) {
        sum += next == r ? 0.0 : 1.0 / (market.num_regimes - 1);
        terms.next_up_to[next] = static_cast<T>(sum);
    }
    terms.jump_share = T(0.25 + 0.25 * r);
    terms.depth = T(1);
    terms.funding = T(1);
    return terms;
}

/// Parameters of a peg per step, in log2.
struct PegSample {
    std::int32_t reference;
    double initial, keep, gap_keep, growth, depegs, rise;
};

/// Lets asset i, so far of constant volatility, be the deviation of a peg; assets in ascending
/// order.
template<class T, int N>
void make_pegged(MarketView<T, N>& market, int i, PegSample const& s)
{
    market.drift[i] = market.half_variance[i] = market.net_drift[i] = T(0);
    market.peg_mask |= 1u << i;
    market.pegs[market.num_pegs++] = {i,
                                      s.reference,
                                      static_cast<T>(s.initial),
                                      static_cast<T>(s.keep),
                                      static_cast<T>(s.gap_keep),
                                      static_cast<T>(s.growth),
                                      static_cast<T>(s.depegs),
                                      static_cast<T>(-std::expm1(-s.depegs)),
                                      static_cast<T>(s.rise)};
    market.is_varying = 1;
}

/// Makes asset i's price constant.
template<class T, int N>
void fix_price(MarketView<T, N>& market, int i)
{
    for (int j = 0; j < N; ++j)
        market.loading[i][j] = T(0);
    market.drift[i] = market.half_variance[i] = market.net_drift[i] = T(0);
    market.factor_mask &= ~(1u << i);
    market.mixed_mask &= ~(1u << i);
}

}  // namespace brink::testing
