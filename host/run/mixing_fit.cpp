// SPDX-License-Identifier: Apache-2.0
#include "host/run/mixing_fit.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "host/run/chebyshev_fit.hpp"

namespace brink {
namespace {

/// Beyond the largest normal that the generator makes, 6.66.
constexpr double reach = 6.7;
constexpr int num_nodes = max_mixing_degree + 1;
constexpr int num_grid_points = 1001;

}  // namespace

double mixing_multiplier(double nu, double z)
{
    boost::math::chi_squared const chi_squared(nu);
    boost::math::normal const normal;
    // Each tail from its own side: 1 - Phi(z) has no digits left at z = 6.
    double const quantile = z < 0.0
                                ? boost::math::quantile(chi_squared, boost::math::cdf(normal, z))
                                : boost::math::quantile(complement(
                                    chi_squared, boost::math::cdf(complement(normal, z))));
    return std::sqrt((nu - 2.0) / quantile);
}

MixingFit fit_mixing(double nu, double tolerance)
{
    if (!std::isfinite(nu) || nu <= 2.0)
        throw std::invalid_argument("Student-t degrees of freedom must be finite and above 2 (got "
                                    + std::to_string(nu)
                                    + "): the variance does not exist otherwise");
    MixingFit fit{
        nu, reach,
        fit_chebyshev([nu](double t) { return std::log2(mixing_multiplier(nu, reach * t)); },
                      num_nodes, 0.5 * tolerance / std::numbers::ln2),
        0.0};
    double previous = INFINITY;
    for (int i = 0; i < num_grid_points; ++i) {
        double const t = -1.0 + 2.0 * i / (num_grid_points - 1);
        double const fitted = std::exp2(sum_series(fit.coefficients, t));
        double const error = std::abs(fitted / mixing_multiplier(nu, t * reach) - 1.0);
        fit.largest_error = std::max(fit.largest_error, error);
        if (!(fitted < previous))
            fit.largest_error = INFINITY;
        previous = fitted;
    }
    if (!(fit.largest_error <= tolerance))
        throw std::runtime_error("the Student-t multiplier for nu = " + std::to_string(nu)
                                 + " is fitted to a relative error of "
                                 + std::to_string(fit.largest_error) + " only");
    return fit;
}

}  // namespace brink
