// SPDX-License-Identifier: Apache-2.0
#include "host/program/grid_builder.hpp"

#include "io/config/duration.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <utility>
#include <vector>

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
        case ContingencyOf::hedged_vega_days:
            return ContingencyBase::hedged_vega_days;
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

using Rows = std::vector<GridScenario<double>>;
using Spots = std::vector<GridSpot<double>>;

/// The scenarios of every spot. \param rows sorted
Spots spots_of(Rows const& rows)
{
    Spots spots;
    for (std::size_t s = 0; s < rows.size(); ++s) {
        double const weight = rows[s].weight;
        if (spots.empty() || spots.back().spot != rows[s].spot)
            spots.push_back(
                {rows[s].spot, weight, weight, static_cast<std::int32_t>(s), 0, 0u, 0u});
        GridSpot<double>& spot = spots.back();
        spot.most_weight = std::max(spot.most_weight, weight);
        spot.least_weight = std::min(spot.least_weight, weight);
        ++spot.count;
    }
    return spots;
}

/// Bits of the spots that have a move of volatility of at least `least`, or of at most `most`.
std::uint32_t spots_with(Spots const& spots, Rows const& rows, double least, double most)
{
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < spots.size(); ++j) {
        auto const first = static_cast<std::size_t>(spots[j].first);
        auto const last = first + static_cast<std::size_t>(spots[j].count) - 1;
        if (rows[last].volatility >= least && rows[first].volatility <= most)
            bits |= 1u << j;
    }
    return bits;
}

/// The lowest and the highest of some bits.
std::uint32_t ends_of(std::uint32_t bits)
{
    return std::bit_floor(bits) | (bits & (~bits + 1u));
}

/// Bits of the scenarios that may be the worst of one linear position: by weight x move, those
/// within 2^-12 of the largest in each direction, which is more than float makes of it; of equals
/// the first.
std::uint32_t linear_ends_of(Rows const& rows)
{
    double up = 0.0, down = 0.0;
    for (GridScenario<double> const& row : rows) {
        up = std::max(up, row.weight * (row.spot - 1.0));
        down = std::max(down, row.weight * (1.0 - row.spot));
    }
    std::uint32_t bits = 0;
    std::set<std::pair<double, double>> seen;
    for (std::size_t s = 0; s < rows.size(); ++s) {
        double const move = rows[s].weight * (rows[s].spot - 1.0);
        double const most = move < 0.0 ? down : up;
        bool const is_far = std::abs(move) >= most * (1.0 - 0x1p-12);
        if (is_far && seen.emplace(rows[s].spot, rows[s].weight).second)
            bits |= 1u << s;
    }
    return bits;
}

/// What a search starts from.
void add_spots(GridDraft& draft)
{
    constexpr double any = std::numeric_limits<double>::infinity();
    Rows const& rows = draft.scenarios;
    draft.spots = spots_of(rows);
    for (GridSpot<double>& spot : draft.spots) {
        auto const first = static_cast<std::size_t>(spot.first);
        auto const last = first + static_cast<std::size_t>(spot.count) - 1;
        spot.sold_as_there = spots_with(draft.spots, rows, rows[last].volatility, any);
        spot.bought_as_there = spots_with(draft.spots, rows, -any, rows[first].volatility);
    }
    auto const [calmest, wildest] =
        std::ranges::minmax(rows, {}, &GridScenario<double>::volatility);
    draft.grid.largest_spot = std::max(1.0, rows.back().spot);
    draft.grid.sold_ends = ends_of(spots_with(draft.spots, rows, wildest.volatility, any));
    draft.grid.bought_ends = ends_of(spots_with(draft.spots, rows, -any, calmest.volatility));
    draft.grid.linear_ends = linear_ends_of(rows);
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
    std::ranges::stable_sort(draft.scenarios, {}, [](GridScenario<double> const& row) {
        return std::pair{row.spot, row.volatility};
    });
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
    add_spots(draft);
    return draft;
}

}  // namespace brink
