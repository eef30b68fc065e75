// SPDX-License-Identifier: Apache-2.0
// Stochastic volatility of one asset.
#include "io/config/duration.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

constexpr std::string_view heston_example =
    "write heston = { mean_reversion = 4, vol_of_vol = 1.5, spot_vol_correlation = -0.4 }";
constexpr std::string_view garch_example =
    "write garch = { alpha = 0.05, gamma = 0.05, beta = 0.9 }";
constexpr double longest_reversion = 0.25;  ///< of a step, in units of 1 / mean_reversion

void check_start(AssetConfig const& asset, Problems& problems)
{
    if (asset.has("volatility") && !(asset.volatility > 0))
        problems.add(asset.at("volatility"),
                     "must be > 0 where the variance is stochastic: it starts from it",
                     "write the volatility of today, such as volatility = 0.6");
}

void check_heston(AssetConfig const& asset, RunConfig const& run, Problems& problems)
{
    HestonConfig const& heston = *asset.heston;
    check_start(asset, problems);
    double const theta = long_run_volatility(asset) * long_run_volatility(asset);
    double const pulled = 2 * heston.mean_reversion * theta;
    double const spread = heston.vol_of_vol * heston.vol_of_vol;
    if (pulled < spread)
        problems.warn(heston.at("vol_of_vol"),
                      fmt::format("the variance of {} reaches 0 (Feller's condition): 2 "
                                  "mean_reversion long_run_volatility^2 = {:.4g} is below "
                                  "vol_of_vol^2 = {:.4g}",
                                  asset.name, pulled, spread),
                      "the scheme allows for it; lower vol_of_vol if it is not meant");
    double const reverted = heston.mean_reversion * run.step / seconds_per_year;
    if (reverted > longest_reversion)
        problems.warn(heston.at("mean_reversion"),
                      fmt::format("a step of \"{}\" is {:.2g} of the variance's time of reversion: "
                                  "the error of the scheme is of the order of the step",
                                  format_duration(run.step), reverted),
                      "shorten run.step");
}

/// The longest step, shorter than `step`, that divides a bar into whole seconds.
Seconds dividing_step(Seconds interval, Seconds step)
{
    double parts = std::ceil(interval / step);
    while (parts < interval && std::remainder(interval, parts) != 0)
        ++parts;
    return interval / parts;
}

/// Bars are whole steps, and the Student-t draw that all assets share holds for one.
void check_bar(GarchConfig const& garch, Scenario const& scenario, Problems& problems)
{
    Seconds const step = scenario.run.step;
    if (step > 0
        && (garch.interval < step
            || std::abs(std::remainder(garch.interval, step)) > 1e-9 * garch.interval))
        problems.add(garch.at("interval"),
                     fmt::format("\"{}\" is no whole number of steps of \"{}\": variance is held "
                                 "for a bar, which its steps make up",
                                 format_duration(garch.interval), format_duration(step)),
                     fmt::format("write run.step = \"{}\"",
                                 format_duration(dividing_step(garch.interval, step))));
    bool const is_shared =
        scenario.market.has("mixing") || has_t_copula(scenario.market)
        || std::any_of(scenario.assets.begin(), scenario.assets.end(), [&](auto const& asset) {
               return asset.model.value_or(scenario.market.model) == MarginalModel::student_t;
           });
    Seconds const mixing = scenario.market.mixing > 0 ? scenario.market.mixing : scenario.run.step;
    if (is_shared && mixing != garch.interval)
        problems.add(
            garch.at("interval"),
            "differs from market.mixing, and one Student-t draw serves all assets",
            fmt::format("write mixing = \"{}\" in [market]", format_duration(garch.interval)));
    for (AssetConfig const& other : scenario.assets) {
        if (!other.garch)
            continue;
        if (&*other.garch == &garch)
            return;
        if (other.garch->interval != garch.interval)
            return problems.add(garch.at("interval"),
                                fmt::format("differs from that of {}, and one Student-t draw "
                                            "serves all assets",
                                            other.name),
                                "write the same interval for all");
    }
}

void check_coefficients(GarchConfig const& garch, Problems& problems)
{
    if (garch.alpha + garch.gamma < 0)
        problems.add(garch.at("gamma"),
                     fmt::format("alpha + gamma must be >= 0, is {:.4g}: a fall would make the "
                                 "variance negative",
                                 garch.alpha + garch.gamma));
    double const persistence = garch.alpha + garch.gamma / 2 + garch.beta;
    if (!(persistence < 1))
        problems.add(garch.at("beta"),
                     fmt::format("alpha + gamma / 2 + beta must be < 1, is {:.6g}: the variance "
                                 "would have no long-run mean",
                                 persistence),
                     "lower one of the three");
}

void check_garch(AssetConfig const& asset, Scenario const& scenario, Problems& problems)
{
    check_start(asset, problems);
    check_coefficients(*asset.garch, problems);
    check_bar(*asset.garch, scenario, problems);
}

}  // namespace

void check_variances(Scenario const& scenario, Problems& problems)
{
    for (AssetConfig const& asset : scenario.assets) {
        MarginalModel const model = asset.model.value_or(scenario.market.model);
        bool const is_heston = model == MarginalModel::heston;
        bool const is_garch = model == MarginalModel::gjr_garch;
        if (is_heston && !asset.heston)
            problems.add(asset.at("heston"), "model = \"heston\" needs it",
                         std::string{heston_example});
        if (is_garch && !asset.garch)
            problems.add(asset.at("garch"), "model = \"gjr_garch\" needs it",
                         std::string{garch_example});
        if (!is_heston && asset.heston)
            problems.add(asset.at("heston"), "the asset's model has no stochastic variance",
                         "write model = \"heston\"");
        bool const is_filtered = model == MarginalModel::historical;
        if (is_filtered && asset.garch)
            check_coefficients(*asset.garch, problems);
        if (!is_garch && !is_filtered && asset.garch)
            problems.add(asset.at("garch"), "the asset's model is not GARCH",
                         "write model = \"gjr_garch\", or \"historical\" to filter returns");
        if (is_heston && asset.heston)
            check_heston(asset, scenario.run, problems);
        if (is_garch && asset.garch)
            check_garch(asset, scenario, problems);
    }
}

}  // namespace brink
