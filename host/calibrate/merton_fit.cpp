// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/merton_fit.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "host/calibrate/likelihood.hpp"
#include "host/calibrate/sample_moments.hpp"

namespace brink {
namespace {

constexpr double smallest_weight = 1e-12;
constexpr int most_jumps = 30;
constexpr double merton_step = 2e-3;
constexpr double most_jumps_per_return = 1.5;

/// Number of jumps in a return, with its probability and what it makes of the normal.
struct Component {
    double weight{0}, mean{0}, sd{0};
};

std::vector<Component> components(MertonLaw const& law)
{
    std::vector<Component> found;
    double weight = std::exp(-law.jumps);
    for (int k = 0; k < most_jumps; ++k) {
        double const variance = law.diffusion * law.diffusion + k * law.jump_sd * law.jump_sd;
        found.push_back({weight, law.location + k * law.jump_mean, std::sqrt(variance)});
        weight *= law.jumps / (k + 1);
        if (weight < smallest_weight && k >= law.jumps)
            break;
    }
    return found;
}

/// Parameters of the search: location, log diffusion, log jumps, jump mean, log jump sd, in units
/// of the sample's standard deviation.
MertonLaw law_of(std::vector<double> const& p, double unit)
{
    return {p[0] * unit, std::exp(p[1]) * unit, std::exp(p[2]), p[3] * unit, std::exp(p[4]) * unit};
}

double variance_of(MertonLaw const& law)
{
    return law.diffusion * law.diffusion
           + law.jumps * (law.jump_mean * law.jump_mean + law.jump_sd * law.jump_sd);
}

}  // namespace

double MertonLaw::log_likelihood(std::span<double const> returns) const
{
    std::vector<Component> parts = components(*this);
    for (Component& part : parts)
        part.weight /= part.sd * std::sqrt(2.0 * std::numbers::pi);
    double sum = 0;
    for (double const r : returns) {
        double density = 0;
        for (Component const& part : parts) {
            double const z = (r - part.mean) / part.sd;
            density += part.weight * std::exp(-0.5 * z * z);
        }
        sum += std::log(density + 1e-300);
    }
    return sum;
}

double MertonLaw::distribution(double x) const
{
    double below = 0;
    for (Component const& part : components(*this))
        below += part.weight * 0.5 * std::erfc((part.mean - x) / part.sd / std::numbers::sqrt2);
    return below;
}

MertonFit fit_merton(std::span<double const> returns, double years_per_return)
{
    SampleMoments const moments = sample_moments(returns);
    double const unit = moments.sd, n = static_cast<double>(returns.size());
    LogLikelihood const likelihood = [&](std::vector<double> const& p) {
        return law_of(p, unit).log_likelihood(returns);
    };
    ParameterBox const box{
        {-2.0, std::log(0.1), std::log(1.0 / n), -10.0, std::log(0.05)},
        {2.0, std::log(2.0), std::log(most_jumps_per_return), 10.0, std::log(20.0)}};
    double const location = moments.mean / unit;
    Maximum best;
    for (auto const& [diffusion, jumps, sd] :
         {std::array{0.85, 0.03, 3.0}, std::array{0.7, 0.15, 1.8}, std::array{0.5, 0.6, 1.0}}) {
        Maximum const found = maximise(
            likelihood, {location, std::log(diffusion), std::log(jumps), 0.0, std::log(sd)}, box);
        if (best.at.empty() || found.value > best.value)
            best = found;
    }
    auto const covariance = covariance_inside(likelihood, best.at, box, merton_step);
    auto const fitted = [&](auto const& value) {
        std::function<double(std::vector<double> const&)> const of =
            [&](std::vector<double> const& p) { return value(law_of(p, unit)); };
        return FittedValue{of(best.at), delta_error(of, best.at, covariance)};
    };
    double const years = years_per_return;
    return {law_of(best.at, unit),
            fitted([&](MertonLaw const& law) { return std::sqrt(variance_of(law) / years); }),
            fitted([&](MertonLaw const& law) { return law.jumps / years; }),
            fitted([](MertonLaw const& law) { return law.jump_mean; }),
            fitted([](MertonLaw const& law) { return law.jump_sd; }),
            best.value};
}

}  // namespace brink
