// SPDX-License-Identifier: Apache-2.0
#include "host/program/grid_builder.hpp"

#include "io/config/duration.hpp"

#include <cmath>

namespace brink {
namespace {

ContingencyBase contingency_base(ContingencyOf of)
{
    switch (of) {
        case ContingencyOf::net_delta:
            break;
        case ContingencyOf::hedged_delta:
            return ContingencyBase::hedged_delta;
        case ContingencyOf::short_options:
            return ContingencyBase::short_options;
        case ContingencyOf::futures:
            return ContingencyBase::futures;
    }
    return ContingencyBase::net_delta;
}

/// Marginal multipliers over a raw charge, as brackets.
std::vector<MarginTier<double>> make_scaling(std::vector<ScalingTierConfig> const& tiers)
{
    std::vector<MarginTier<double>> brackets;
    double amount = 0.0;
    for (ScalingTierConfig const& tier : tiers) {
        if (!brackets.empty())
            amount += tier.floor * (tier.multiplier - brackets.back().rate);
        brackets.push_back({tier.floor, tier.multiplier, amount, 0.0});
    }
    return brackets;
}

}  // namespace

GridDraft make_grid(GridConfig const& config)
{
    GridDraft draft;
    for (GridScenarioConfig const& row : config.scenarios)
        for (double const spot : row.spot)
            for (double const volatility : row.volatility)
                draft.scenarios.push_back(
                    {1.0 + spot, std::log2(1.0 + spot), volatility, row.weight});
    for (ContingencyConfig const& row : config.contingencies)
        draft.contingencies.push_back(
            {{contingency_base(row.of), row.use == ContingencyUse::least ? 1 : 0, row.rate, {}},
             make_scaling(row.tiers)});
    draft.grid = {{},
                  {},
                  config.volatility_time / seconds_per_year,
                  config.least_time / seconds_per_year,
                  config.short_power,
                  config.long_power,
                  config.initial_factor,
                  config.maintenance_factor};
    return draft;
}

}  // namespace brink
