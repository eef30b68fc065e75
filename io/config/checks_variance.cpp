// SPDX-License-Identifier: Apache-2.0
// Stochastic volatility of one asset.
#include "io/config/duration.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

namespace brink {
namespace {

constexpr std::string_view heston_example =
    "write heston = { mean_reversion = 4, vol_of_vol = 1.5, spot_vol_correlation = -0.4 }";
constexpr double longest_reversion = 0.25;  ///< of a step, in units of 1 / mean_reversion

void check_heston(AssetConfig const& asset, RunConfig const& run, Problems& problems)
{
    HestonConfig const& heston = *asset.heston;
    if (asset.has("volatility") && !(asset.volatility > 0))
        problems.add(asset.at("volatility"),
                     "must be > 0 where the variance is stochastic: it starts from it",
                     "write the volatility of today, such as volatility = 0.6");
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

}  // namespace

void check_variances(Scenario const& scenario, Problems& problems)
{
    for (AssetConfig const& asset : scenario.assets) {
        bool const is_heston =
            asset.model.value_or(scenario.market.model) == MarginalModel::heston;
        if (is_heston && !asset.heston)
            problems.add(asset.at("heston"), "model = \"heston\" needs it",
                         std::string{heston_example});
        else if (!is_heston && asset.heston)
            problems.add(asset.at("heston"), "the asset's model has no stochastic variance",
                         "write model = \"heston\"");
        else if (is_heston)
            check_heston(asset, scenario.run, problems);
    }
}

}  // namespace brink
