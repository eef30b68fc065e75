// SPDX-License-Identifier: Apache-2.0
#include "host/run/mixing_fit.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

namespace brink {
namespace {

/// Beyond the largest normal that the generator makes, 6.66.
constexpr double reach = 6.7;
constexpr int num_nodes = max_mixing_degree + 1;
constexpr int num_grid_points = 1001;

/// Coefficients of the polynomial through the Chebyshev nodes (discrete orthogonality).
std::vector<double> interpolate_log2_multiplier(double nu)
{
    std::vector<double> values(num_nodes);
    auto const angle = [](int node) { return std::numbers::pi * (node + 0.5) / num_nodes; };
    for (int i = 0; i < num_nodes; ++i)
        values[static_cast<std::size_t>(i)] =
            std::log2(mixing_multiplier(nu, reach * std::cos(angle(i))));
    std::vector<double> coefficients(num_nodes);
    for (int k = 0; k < num_nodes; ++k) {
        double sum = 0.0;
        for (int i = 0; i < num_nodes; ++i)
            sum += values[static_cast<std::size_t>(i)] * std::cos(k * angle(i));
        coefficients[static_cast<std::size_t>(k)] = (k == 0 ? 1.0 : 2.0) / num_nodes * sum;
    }
    return coefficients;
}

/// Drops the highest coefficients while their absolute sum, which bounds the change, stays small.
void truncate(std::vector<double>& coefficients, double log2_tolerance)
{
    double dropped = std::abs(coefficients.back());
    while (coefficients.size() > 1 && dropped <= log2_tolerance) {
        coefficients.pop_back();
        dropped += std::abs(coefficients.back());
    }
}

double sum_series(std::vector<double> const& coefficients, double t)
{
    double next = 0.0;
    double after_next = 0.0;
    for (std::size_t k = coefficients.size() - 1; k > 0; --k) {
        double const sum = 2.0 * t * next + coefficients[k] - after_next;
        after_next = next;
        next = sum;
    }
    return t * next + coefficients[0] - after_next;
}

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
    MixingFit fit{nu, reach, interpolate_log2_multiplier(nu), 0.0};
    truncate(fit.coefficients, 0.5 * tolerance / std::numbers::ln2);

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
