// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/sample_moments.hpp"

#include <cmath>

namespace brink {

SampleMoments sample_moments(std::span<double const> returns)
{
    auto const n = static_cast<double>(returns.size());
    double sum = 0;
    for (double const r : returns)
        sum += r;
    double const mean = sum / n;
    double second = 0, fourth = 0;
    for (double const r : returns) {
        double const square = (r - mean) * (r - mean);
        second += square;
        fourth += square * square;
    }
    return {mean, std::sqrt(second / (n - 1)), n * fourth / (second * second) - 3.0};
}

FittedValue sample_volatility(std::span<double const> returns)
{
    SampleMoments const m = sample_moments(returns);
    auto const n = static_cast<double>(returns.size());
    return {m.sd, m.sd / 2.0 * std::sqrt((m.excess_kurtosis + 2.0) / n)};
}

FittedValue ewma_volatility(std::span<double const> returns)
{
    double variance = 0, weights = 0, squares = 0;
    double weight = 1;
    for (std::size_t i = returns.size(); i-- > 0; weight *= ewma_decay) {
        variance += weight * returns[i] * returns[i];
        weights += weight;
        squares += weight * weight;
    }
    double const sd = std::sqrt(variance / weights);
    double const kurtosis = sample_moments(returns).excess_kurtosis + 3.0;
    return {sd, sd / 2.0 * std::sqrt((kurtosis - 1.0) * squares / (weights * weights))};
}

FittedValue sample_drift(std::span<double const> returns, double years_per_return)
{
    SampleMoments const m = sample_moments(returns);
    double const years = years_per_return * static_cast<double>(returns.size());
    double const annual_sd = m.sd / std::sqrt(years_per_return);
    return {m.mean / years_per_return + annual_sd * annual_sd / 2.0, annual_sd / std::sqrt(years)};
}

}  // namespace brink
