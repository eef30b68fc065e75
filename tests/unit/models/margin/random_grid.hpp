// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <random>
#include <vector>

#include "host/program/grid_builder.hpp"
#include "models/margin/scenario_grid.hpp"
#include "tests/support/table_arena.hpp"

namespace brink::test {

/// A grid as the host builds it, in number type T.
template<class T>
struct BuiltGrid {
    TableArena arena;
    ScenarioGrid<T> grid{};

    explicit BuiltGrid(GridConfig const& config)
    {
        GridDraft const draft = make_grid(config);
        auto const to = [](double x) { return static_cast<T>(x); };
        std::vector<GridScenario<T>> scenarios;
        for (GridScenario<double> const& row : draft.scenarios)
            scenarios.push_back(
                {to(row.spot), to(row.log2_spot), to(row.volatility), to(row.weight)});
        std::vector<Contingency<T>> contingencies;
        for (ContingencyDraft const& row : draft.contingencies)
            contingencies.push_back(
                {row.terms.base, row.terms.is_floor, to(row.terms.rate), Slice<MarginTier<T>>{}});
        std::vector<GridSpot<T>> spots;
        for (GridSpot<double> const& row : draft.spots)
            spots.push_back({to(row.spot), to(row.most_weight), to(row.least_weight), row.first,
                             row.count, row.sold_as_there, row.bought_as_there});
        ScenarioGrid<double> const& from = draft.grid;
        grid = {arena.put(scenarios),     arena.put(contingencies),
                to(from.reference_years), to(from.least_years),
                to(from.short_power),     to(from.long_power),
                to(from.initial_factor),  to(from.maintenance_factor),
                arena.put(spots),         to(from.largest_spot),
                from.sold_ends,           from.bought_ends,
                from.linear_ends};
    }
    [[nodiscard]] Tables tables() const { return arena.tables(); }
    [[nodiscard]] Entries<GridSpot<T>> spots() const { return tables()[grid.spots]; }
    [[nodiscard]] Entries<GridScenario<T>> scenarios() const { return tables()[grid.scenarios]; }
};

/// Nine moves of spot with two of volatility, and far moves that count in part, many of which
/// weigh the same: Paradex portfolio margin.
inline GridConfig grid_of_26()
{
    GridConfig config;
    GridScenarioConfig near;
    near.spot = {-0.16, -0.12, -0.08, -0.04, 0.0, 0.04, 0.08, 0.12, 0.16};
    near.volatility = {-0.22, 0.4};
    config.scenarios.push_back(near);
    for (auto const& [spot, weight] : std::vector<std::pair<double, double>>{{-0.66, 0.24},
                                                                             {-0.33, 0.48},
                                                                             {0.5, 0.32},
                                                                             {1.0, 0.16},
                                                                             {2.0, 0.08},
                                                                             {3.0, 0.0533},
                                                                             {4.0, 0.04},
                                                                             {5.0, 0.032}}) {
        GridScenarioConfig far;
        far.spot = {spot};
        far.volatility = {0.4};
        far.weight = weight;
        config.scenarios.push_back(far);
    }
    config.short_power = 0.3;
    config.long_power = 0.13;
    return config;
}

using Draws = std::mt19937_64;

inline double draw(Draws& draws, double low, double high)
{
    return std::uniform_real_distribution<double>{low, high}(draws);
}
inline double draw_of(Draws& draws, std::vector<double> const& values)
{
    return values[draws() % values.size()];
}

/// Up to 32 scenarios, of one or more moves of volatility: none, small, below what is left of it.
inline GridConfig random_grid(Draws& draws)
{
    GridConfig config;
    std::size_t const rows = 1 + draws() % 3;
    for (std::size_t r = 0; r < rows; ++r) {
        GridScenarioConfig row;
        for (std::size_t i = 0, n = 1 + draws() % 5; i < n; ++i)
            row.spot.push_back(draw_of(draws, {0.0, draw(draws, -0.2, 0.2), draw(draws, -0.9, 5)}));
        if (draws() % 2 == 0)
            row.volatility = {draw_of(draws, {-0.9, -0.3, -1e-3}),
                              draw_of(draws, {0.0, 1e-3, 0.5, 2.0})};
        row.weight = draw_of(draws, {1.0, 0.3, 0.5});
        config.scenarios.push_back(row);
    }
    for (ContingencyOf const of :
         {ContingencyOf::net_delta, ContingencyOf::hedged_delta, ContingencyOf::short_options,
          ContingencyOf::futures, ContingencyOf::hedged_vega_days})
        if (draws() % 4 == 0) {
            ContingencyConfig row;
            row.of = of;
            row.rate = 0.02;
            row.use = draws() % 2 == 0 ? ContingencyUse::least : ContingencyUse::added;
            config.contingencies.push_back(row);
        }
    config.short_power = draw_of(draws, {0.0, 0.3});
    config.long_power = draw_of(draws, {0.0, 0.13});
    return config;
}

/// Positions on one base asset, and the contracts that they point to.
template<class T>
struct RandomUnit {
    std::vector<Contract<T>> contracts;
    std::vector<GridPosition<T>> positions;
};

/// Options sold, bought or both, with futures and perpetuals or without: deep in and out of the
/// money and at it, from expiry to two years, volatilities of 0.1 % to 400 %.
template<class T>
RandomUnit<T> random_unit(Draws& draws, std::size_t most)
{
    RandomUnit<T> unit;
    std::size_t const size = 1 + draws() % most;
    unit.contracts.reserve(size);
    double const spot = std::exp(draw(draws, -9, 14));
    double const quote = draw_of(draws, {1.0, 1.0, draw(draws, 0.9, 1.1), 1e-3});
    double const share_of_options = draw_of(draws, {0.0, 0.5, 0.8, 1.0});
    double const share_sold = draw_of(draws, {0.0, 0.5, 1.0});
    for (std::size_t i = 0; i < size; ++i) {
        bool const is_option = draw(draws, 0, 1) < share_of_options;
        double const sign = draw(draws, 0, 1) < share_sold ? -1 : 1;
        T const base = static_cast<T>(spot);
        T const held =
            static_cast<T>(sign * draw_of(draws, {0.0, 1.0, 1.0, 1.0, draw(draws, 0, 1e4)}));
        if (!is_option && draws() % 2 == 0) {
            unit.positions.push_back({held, base, base, nullptr, {T(0), T(0)}, T(0)});
            continue;
        }
        double const moneyness = std::exp(draw_of(
            draws, {0.0, draw(draws, -0.02, 0.02), draw(draws, -0.3, 0.3), draw(draws, -3, 3)}));
        ContractKind const kind = !is_option         ? ContractKind::forward
                                  : draws() % 2 == 0 ? ContractKind::call
                                                     : ContractKind::put;
        unit.contracts.push_back({0, 0, 1, -1, kind, static_cast<T>(spot / quote * moneyness),
                                  static_cast<T>(draw_of(draws, {0.0, 0.1, -0.05})), T(1), 0});
        ContractTerms<T> const terms{
            static_cast<T>(draw_of(draws, {1e-3, 4.0, draw(draws, 0.2, 1.5)})),
            static_cast<T>(
                draw_of(draws, {0.0, 1e-8, 1e-6, draw(draws, 0, 0.01), draw(draws, 0, 0.1), 2.0}))};
        Contract<T> const& contract = unit.contracts.back();
        T const money = static_cast<T>(quote);
        unit.positions.push_back({held, base, value_contract(contract, base, money, terms).value,
                                  &contract, terms, money});
    }
    return unit;
}

}  // namespace brink::test
