// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/kou_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "host/calibrate/likelihood.hpp"
#include "host/calibrate/sample_moments.hpp"

namespace brink {
namespace {

constexpr double kou_step = 2e-3;
constexpr double largest_mean = 0.99;
constexpr double most_logit = 4.6;

/// Parameters of the search: location, log diffusion, log jumps, log odds of a jump upwards, log
/// mean sizes up and down; lengths in units of the sample's standard deviation.
KouLaw kou_law_of(std::vector<double> const& p, double unit)
{
    return {p[0] * unit,           std::exp(p[1]) * unit,
            std::exp(p[2]),        1.0 / (1.0 + std::exp(-p[3])),
            std::exp(p[4]) * unit, std::exp(p[5]) * unit};
}

double kou_variance(KouLaw const& law)
{
    return law.diffusion * law.diffusion
           + 2.0 * law.jumps
                 * (law.up_probability * law.up_mean * law.up_mean
                    + (1.0 - law.up_probability) * law.down_mean * law.down_mean);
}

Maximum best_start(LogLikelihood const& likelihood, double location, ParameterBox const& box)
{
    Maximum best;
    for (auto const& [diffusion, jumps, size] :
         {std::array{0.85, 0.03, 2.1}, std::array{0.7, 0.15, 1.3}, std::array{0.5, 0.6, 0.7}}) {
        double const log_size = std::min(std::log(size), box.upper[4] - 0.1);
        Maximum const found = maximise(
            likelihood, {location, std::log(diffusion), std::log(jumps), 0.0, log_size, log_size},
            box);
        if (best.at.empty() || found.value > best.value)
            best = found;
    }
    return best;
}

}  // namespace

KouFit fit_kou(std::span<double const> returns, double years_per_return)
{
    SampleMoments const moments = sample_moments(returns);
    double const unit = moments.sd, n = static_cast<double>(returns.size());
    LogLikelihood const likelihood = [&](std::vector<double> const& p) {
        return kou_law_of(p, unit).log_likelihood(returns);
    };
    double const largest = std::log(std::min(20.0, largest_mean / unit));
    ParameterBox const box{
        {-2.0, std::log(0.1), std::log(1.0 / n), -most_logit, std::log(0.05), std::log(0.05)},
        {2.0, std::log(2.0), std::log(most_kou_jumps), most_logit, largest, largest}};
    Maximum const best = best_start(likelihood, moments.mean / unit, box);
    auto const covariance = covariance_inside(likelihood, best.at, box, kou_step);
    auto const fitted = [&](auto const& value) {
        std::function<double(std::vector<double> const&)> const of =
            [&](std::vector<double> const& p) { return value(kou_law_of(p, unit)); };
        return FittedValue{of(best.at), delta_error(of, best.at, covariance)};
    };
    double const years = years_per_return;
    return {kou_law_of(best.at, unit),
            fitted([&](KouLaw const& law) { return std::sqrt(kou_variance(law) / years); }),
            fitted([&](KouLaw const& law) { return law.jumps / years; }),
            fitted([](KouLaw const& law) { return law.up_probability; }),
            fitted([](KouLaw const& law) { return law.up_mean; }),
            fitted([](KouLaw const& law) { return law.down_mean; }),
            best.value};
}

}  // namespace brink
