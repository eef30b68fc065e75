// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/core/whole_power.hpp"
#include "models/liquidation/band_terms.hpp"

// One band of Curve's lending market maker. Prices are of the collateral in the debt's coin.
// Source: curvefi/curve-stablecoin@cf1d05f, curve_stablecoin/AMM.vy and controller.vy.
BRINK_BEGIN_ISA

/// What a band holds.
struct Band {
    double stable;      ///< [debt coin] x >= 0
    double collateral;  ///< [coin] y >= 0
};

/// Oracle prices between which a band is traded (AMM.vy _p_oracle_up).
struct BandEdges {
    double up;
    double down;
};

/// Edges of the n-th band below `top`, the upper edge of band 0.
BRINK_HD inline BandEdges band_edges(double top, double amplification, std::int32_t n)
{
    double const ratio = (amplification - 1.0) / amplification;
    double const up = top * whole_power(ratio, n);
    return {up, up * ratio};
}

/// Prices at which the market maker trades a band at oracle price p: p^3 / up^2 where the band is
/// all collateral, p^3 / down^2 where it is all stable (AMM.vy _p_current_band). They move three
/// times as fast as the oracle, so that traders follow it.
BRINK_HD inline BandEdges traded_between(BandEdges edges, double oracle)
{
    double const cube = oracle * oracle * oracle;
    return {cube / (edges.down * edges.down), cube / (edges.up * edges.up)};
}

/// (f + x)(g + y) = invariant, price (f + x) / (g + y), at one oracle price.
struct BandCurve {
    double y0;         ///< [coin] that the band is worth in collateral at its upper edge
    double f;          ///< [debt coin]
    double g;          ///< [coin]
    double invariant;  ///< p A^2 y0^2
};

/// AMM.vy _get_y0: p A y0^2 - y0 (up (A - 1) x / p + p^2 A y / up) - x y = 0.
BRINK_HD inline BandCurve band_curve(Band const& band, BandEdges edges, double amplification,
                                     double oracle)
{
    double const x = band.stable, y = band.collateral;
    double const b = edges.up / oracle * (amplification - 1.0) * x
                     + oracle * oracle / edges.up * amplification * y;
    double const root = vsqrt(b * b + 4.0 * oracle * amplification * x * y);
    double const y0 = (b + root) / (2.0 * oracle * amplification);
    double const f = amplification * y0 * oracle * oracle / edges.up;
    double const g = (amplification - 1.0) * y0 * edges.up / oracle;
    return {y0, f, g, (f + x) * (g + y)};
}

/// The band on its curve at the price nearest to `target` that it can reach.
BRINK_HD inline Band band_at(BandCurve const& curve, double target)
{
    double const most = vmax(curve.invariant / curve.f - curve.g, 0.0);
    double const collateral = vmin(vmax(vsqrt(curve.invariant / target) - curve.g, 0.0), most);
    if (collateral == most)
        return {0.0, most};
    return {vmax(curve.invariant / (curve.g + collateral) - curve.f, 0.0), collateral};
}

/// What traders made of a band who may buy and sell at `oracle` elsewhere.
struct BandTrade {
    Band after;
    double gain;  ///< [debt coin] of the traders, at the oracle's price, >= 0 but for rounding
};

/// Traders take the band to the price at which nothing is left to gain: the oracle's, a fee below
/// where they buy collateral from it and a fee above where they sell to it. The fee, a share of
/// what they pay in, stays in the band (AMM.vy calc_swap_out; the administrator's part of it is 0).
BRINK_HD inline BandTrade trade_band(Band const& band, BandEdges edges, double amplification,
                                     double fee, double oracle)
{
    BandCurve const curve = band_curve(band, edges, amplification, oracle);
    double const now = (curve.f + band.stable) / (curve.g + band.collateral);
    double const low = oracle * (1.0 - fee), high = oracle / (1.0 - fee);
    if (!(curve.y0 > 0.0) || (now >= low && now <= high))
        return {band, 0.0};
    Band after = band_at(curve, now < low ? low : high);
    double const kept = fee / (1.0 - fee);
    after.stable += kept * vmax(after.stable - band.stable, 0.0);
    after.collateral += kept * vmax(after.collateral - band.collateral, 0.0);
    double const gain =
        (band.collateral - after.collateral) * oracle + (band.stable - after.stable);
    return {after, gain};
}

/// [debt coin] that a band becomes if the oracle falls through it slowly from `oracle` on, traders
/// following (AMM.vy get_xy_up, use_y = false): the value in the health of a loan.
BRINK_HD inline double band_value_down(Band const& band, BandEdges edges, double amplification,
                                       double oracle)
{
    double const x = band.stable, y = band.collateral;
    if (!(x > 0.0) && !(y > 0.0))
        return 0.0;
    double const middle = oracle * oracle * oracle / (edges.down * edges.up);
    double const fall = vsqrt(edges.down / edges.up);  // 1 / sqrt(A / (A - 1))
    bool const is_pure = !(x > 0.0) || !(y > 0.0);
    if (is_pure && oracle > edges.up)
        return (y > 0.0 ? y : x / middle) * edges.up * fall;
    if (is_pure && oracle < edges.down)
        return x > 0.0 ? x : y * middle;
    BandCurve const curve = band_curve(band, edges, amplification, oracle);
    if (oracle > edges.up)
        return vmax(curve.invariant / curve.f - curve.g, 0.0) * edges.up * fall;
    if (oracle < edges.down)
        return vmax(curve.invariant / curve.g - curve.f, 0.0);
    Band const here = band_at(curve, oracle);
    return here.stable + here.collateral * vsqrt(edges.down * oracle);
}

/// Health of a loan as the controller shows it, < 0: liquidatable (controller.vy _health).
/// \param value_down [debt coin] of all its bands
BRINK_HD inline double band_health(double value_down, double debt, double liquidation_discount)
{
    return (1.0 - liquidation_discount) * value_down / debt - 1.0;
}

/// Share of the bands that leaves for a share of the debt repaid (controller.vy _get_f_remove).
/// \param health_limit the liquidation discount where others liquidate, 0 for the owner
BRINK_HD inline double removed_share(double repaid_share, double health_limit)
{
    double const scale = (1.0 + 0.5 * health_limit) / (1.0 + health_limit);
    return (scale * (1.0 - repaid_share) + repaid_share) * repaid_share;
}

/// Largest debt over collateral x the upper edge of its first band (controller.vy
/// get_y_effective): (1 - discount) sqrt((A - 1) / A) mean of ((A - 1) / A)^k over the bands.
BRINK_HD inline double band_loan_to_value(double amplification, std::int32_t num_bands,
                                          double loan_discount)
{
    double const ratio = (amplification - 1.0) / amplification;
    double sum = 0.0;
    for (std::int32_t k = 0; k < num_bands; ++k)
        sum += whole_power(ratio, k);
    return (1.0 - loan_discount) * vsqrt(ratio) * sum / num_bands;
}

BRINK_END_ISA
