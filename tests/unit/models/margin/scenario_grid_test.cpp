// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "models/margin/scenario_grid.hpp"
#include "tests/support/table_arena.hpp"

namespace brink {
namespace {

constexpr double spot = 100;
constexpr double one_day = 1.0 / 365;

/// Black-76 by the C library.
double option_value(double forward, double strike, double deviation, bool is_call)
{
    auto const cdf = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
    double const d = std::log(forward / strike) / deviation + deviation / 2;
    return is_call ? forward * cdf(d) - strike * cdf(d - deviation)
                   : strike * cdf(deviation - d) - forward * cdf(-d);
}

struct Grid {
    test::TableArena arena;
    ScenarioGrid<double> grid{};

    explicit Grid(std::vector<GridScenario<double>> const& scenarios,
                  std::vector<Contingency<double>> const& contingencies = {})
    {
        grid.scenarios = arena.put(scenarios);
        grid.contingencies = arena.put(contingencies);
        grid.reference_years = 30 * one_day;
        grid.least_years = one_day;
        grid.short_power = 0.3;
        grid.long_power = 0.13;
        grid.initial_factor = grid.maintenance_factor = 1;
    }
    [[nodiscard]] GridUnit<double> unit() const { return {arena.tables(), grid}; }
};

GridScenario<double> scenario(double move, double volatility = 0, double weight = 1)
{
    return {1 + move, std::log2(1 + move), volatility, weight};
}

GridPosition<double> perpetual(double size)
{
    return {size, spot, spot, nullptr, {0, 0}, 0};
}

GridPosition<double> option(Contract<double> const& contract, double size, double years)
{
    double const price = value_contract(contract, spot, 1.0, {contract.volatility, years}).value;
    return {size, spot, price, &contract, {contract.volatility, years}, 1.0};
}

Contract<double> const a_call{2, 0, 1, -1, ContractKind::call, 110, 0, 0.8, 0};
Contract<double> const a_put{3, 0, 1, -1, ContractKind::put, 90, 0, 0.9, 0};

TEST(ScenarioGrid, TakesTheWorstWeightedLossOfTheWholeUnit)
{
    Grid const grid{{scenario(-0.1), scenario(0.1), scenario(-0.5, 0, 0.32)}};
    auto one_way = grid.unit();
    one_way.add(perpetual(2));
    auto hedged = grid.unit();
    hedged.add(perpetual(2));
    hedged.add(perpetual(-2));

    EXPECT_DOUBLE_EQ(one_way.worst_loss(), 0.32 * 100);
    EXPECT_NEAR(hedged.worst_loss(), 0, 1e-13);
    EXPECT_EQ(grid.unit().worst_loss(), 0);
}

TEST(ScenarioGrid, RevaluesOptionsAtTheMovedSpotAndVolatility)
{
    for (double const days : {7.0, 30.0, 200.0}) {
        Grid const grid{{scenario(0.16, 0.4), scenario(-0.16, -0.22), scenario(-0.12, 0.4)}};
        auto unit = grid.unit();
        unit.add(option(a_call, -3, days * one_day));
        unit.add(option(a_put, 2, days * one_day));
        unit.add(perpetual(0.5));
        double const reach = std::pow(30 / days, days < 30 ? 0.3 : 0.13);
        double const root = std::sqrt(days * one_day);

        std::int32_t s = 0;
        for (auto const& [move, vol] : {std::pair{0.16, 0.4}, {-0.16, -0.22}, {-0.12, 0.4}}) {
            auto const change = [&](Contract<double> const& c, bool is_call) {
                double const moved = c.volatility * (1 + vol * reach) * root;
                return option_value(spot * (1 + move), c.strike, moved, is_call)
                       - option_value(spot, c.strike, c.volatility * root, is_call);
            };
            double const expected =
                -3 * change(a_call, true) + 2 * change(a_put, false) + 0.5 * spot * move;
            EXPECT_NEAR(unit.profit(s++), expected, 1e-11) << days << ' ' << move;
        }
    }
}

/// Less than a one_day left counts as a one_day in the scaling, and volatilities never fall below
/// 0.
TEST(ScenarioGrid, LimitsTheScalingOfVolatilities)
{
    Grid const grid{{scenario(0, 0.4), scenario(0, -0.9)}};
    auto unit = grid.unit();
    unit.add(option(a_call, 1, 0.25 * one_day));
    double const root = std::sqrt(0.25 * one_day);
    double const moved = 0.8 * (1 + 0.4 * std::pow(30.0, 0.3)) * root;

    EXPECT_NEAR(unit.profit(0),
                option_value(spot, 110, moved, true) - option_value(spot, 110, 0.8 * root, true),
                1e-12);
    EXPECT_NEAR(unit.profit(1), -option_value(spot, 110, 0.8 * root, true), 1e-12);
}

TEST(ScenarioGrid, ContingenciesAreAddedOrALeast)
{
    using enum ContingencyBase;
    std::vector<Contingency<double>> const rows{{net_delta, 1, 0.02, {}},
                                                {hedged_delta, 1, 0.01, {}},
                                                {short_options, 0, 0.005, {}},
                                                {futures, 0, 0.001, {}}};
    Grid const grid{{scenario(0.0)}, rows};
    auto perps = grid.unit();
    perps.add(perpetual(5));
    perps.add(perpetual(-3));
    auto sold = grid.unit();
    sold.add(option(a_call, -4, 30 * one_day));
    sold.add(option(a_put, 4, 30 * one_day));

    // |5 - 3| 2 % and min(5, 3) 1 % against (5 + 3) 0.1 %, all x 100
    EXPECT_DOUBLE_EQ(perps.requirement(grid.arena.tables()), 4 + 3);
    EXPECT_DOUBLE_EQ(sold.charge(grid.arena.tables(), rows[2]), 2);
    EXPECT_EQ(sold.charge(grid.arena.tables(), rows[1]), 0);
    double const delta =
        4 * black76(OptionRight::call, 100.0, 110.0, 0.8 * std::sqrt(30 * one_day)).delta
        - 4 * black76(OptionRight::put, 100.0, 90.0, 0.9 * std::sqrt(30 * one_day)).delta;
    EXPECT_NEAR(sold.charge(grid.arena.tables(), rows[0]), 2 * delta, 1e-12);
}

/// Vega held at 30 days against vega sold at 60 and 90: the smaller side, times the days between.
TEST(ScenarioGrid, ChargesVegaThatIsHedgedAtAnotherExpiry)
{
    std::vector<Contingency<double>> const rows{{ContingencyBase::hedged_vega_days, 0, 0.0003, {}}};
    Grid const grid{{scenario(0.0)}, rows};
    auto const vega = [](double days) {
        return black76_vega(100.0, 110.0, 0.8, std::sqrt(days * one_day));
    };
    auto spread = grid.unit();
    spread.add(option(a_call, 5, 30 * one_day));
    spread.add(option(a_call, -1, 60 * one_day));
    spread.add(option(a_call, -1, 90 * one_day));
    auto held = grid.unit();
    held.add(option(a_call, 5, 30 * one_day));
    auto hedged = grid.unit();
    hedged.add(option(a_call, 5, 30 * one_day));
    hedged.add(option(a_call, -2, 30 * one_day));

    double const sold = vega(60) + vega(90);
    ASSERT_LT(sold, 5 * vega(30));
    double const apart = (60 * vega(60) + 90 * vega(90)) / sold - 30;
    EXPECT_NEAR(spread.requirement(grid.arena.tables()), 0.0003 * sold * apart, 1e-12);
    EXPECT_EQ(held.requirement(grid.arena.tables()), 0);
    EXPECT_NEAR(hedged.requirement(grid.arena.tables()), 0, 1e-15);
}

/// OKX 4417291853837: 30,000 raw under multipliers 1 to 10,000 and 2 above.
TEST(ScenarioGrid, ScalesAChargeByMarginalSlabs)
{
    test::TableArena arena;
    Slice<MarginTier<double>> const slabs = arena.put(std::vector<MarginTier<double>>{
        {0, 1, 0, 0}, {10'000, 2, 10'000, 0}, {70'000, 4, 150'000, 0}});
    auto const scaled = [&](double raw) {
        return GridCharges<double>::scaled_charge(arena.tables()[slabs], raw);
    };

    EXPECT_EQ(scaled(10'000), 10'000);
    EXPECT_EQ(scaled(30'000), 50'000);
    EXPECT_EQ(scaled(70'000), 130'000);
    EXPECT_EQ(scaled(80'000), 170'000);
}

}  // namespace
}  // namespace brink
