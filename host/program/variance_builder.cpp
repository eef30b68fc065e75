// SPDX-License-Identifier: Apache-2.0
#include "host/program/variance_builder.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "io/config/duration.hpp"

namespace brink {
namespace {

/// Of |tilt| vol_of_vol^2 dt: the series of models/market/heston.hpp are made for it.
constexpr double largest_tilt = 0.5;

/// [1/year] what jumps leave of the variance of `volatility`, > 0.
double rest_of_variance(Where const& where, double volatility, JumpMoments const& jumps,
                        Problems& problems)
{
    double const rest = volatility * volatility - jumps.variance;
    if (rest > 0.0)
        return rest;
    problems.add(where,
                 fmt::format("{:.4g} must exceed what the asset's jumps alone make, {:.4g}",
                             volatility, std::sqrt(jumps.variance)),
                 "raise it, or lower the rate or the sizes of the jumps");
    return 1.0;
}

/// \return false where a problem was added
bool check_tilt(AssetConfig const& asset, double step_years, double tilt, Problems& problems)
{
    double const epsilon = asset.heston->vol_of_vol;
    double const tilted = std::abs(tilt) * epsilon * epsilon * step_years;
    if (tilted <= largest_tilt)
        return true;
    problems.add(asset.heston->at("vol_of_vol"),
                 fmt::format("{:g} moves the variance of {} by more in one step of {:.4g} "
                             "years than the scheme can compensate in the expected price",
                             epsilon, asset.name, step_years),
                 fmt::format("shorten run.step to \"{}\" or less",
                             format_duration(std::floor(largest_tilt / tilted * step_years
                                                        * seconds_per_year / 60)
                                             * 60)));
    return false;
}

VarianceProcess<double> build_heston(AssetConfig const& asset, double step_years,
                                     JumpMoments const& jumps, Problems& problems)
{
    HestonConfig const& heston = *asset.heston;
    double const kappa = heston.mean_reversion, epsilon = heston.vol_of_vol;
    double const rho = heston.spot_vol_correlation;
    double const theta = rest_of_variance(heston.at("long_run_volatility"),
                                          long_run_volatility(asset), jumps, problems);
    double const passed = -std::expm1(-kappa * step_years);

    VarianceProcess<double> process{};
    process.law = VarianceLaw::heston;
    process.initial = rest_of_variance(asset.at("volatility"), asset.volatility, jumps, problems);
    process.pull = passed;
    process.reversion = theta * passed;
    process.slope = epsilon * epsilon * (1 - passed) * passed / kappa;
    process.offset = theta * epsilon * epsilon * passed * passed / (2 * kappa);
    process.correlation = rho;
    process.complement = std::sqrt(1 - rho * rho);
    process.bend = rho * rho * step_years / 4;
    process.tilt = rho / epsilon * (1 + kappa * step_years / 2) - process.bend;
    process.share = (1 - rho * rho) * step_years / 2;
    check_tilt(asset, step_years, process.tilt, problems);
    return process;
}

VarianceProcess<double> build_garch(AssetConfig const& asset, RunConfig const& run,
                                    JumpMoments const& jumps, Problems& problems)
{
    GarchConfig const& garch = *asset.garch;
    // [log2^2 per step] of a variance a year
    double const scale = run.step / seconds_per_year / (std::numbers::ln2 * std::numbers::ln2);
    double const bar_steps = std::round(garch.interval / run.step);
    double const theta = rest_of_variance(garch.at("long_run_volatility"),
                                          long_run_volatility(asset), jumps, problems);

    VarianceProcess<double> process{};
    process.law = VarianceLaw::gjr_garch;
    process.initial =
        scale * rest_of_variance(asset.at("volatility"), asset.volatility, jumps, problems);
    process.bar_steps = static_cast<std::uint32_t>(bar_steps);
    process.omega = scale * theta * (1 - garch.alpha - garch.gamma / 2 - garch.beta);
    process.alpha = garch.alpha / bar_steps;
    process.gamma = garch.gamma / bar_steps;
    process.beta = garch.beta;
    return process;
}

}  // namespace

VarianceProcess<double> build_variance(AssetConfig const& asset, std::size_t place,
                                       RunConfig const& run, JumpMoments const& jumps,
                                       Problems& problems)
{
    auto process = asset.heston ? build_heston(asset, run.step / seconds_per_year, jumps, problems)
                                : build_garch(asset, run, jumps, problems);
    process.asset = static_cast<std::int32_t>(place);
    return process;
}

void check_multiples(Scenario const& scenario, WideMarket const& market,
                     std::vector<RegimeTerms<double>> const& regimes, Problems& problems)
{
    double const step_years = scenario.run.step / seconds_per_year;
    for (std::int32_t p = 0; p < market.num_variances; ++p) {
        VarianceProcess<double> const& process = market.variances[p];
        AssetConfig const& asset = scenario.assets[static_cast<std::size_t>(process.asset)];
        bool fits = process.law == VarianceLaw::heston;
        for (std::size_t r = 0; r < regimes.size() && fits; ++r) {
            double const multiple = regimes[r].volatility[process.asset];
            double const tilt = multiple * (process.tilt + (1 - multiple) * process.bend);
            fits = check_tilt(asset, step_years, tilt, problems);
        }
    }
}

}  // namespace brink
