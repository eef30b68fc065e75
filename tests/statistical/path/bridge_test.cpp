// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "tests/statistical/path/first_passage.hpp"
#include "tests/support/scenario_runner.hpp"
#include "tests/unit/models/path/drifting_account.hpp"

namespace brink {
namespace {

constexpr double volatility = 0.8;
constexpr double days = 10;

/// Health 1: 1500 + 10 (S - 1000) = 0.01 x 10 S.
constexpr double liquidation_price = 8500 / 9.9;

test::DriftingAccount lean_account(std::string const& step, bool bridge)
{
    test::DriftingAccount scenario{.volatility = volatility, .horizon = "P10D", .step = step};
    scenario.balance = 1500;
    scenario.call_health = 1;
    scenario.run = bridge ? "bridge = true\n" : "";
    return scenario;
}

double continuous_probability()
{
    return test::first_passage(std::log(liquidation_price / 1000), -volatility * volatility / 2,
                               volatility, days / 365);
}

class BridgeStep : public testing::TestWithParam<std::string> {};

/// Exact for one asset of normal log returns, whatever the step.
TEST_P(BridgeStep, GivesTheContinuousFirstPassageProbability)
{
    constexpr std::int64_t paths = 200'000;
    double const expected = continuous_probability();
    double const se = std::sqrt(expected * (1 - expected) / paths);

    auto const with =
        test::ScenarioRunner<float>{lean_account(GetParam(), true).text()}.run(paths, 2);
    auto const without =
        test::ScenarioRunner<float>{lean_account(GetParam(), false).text()}.run(paths, 2);

    EXPECT_NEAR(with.mean(Column::liquidated), expected, 3 * se);
    EXPECT_LT(without.mean(Column::liquidated), expected - 10 * se);
}

INSTANTIATE_TEST_SUITE_P(Steps, BridgeStep, testing::Values("PT1H", "PT8H", "P1D"));

/// Nothing is gained or lost beyond the level: 0.01 x 10 S is left at the barrier S.
TEST(Bridge, LiquidatesAtThePriceOfTheBreach)
{
    constexpr std::int64_t paths = 20'000;
    auto const with = test::ScenarioRunner<double>{[] {
                          test::DriftingAccount scenario = lean_account("PT8H", true);
                          scenario.precision = "double";
                          return scenario.text();
                      }()}
                          .run(paths, 2);
    auto const without = test::ScenarioRunner<double>{[] {
                             test::DriftingAccount scenario = lean_account("PT8H", false);
                             scenario.precision = "double";
                             return scenario.text();
                         }()}
                             .run(paths, 2);

    std::int64_t between = 0;
    for (std::int64_t i = 0; i < paths; ++i) {
        EXPECT_GE(with.at(Column::liquidated, i), without.at(Column::liquidated, i)) << i;
        if (with.at(Column::liquidated, i) == 0.0 || without.at(Column::liquidated, i) != 0.0)
            continue;
        ++between;
        EXPECT_NEAR(with.at(Column::loss, i), 1500 - 0.1 * liquidation_price, 1e-6) << i;
        EXPECT_NEAR(with.at(Column::min_health, i), 1.0, 1e-9) << i;
    }
    EXPECT_GT(between, 200);
}

/// Where nothing moves at random there is nothing to find between the steps.
TEST(Bridge, ChangesNothingWithoutVolatility)
{
    test::DriftingAccount scenario{.drift_per_day = -0.03, .volatility = 0, .step = "PT8H"};
    auto const without = test::ScenarioRunner<float>{scenario.text()}.run(64);
    scenario.run = "bridge = true\n";
    auto const with = test::ScenarioRunner<float>{scenario.text()}.run(64);

    EXPECT_EQ(with.columns, without.columns);
    EXPECT_EQ(with.mean(Column::called), 1.0);
}

}  // namespace
}  // namespace brink
