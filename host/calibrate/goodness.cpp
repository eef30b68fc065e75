// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/goodness.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <vector>

#include "host/calibrate/sample_moments.hpp"

namespace brink {
namespace {

double kolmogorov_distance(std::span<double const> returns,
                           std::function<double(double)> const& distribution)
{
    std::vector<double> sorted(returns.begin(), returns.end());
    std::sort(sorted.begin(), sorted.end());
    auto const n = static_cast<double>(sorted.size());
    double largest = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        double const p = distribution(sorted[i]);
        auto const below = static_cast<double>(i) / n;
        largest = std::max({largest, p - below, below + 1.0 / n - p});
    }
    return largest;
}

/// Q = n (n + 2) sum over lags of rho_k^2 / (n - k).
double ljung_box_statistic(std::vector<double> const& series)
{
    auto const n = static_cast<double>(series.size());
    double mean = 0, total = 0;
    for (double const value : series)
        mean += value / n;
    for (double const value : series)
        total += (value - mean) * (value - mean);
    double sum = 0;
    for (std::size_t lag = 1; lag <= static_cast<std::size_t>(ljung_box_lags); ++lag) {
        double covariance = 0;
        for (std::size_t i = lag; i < series.size(); ++i)
            covariance += (series[i] - mean) * (series[i - lag] - mean);
        double const rho = covariance / total;
        sum += rho * rho / (n - static_cast<double>(lag));
    }
    return n * (n + 2.0) * sum;
}

}  // namespace

Goodness measure_goodness(std::span<double const> returns,
                          std::function<double(double)> const& distribution)
{
    double const mean = sample_moments(returns).mean;
    std::vector<double> squares;
    for (double const r : returns)
        squares.push_back((r - mean) * (r - mean));
    double const q = ljung_box_statistic(squares);
    boost::math::chi_squared const law{static_cast<double>(ljung_box_lags)};
    return {kolmogorov_distance(returns, distribution),
            1.36 / std::sqrt(static_cast<double>(returns.size())), q,
            boost::math::cdf(boost::math::complement(law, q))};
}

}  // namespace brink
