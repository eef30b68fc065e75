// SPDX-License-Identifier: Apache-2.0
// Assets that follow another one.
#include "io/config/duration.hpp"
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <cmath>

namespace brink {
namespace {

constexpr std::string_view peg_example =
    "write peg = { reference = \"ETH\", exchange_rate = 1.2, half_life = \"P2D\" }";
constexpr double longest_peg_step = 0.25;  ///< in half-lives
constexpr double widest_start = 0.05;      ///< of a price from its par

MarginalModel model_of_asset(AssetConfig const& asset, Scenario const& scenario)
{
    return asset.model.value_or(scenario.market.model);
}

/// Price of the reference, where it is known.
std::optional<double> check_reference(AssetConfig const& asset, Scenario const& scenario,
                                      References const& assets, Problems& problems)
{
    PegConfig const& peg = *asset.peg;
    if (peg.reference.empty() || peg.reference == scenario.run.numeraire)
        return 1.0;
    Where const where = peg.at("reference");
    if (peg.reference == asset.name) {
        problems.add(where, fmt::format("{} cannot follow itself", asset.name),
                     "name another asset, or leave it out for the numeraire");
        return std::nullopt;
    }
    if (!assets.require(peg.reference, where, problems))
        return std::nullopt;
    AssetConfig const& reference = scenario.assets[assets.index_of(peg.reference)];
    if (model_of_asset(reference, scenario) == MarginalModel::peg) {
        problems.add(where, fmt::format("{} is a peg itself", peg.reference),
                     reference.peg && !reference.peg->reference.empty()
                         ? fmt::format("write reference = \"{}\" and the exchange rate to it",
                                       reference.peg->reference)
                         : "leave it out to follow the numeraire");
        return std::nullopt;
    }
    return reference.price;
}

/// How far the price is from where the peg says, which may be a mistake in either.
void warn_of_start(AssetConfig const& asset, std::optional<double> reference, Problems& problems)
{
    if (!reference || !asset.price || !(asset.peg->exchange_rate > 0) || !(*reference > 0))
        return;
    double const par = *reference * asset.peg->exchange_rate;
    if (std::abs(*asset.price / par - 1) > widest_start)
        problems.warn(
            asset.peg->at("exchange_rate"),
            fmt::format("the price of {}, {:.6g}, is {:+.1f} % from its par of {:.6g}, to "
                        "which it returns",
                        asset.name, *asset.price, 100 * (*asset.price / par - 1), par),
            "check the exchange rate and the prices");
}

void warn_of_step(Where const& where, Seconds half_life, Seconds step, Problems& problems)
{
    if (half_life > 0 && step > longest_peg_step * half_life)
        problems.warn(
            where,
            fmt::format("a step of \"{}\" is {:.2g} half-lives: what happens within it is "
                        "not seen",
                        format_duration(step), step / half_life),
            "shorten run.step");
}

void check_depegs(PegConfig const& peg, RunConfig const& run, Problems& problems)
{
    if (!(peg.depeg_rate > 0)) {
        for (char const* key : {"depeg_size", "depeg_half_life"})
            if (peg.has(key) && !peg.has("depeg_rate"))  // 0 switches depegs off
                problems.add(peg.at(key), "has no effect without depeg_rate",
                             "write depeg_rate = 0.5 (a year), or remove it");
        return;
    }
    if (!(peg.depeg_size > 0))
        problems.add(peg.at("depeg_size"), "the mean fall of a depeg must be > 0",
                     "write depeg_size = 0.08 (log fall)");
    if (!(peg.depeg_half_life > 0))
        problems.add(peg.at("depeg_half_life"), "required key is missing: a depeg recovers by it",
                     "write depeg_half_life = \"P3D\"");
    if (peg.depeg_rate * run.step > seconds_per_year)
        problems.add(peg.at("depeg_rate"),
                     fmt::format("{:g} a year is more than one in a step of \"{}\"", peg.depeg_rate,
                                 format_duration(run.step)),
                     "lower it, or shorten run.step");
    warn_of_step(peg.at("depeg_half_life"), peg.depeg_half_life, run.step, problems);
}

void check_peg(AssetConfig const& asset, Scenario const& scenario, References const& assets,
               Problems& problems)
{
    if (asset.drift != 0)
        problems.add(asset.at("drift"), "a peg has the drift of its reference",
                     "remove it; peg.accrual is the growth of the exchange rate");
    warn_of_start(asset, check_reference(asset, scenario, assets, problems), problems);
    warn_of_step(asset.peg->at("half_life"), asset.peg->half_life, scenario.run.step, problems);
    check_depegs(*asset.peg, scenario.run, problems);
    for (CommonJumpConfig const& jumps : scenario.market.common_jumps)
        for (auto const& [name, loading] : jumps.loadings)
            if (name == asset.name)
                problems.add(jumps.at("loadings." + name),
                             fmt::format("{} is a peg and jumps with its reference", name),
                             "leave it out; peg.depeg_rate gives it falls of its own");
}

}  // namespace

void check_pegs(Scenario const& scenario, Problems& problems)
{
    References const assets{"asset", scenario.assets};
    for (AssetConfig const& asset : scenario.assets) {
        bool const is_peg = model_of_asset(asset, scenario) == MarginalModel::peg;
        if (is_peg && !asset.peg)
            problems.add(asset.at("peg"), "model = \"peg\" needs it", std::string{peg_example});
        else if (!is_peg && asset.peg)
            problems.add(asset.at("peg"), "the asset's model is not a peg",
                         "write model = \"peg\"");
        else if (is_peg)
            check_peg(asset, scenario, assets, problems);
    }
}

}  // namespace brink
