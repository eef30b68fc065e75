// SPDX-License-Identifier: Apache-2.0
#include "host/run/copula_fit.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "host/run/chebyshev_fit.hpp"
#include "host/run/mixing_fit.hpp"

namespace brink {
namespace {

/// Of the normals that the generator makes, 6.66, and a correlated sum of them in floats.
constexpr double largest_normal = 6.7;
constexpr int num_score_nodes = max_score_degree + 1;
constexpr int num_score_points = 1001;

/// log2(q / v) as a function of y.
double log2_ratio(double nu, double y)
{
    if (y == 0.0)  // the ratio of the densities at 0
        return std::log2(boost::math::pdf(boost::math::students_t(nu), 0.0)
                         * std::sqrt(nu / (nu - 2.0))
                         / boost::math::pdf(boost::math::normal(), 0.0));
    double const v = std::sqrt((nu - 2.0) * std::expm1(y * std::numbers::ln2));
    return std::log2(normal_score(nu, v) / v);
}

}  // namespace

double normal_score(double nu, double v)
{
    boost::math::students_t const law(nu);
    boost::math::normal const normal;
    // The upper tail has digits where the distribution function is 1.
    double const t = std::abs(v) * std::sqrt(nu / (nu - 2.0));
    double const tail = boost::math::cdf(complement(law, t));
    double const score = boost::math::quantile(complement(normal, tail));
    return v < 0.0 ? -score : score;
}

CopulaTerms<double> fit_copula(double nu, double tolerance)
{
    if (!std::isfinite(nu) || nu <= 2.0)
        throw std::invalid_argument(
            "the Student-t copula needs finite degrees of freedom above 2 "
            "(got "
            + std::to_string(nu) + ")");
    double const largest = largest_normal * mixing_multiplier(nu, -largest_normal);
    double const reach = std::log2(1.0 + largest * largest / (nu - 2.0));
    auto const at = [&](double t) { return log2_ratio(nu, 0.5 * (t + 1.0) * reach); };
    auto const series = fit_chebyshev(at, num_score_nodes, 0.5 * tolerance / std::numbers::ln2);
    double error = 0.0;
    for (int i = 0; i < num_score_points; ++i) {
        double const t = -1.0 + 2.0 * i / (num_score_points - 1);
        error = std::max(error,
                         std::abs(std::expm1((sum_series(series, t) - at(t)) * std::numbers::ln2)));
    }
    if (!(error <= tolerance))
        throw std::runtime_error("the normal score of a Student-t variable of nu = "
                                 + std::to_string(nu) + " is fitted to a relative error of "
                                 + std::to_string(error) + " only");
    CopulaTerms<double> terms{};
    terms.inverse_spread = 1.0 / (nu - 2.0);
    terms.inverse_reach = 2.0 / reach;
    terms.degree = static_cast<std::int32_t>(series.size()) - 1;
    std::copy(series.begin(), series.end(), terms.coefficient);
    return terms;
}

}  // namespace brink
