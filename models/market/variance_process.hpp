// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

/// Stochastic variance v of one asset's log returns, S. L. Heston, "A closed-form solution for
/// options with stochastic volatility", Review of Financial Studies 6 (1993):
///   dv = kappa (theta - v) dt + epsilon sqrt(v) dW,   corr(dW, d ln S) = rho,
/// as what the scheme of heston.hpp needs for steps of dt years.
/// The host validates: initial, reversion, slope, offset > 0, |correlation| <= 1, and
/// |tilt| epsilon^2 dt <= 1/2, which the scheme's expectations need.
template<class T>
struct VarianceProcess {
    std::int32_t asset;
    T initial;      ///< [1/year] v at t_0
    T pull;         ///< 1 - exp(-kappa dt): E v' = v + (reversion - pull v)
    T reversion;    ///< [1/year] theta pull
    T slope;        ///< [1/year] Var v' = slope v + offset
    T offset;       ///< [1/year^2]
    T correlation;  ///< rho
    T complement;   ///< sqrt(1 - rho^2)
    T tilt;         ///< [year] what v' - E v' adds to the log return, the half variance included
    T share;        ///< [year] (1 - rho^2) dt / 2: variance of the rest, share (v + v')
};

}  // namespace brink
