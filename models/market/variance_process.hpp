// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

/// How the variance of one asset moves.
enum class VarianceLaw : std::uint8_t {
    heston,    ///< a diffusion of its own
    gjr_garch  ///< by the asset's own returns, once a bar
};

/// Variance of one asset's log returns that moves: members of the other law are 0. A path keeps two
/// fields for each, 2 p and 2 p + 1 of process p.
///
/// `heston`: S. L. Heston, "A closed-form solution for
/// options with stochastic volatility", Review of Financial Studies 6 (1993):
///   dv = kappa (theta - v) dt + epsilon sqrt(v) dW,   corr(dW, d ln S) = rho,
/// as what the scheme of heston.hpp needs for steps of dt years.
/// The host validates: initial, reversion, slope, offset > 0, |correlation| <= 1, and
/// |tilt| epsilon^2 dt <= 1/2, in every regime, which the scheme's expectations need.
///
/// `gjr_garch`: L. R. Glosten, R. Jagannathan and D. E. Runkle, J. Finance 48 (1993). Over a bar of
/// `bar_steps` steps the variance h of a step is held; with r the sum of the bar's shocks
///   h' = omega + (alpha + gamma [r < 0]) r^2 / bar_steps + beta h.
/// The host validates: initial, omega > 0; alpha, alpha + gamma, beta >= 0; alpha + gamma / 2 +
/// beta < 1; bar_steps >= 1, for which the market's mixing draw holds too.
template<class T>
struct VarianceProcess {
    std::int32_t asset;
    VarianceLaw law;
    T initial;      ///< heston: [1/year] v at t_0; gjr_garch: [log2^2 per step] h at t_0
    T pull;         ///< 1 - exp(-kappa dt): E v' = v + (reversion - pull v)
    T reversion;    ///< [1/year] theta pull
    T slope;        ///< [1/year] Var v' = slope v + offset
    T offset;       ///< [1/year^2]
    T correlation;  ///< rho
    T complement;   ///< sqrt(1 - rho^2)
    T tilt;         ///< [year] what v' - E v' adds to the log return, the half variance included
    T bend;         ///< [year] of it, the half variance: with c times the volatility of returns the
                    ///< tilt is c (tilt + (1 - c) bend)
    T share;        ///< [year] (1 - rho^2) dt / 2: variance of the rest, share (v + v')
    std::uint32_t bar_steps;  ///< [steps]
    T omega;                  ///< [log2^2 per step]
    T alpha, gamma;           ///< divided by bar_steps
    T beta;

    bool operator==(VarianceProcess const&) const = default;
};

}  // namespace brink
