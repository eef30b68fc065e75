// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/garch_fit.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <numbers>

#include "host/calibrate/likelihood.hpp"
#include "host/calibrate/sample_moments.hpp"
#include "io/market_data/garch_filter.hpp"

namespace brink {
namespace {

constexpr double garch_step = 2e-3;  ///< of differences

/// Parameters of the search, each of order one: log of 1 - persistence; logit of the share of the
/// persistence that shocks have; half of gamma over that share, in [-1, 1]; log of nu - 2. Every
/// point of the box is a law.
GarchLaw garch_law(std::vector<double> const& p, double mean, double variance)
{
    double const persistence = 1.0 - std::exp(p[0]);
    double const shocks = persistence / (1.0 + std::exp(-p[1]));
    return {mean,
            variance,
            shocks * (1.0 - p[2]),
            2.0 * shocks * p[2],
            persistence - shocks,
            2.0 + std::exp(p[3])};
}

double log_likelihood(GarchLaw const& law, std::span<double const> returns)
{
    double const nu = law.degrees_of_freedom;
    double const constant = std::lgamma((nu + 1) / 2) - std::lgamma(nu / 2)
                            - 0.5 * std::log(std::numbers::pi * (nu - 2));
    double const omega = (1 - law.persistence()) * law.long_run_variance;
    double h = law.long_run_variance, sum = 0;
    for (double const r : returns) {
        double const e = r - law.mean, square = e * e;
        sum += constant - 0.5 * std::log(h) - (nu + 1) / 2 * std::log1p(square / (h * (nu - 2)));
        h = omega + (law.alpha + (e < 0 ? law.gamma : 0.0)) * square + law.beta * h;
    }
    return sum;
}

}  // namespace

std::vector<double> garch_variances(GarchLaw const& law, std::span<double const> returns)
{
    GarchConfig garch;
    garch.alpha = law.alpha;
    garch.gamma = law.gamma;
    garch.beta = law.beta;
    return filter_variances(garch, {law.mean, law.long_run_variance}, returns);
}

GarchFit fit_garch(std::span<double const> returns, double years_per_return)
{
    SampleMoments const moments = sample_moments(returns);
    double const variance = moments.sd * moments.sd;
    auto const at = [&](std::vector<double> const& p) {
        return garch_law(p, moments.mean, variance);
    };
    LogLikelihood const likelihood = [&](std::vector<double> const& p) {
        return log_likelihood(at(p), returns);
    };
    ParameterBox const box{{std::log(1e-4), -6.0, -1.0, std::log(0.05)},
                           {std::log(0.95), 2.0, 1.0, std::log(98.0)}};
    Maximum best;
    for (auto const& [left, share] :
         {std::array{0.02, 0.06}, std::array{0.1, 0.15}, std::array{0.4, 0.3}}) {
        Maximum const found = maximise(
            likelihood, {std::log(left), std::log(share / (1 - share)), 0.1, std::log(3.0)}, box);
        if (best.at.empty() || found.value > best.value)
            best = found;
    }
    auto const covariance = observed_covariance(likelihood, best.at, garch_step);
    auto const fitted = [&](auto const& value) {
        std::function<double(std::vector<double> const&)> const of =
            [&](std::vector<double> const& p) { return value(at(p)); };
        return FittedValue{of(best.at), delta_error(of, best.at, covariance)};
    };
    GarchFit fit;
    fit.law = at(best.at);
    fit.log_likelihood = best.value;
    double const years = years_per_return;
    fit.volatility = fitted([&](GarchLaw const& law) {
        return std::sqrt(garch_variances(law, returns).back() / years);
    });
    FittedValue const target = sample_volatility(returns);
    fit.long_run_volatility = {target.value / std::sqrt(years), target.se / std::sqrt(years)};
    fit.alpha = fitted([](GarchLaw const& law) { return law.alpha; });
    fit.gamma = fitted([](GarchLaw const& law) { return law.gamma; });
    fit.beta = fitted([](GarchLaw const& law) { return law.beta; });
    fit.degrees_of_freedom = fitted([](GarchLaw const& law) { return law.degrees_of_freedom; });
    auto const variances = garch_variances(fit.law, returns);
    for (std::size_t i = 0; i < returns.size(); ++i)
        fit.residuals.push_back((returns[i] - fit.law.mean) / std::sqrt(variances[i]));
    return fit;
}

}  // namespace brink
