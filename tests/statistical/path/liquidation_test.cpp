// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "tests/statistical/path/first_passage.hpp"
#include "tests/support/scenario_runner.hpp"
#include "tests/unit/models/path/drifting_account.hpp"

namespace brink {
namespace {

TEST(Liquidation, ProbabilityOfAOneAssetAccountIsTheFirstPassageProbability)
{
    test::DriftingAccount scenario{.volatility = 0.8, .horizon = "P10D", .step = "PT1H"};
    scenario.balance = 1500;
    scenario.call_health = 1;
    constexpr std::int64_t paths = 200'000;
    double const sigma = 0.8, horizon = 10.0 / 365, dt = 1.0 / (365 * 24);
    // Health 1: 1500 + 10 (S - 1000) = 0.01 x 10 S.
    double const liquidation_price = 8500 / 9.9;
    // Monitoring every dt moves the barrier out by 0.5826 sigma sqrt(dt): Broadie, Glasserman and
    // Kou, "A continuity correction for discrete barrier options" (1997). What that leaves is of
    // smaller order than sqrt(dt): their tables show below 0.5 % of the probability at this m.
    double const barrier = std::log(liquidation_price / 1000) - 0.5826 * sigma * std::sqrt(dt);
    double const expected = test::first_passage(barrier, -sigma * sigma / 2, sigma, horizon);

    auto const outcomes = test::ScenarioRunner<float>{scenario.text()}.run(paths, 2);

    double const estimate = outcomes.mean(Column::liquidated);
    double const se = std::sqrt(expected * (1 - expected) / paths);
    EXPECT_NEAR(estimate, expected, 4 * se + 0.005 * expected);
    // Without the correction the formula is refuted.
    double const continuous =
        test::first_passage(std::log(liquidation_price / 1000), -sigma * sigma / 2, sigma, horizon);
    EXPECT_GT(continuous - estimate, 4 * se);
}

TEST(Liquidation, MoreCollateralNeverLiquidatesAPathThatLessDoesNot)
{
    test::DriftingAccount scenario{.volatility = 0.8, .horizon = "P5D", .step = "PT1H"};
    constexpr std::int64_t paths = 4096;
    scenario.balance = 800;
    auto const lean = test::ScenarioRunner<float>{scenario.text()}.run(paths);
    scenario.balance = 1000;
    auto const rich = test::ScenarioRunner<float>{scenario.text()}.run(paths);

    EXPECT_GT(lean.mean(Column::liquidated), rich.mean(Column::liquidated));
    for (std::int64_t i = 0; i < paths; ++i)
        EXPECT_LE(rich.at(Column::liquidated, i), lean.at(Column::liquidated, i)) << i;
}

TEST(Liquidation, PostsWithoutCostChangeTheLossOnlyOfPathsThatTheySaveOrLose)
{
    test::DriftingAccount scenario{.volatility = 0.8, .horizon = "P5D", .step = "PT1H"};
    scenario.call_health = 4;
    scenario.reserve = 500;
    constexpr std::int64_t paths = 4096;
    auto const silent = test::ScenarioRunner<double>{scenario.text()}.run(paths);
    scenario.response =
        "[[owner.response]]\naction = \"post\"\nasset = \"USDT\"\n"
        "delay = \"PT2H\"\ntarget_health = 6\n";
    auto const posting = test::ScenarioRunner<double>{scenario.text()}.run(paths);

    int posted = 0;
    for (std::int64_t i = 0; i < paths; ++i) {
        if (silent.at(Column::liquidated, i) != 0 || posting.at(Column::liquidated, i) != 0)
            continue;
        posted += posting.at(Column::topup_count, i) > 0;
        EXPECT_NEAR(posting.at(Column::loss, i), silent.at(Column::loss, i), 1e-8) << i;
    }
    EXPECT_GT(posted, 100);
}

}  // namespace
}  // namespace brink
