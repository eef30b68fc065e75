// SPDX-License-Identifier: Apache-2.0
// Scenario grids of portfolio margin.
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

namespace brink {
namespace {

constexpr std::size_t max_scenarios = 32;

void check_scenarios(GridConfig const& grid, Problems& problems)
{
    std::size_t count = 0;
    for (GridScenarioConfig const& row : grid.scenarios) {
        for (auto const& [key, moves] :
             {std::pair{"spot", &row.spot}, std::pair{"volatility", &row.volatility}})
            if (moves->empty())
                problems.add(row.at(key), "needs at least one move", "write [0.0] for none");
        count += row.spot.size() * row.volatility.size();
    }
    if (count == 0)
        problems.add(grid.at("scenarios"), "a grid needs at least one scenario",
                     "write [[venue.grid.scenarios]] with spot = [-0.16, 0.0, 0.16]");
    if (count > max_scenarios)
        problems.add(grid.at("scenarios"),
                     fmt::format("{} combinations of moves; {} is the most", count, max_scenarios),
                     "leave out moves between two others");
}

void check_contingency(ContingencyConfig const& row, Problems& problems)
{
    for (std::size_t i = 0; i < row.tiers.size(); ++i) {
        ScalingTierConfig const& tier = row.tiers[i];
        if (i == 0 && tier.floor != 0)
            problems.add(tier.at("floor"), "the first tier must begin at 0");
        if (i > 0 && !(tier.floor > row.tiers[i - 1].floor))
            problems.add(tier.at("floor"), fmt::format("tiers must ascend: {} after {}", tier.floor,
                                                       row.tiers[i - 1].floor));
        if (i > 0 && tier.multiplier < row.tiers[i - 1].multiplier)
            problems.add(tier.at("multiplier"),
                         fmt::format("multipliers must not fall: {} after {}", tier.multiplier,
                                     row.tiers[i - 1].multiplier));
    }
}

void check_grid(GridConfig const& grid, Problems& problems)
{
    check_scenarios(grid, problems);
    for (ContingencyConfig const& row : grid.contingencies)
        check_contingency(row, problems);
    if (grid.maintenance_factor > grid.initial_factor)
        problems.add(grid.at("maintenance_factor"),
                     fmt::format("{} is above initial_factor {}", grid.maintenance_factor,
                                 grid.initial_factor));
}

bool has_position_slices(LiquidationConfig const& rule)
{
    return rule.reduction == Reduction::tier_by_tier || rule.fee_of == FeeOf::surplus
           || rule.fillable_adjustment > 0;
}

void check_use(VenueConfig const& venue, Problems& problems)
{
    bool const uses = venue.requirement != Requirement::schedules;
    if (uses && !venue.grid && !venue.has("grid"))
        problems.add(venue.at("grid"), "requirement = \"grid\" or \"larger\" needs a grid",
                     "write [venue.grid] with its scenarios");
    if (!uses && venue.grid)
        problems.add(venue.at("grid"), "requirement = \"schedules\" does not use it",
                     "write requirement = \"grid\", or remove the grid");
    if (uses && is_lending(venue))
        problems.add(venue.at("requirement"), "a lending venue has no positions to revalue",
                     "write requirement = \"schedules\"");
    if (uses && has_position_slices(venue.liquidation))
        problems.add(venue.liquidation.at("reduction"),
                     "tier_by_tier, fee_of = \"surplus\" and fillable orders look at the margin of "
                     "one position; under a grid none has its own",
                     "write reduction = \"full\", \"target_health\" or \"slices\"");
}

}  // namespace

void check_grids(Scenario const& scenario, Problems& problems)
{
    for (VenueConfig const& venue : scenario.venues) {
        check_use(venue, problems);
        if (venue.grid)
            check_grid(*venue.grid, problems);
    }
}

}  // namespace brink
