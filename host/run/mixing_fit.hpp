// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/market/market_view.hpp"

namespace brink {

/// The Student-t multiplier of unit mean square, m(z) = sqrt((nu - 2) / q), where q is the quantile
/// of chi-squared with nu degrees of freedom at the probability Phi(z).
/// \param nu > 2
double mixing_multiplier(double nu, double z);

/// A Chebyshev series of log2 m on [-reach, reach].
struct MixingFit {
    double nu{};
    double reach{};                    ///< [standard deviations] of z
    std::vector<double> coefficients;  ///< shape [degree + 1]
    double largest_error{};            ///< relative error of m found on a grid
};

/// Largest relative errors of the series: below the rounding of the number type's own arithmetic.
inline constexpr double mixing_tolerance_float = 2e-6;
inline constexpr double mixing_tolerance_double = 1e-10;

/// Fits the multiplier to a relative error and checks error and monotonicity on a grid.
/// \throws std::invalid_argument where nu <= 2 (the variance does not exist) or is not finite;
/// std::runtime_error where the largest degree does not reach the tolerance.
MixingFit fit_mixing(double nu, double tolerance);

/// The fit as the path functors read it.
/// \param hold_steps [steps] for which a draw stays in force, >= 1
template<class T>
MixingView<T> make_mixing_view(MixingFit const& fit, std::uint32_t hold_steps)
{
    MixingView<T> view{};
    view.hold_steps = hold_steps;
    view.degree = static_cast<std::int32_t>(fit.coefficients.size()) - 1;
    view.inverse_reach = static_cast<T>(1.0 / fit.reach);
    for (std::size_t k = 0; k < fit.coefficients.size(); ++k)
        view.coefficient[k] = static_cast<T>(fit.coefficients[k]);
    return view;
}

}  // namespace brink
