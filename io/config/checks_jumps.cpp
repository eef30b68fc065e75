// SPDX-License-Identifier: Apache-2.0
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

namespace brink {
namespace {

constexpr std::string_view normal_example = "write mean = -0.03, sd = 0.05 (log returns)";
constexpr std::string_view exponential_example =
    "write up_probability = 0.4, up_mean = 0.03, down_mean = 0.04 (log returns)";

struct KeyValue {
    char const* key;
    double value;
};

/// Keys of the other law would be read and forgotten; canonical text writes them as 0.
void refuse_keys(JumpConfig const& jumps, std::initializer_list<KeyValue> keys,
                 std::string_view law, std::string_view example, Problems& problems)
{
    for (auto const& [key, value] : keys)
        if (value != 0)
            problems.add(jumps.at(key), fmt::format("has no meaning where sizes are {}", law),
                         std::string{example});
}

void check_size(JumpConfig const& jumps, JumpSize size, Problems& problems)
{
    if (size == JumpSize::normal) {
        refuse_keys(jumps,
                    {{"up_probability", jumps.up_probability},
                     {"up_mean", jumps.up_mean},
                     {"down_mean", jumps.down_mean}},
                    "normal", normal_example, problems);
        if (jumps.mean == 0 && jumps.sd == 0)
            problems.add(jumps.at("sd"), "jumps of size 0 change nothing",
                         std::string{normal_example});
        return;
    }
    refuse_keys(jumps, {{"mean", jumps.mean}, {"sd", jumps.sd}}, "double exponential",
                exponential_example, problems);
    bool const goes_up = jumps.up_probability > 0;
    bool const goes_down = jumps.up_probability < 1;
    if (goes_up && !(jumps.up_mean > 0))
        problems.add(jumps.at("up_mean"), "the mean size of a jump upwards must be > 0",
                     std::string{exponential_example});
    if (goes_down && !(jumps.down_mean > 0))
        problems.add(jumps.at("down_mean"), "the mean size of a jump downwards must be > 0",
                     std::string{exponential_example});
}

void check_common(CommonJumpConfig const& jumps, Scenario const& scenario, References const& assets,
                  Problems& problems)
{
    check_size(jumps, jumps.size, problems);
    if (jumps.loadings.empty())
        problems.add(jumps.at("loadings"), "no asset takes part",
                     "write loadings = { BTC = 1, ETH = 1.2 }");
    for (auto const& [name, loading] : jumps.loadings) {
        Where const where = jumps.at("loadings." + name);
        if (!assets.require(name, where, problems))
            continue;
        AssetConfig const& asset = scenario.assets[assets.index_of(name)];
        if (asset.model.value_or(scenario.market.model) == MarginalModel::fixed)
            problems.add(where, fmt::format("the price of {} is fixed and cannot jump", name),
                         "leave it out, or choose another model");
    }
}

void check_own(AssetConfig const& asset, MarginalModel model, Problems& problems)
{
    bool const jumps = model == MarginalModel::merton || model == MarginalModel::kou;
    if (jumps && !asset.jumps)
        problems.add(asset.at("jumps"),
                     fmt::format("model = \"{}\" needs them",
                                 model == MarginalModel::merton ? "merton" : "kou"),
                     model == MarginalModel::merton
                         ? "write jumps = { rate = 10, mean = -0.03, sd = 0.05 }"
                         : "write jumps = { rate = 20, up_probability = 0.4, up_mean = 0.03, "
                           "down_mean = 0.04 }");
    else if (!jumps && asset.jumps)
        problems.add(asset.at("jumps"), "the asset's model has no jumps",
                     "write model = \"merton\" (normal sizes) or \"kou\" (double exponential)");
    else if (jumps)
        check_size(*asset.jumps,
                   model == MarginalModel::merton ? JumpSize::normal : JumpSize::double_exponential,
                   problems);
}

}  // namespace

void check_jumps(Scenario const& scenario, Problems& problems)
{
    for (AssetConfig const& asset : scenario.assets)
        check_own(asset, asset.model.value_or(scenario.market.model), problems);
    References const assets{"asset", scenario.assets};
    for (CommonJumpConfig const& jumps : scenario.market.common_jumps)
        check_common(jumps, scenario, assets, problems);
}

}  // namespace brink
