// SPDX-License-Identifier: Apache-2.0
#include "host/program/regime_builder.hpp"
#include "tests/unit/host/program/built_scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace brink::test {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

RegimeConfig regime(std::string name, Seconds mean_duration, Amounts next)
{
    RegimeConfig config;
    config.name = std::move(name);
    config.mean_duration = mean_duration;
    config.next = std::move(next);
    return config;
}

TEST(StationaryLaw, OfTwoRegimesIsTheirShareOfACycle)
{
    EXPECT_THAT(stationary_law({regime("calm", 30, {}), regime("crash", 10, {})}),
                ElementsAre(DoubleEq(0.75), DoubleEq(0.25)));
}

/// Visits 0.7 : 1 : 0.44 of the embedded chain, times durations.
TEST(StationaryLaw, WeighsVisitsByDurations)
{
    auto const law = stationary_law({regime("calm", 6, {{"stressed", 0.8}, {"crash", 0.2}}),
                                     regime("stressed", 3, {{"calm", 0.7}, {"crash", 0.3}}),
                                     regime("crash", 1, {{"stressed", 1.0}})});

    double const total = 4.2 + 3 + 0.44;
    ASSERT_EQ(law.size(), 3u);
    EXPECT_NEAR(law[0], 4.2 / total, 1e-14);
    EXPECT_NEAR(law[1], 3 / total, 1e-14);
    EXPECT_NEAR(law[2], 0.44 / total, 1e-14);
}

/// A regime that nothing leads back to has none of a long time.
TEST(StationaryLaw, LeavesOutWhatIsLeftForGood)
{
    auto const law = stationary_law({regime("first", 100, {{"a", 1.0}}),
                                     regime("a", 1, {{"b", 1.0}}), regime("b", 3, {{"a", 1.0}})});

    ASSERT_EQ(law.size(), 3u);
    EXPECT_NEAR(law[0], 0, 1e-14);
    EXPECT_NEAR(law[2], 0.75, 1e-14);
}

TEST(StationaryLaw, IsNoneWhereTwoClassesStayApart)
{
    EXPECT_THAT(stationary_law({regime("a", 1, {{"b", 1.0}}), regime("b", 1, {{"a", 1.0}}),
                                regime("c", 1, {{"d", 1.0}}), regime("d", 1, {{"c", 1.0}})}),
                IsEmpty());
}

std::string const account = R"(
[[account]]
name = "a"
venue = "exchange"
balances = { USDT = 100 }
)";

std::string const switching = R"(
[[market.regimes]]
name = "calm"
mean_duration = "P4D"
jump_rate = 0.5
[[market.regimes]]
name = "crash"
start = 1
mean_duration = "P1D"
volatility = 2
depth = 0.25
funding = -3
)" + market_and_venue + account;

TEST(RegimeTerms, AreInStepsOfTheRun)
{
    BuiltScenario<> const scenario{switching};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const regimes = program.tables[program.regimes];

    ASSERT_EQ(regimes.size(), 2);
    EXPECT_EQ(scenario.built->market.num_regimes, 2);
    EXPECT_EQ(scenario.built->market.is_varying, 1u);
    EXPECT_EQ(scenario.built->market.is_bounded, 0u);
    EXPECT_EQ(regimes[0].mean_steps, 12);
    EXPECT_EQ(regimes[1].mean_steps, 3);
    EXPECT_EQ(regimes[0].start_up_to, 0);
    EXPECT_EQ(regimes[1].start_up_to, 1);
    EXPECT_EQ(regimes[0].next_up_to[0], 0);
    EXPECT_EQ(regimes[0].next_up_to[1], 1);
    EXPECT_EQ(regimes[1].next_up_to[0], 1);
    double const step = 0.5 * std::sqrt(8.0 / (365 * 24)) / std::numbers::ln2;
    EXPECT_NEAR(regimes[0].loading[0], step, 1e-15);
    EXPECT_NEAR(regimes[1].loading[0], 2 * step, 1e-15);
    EXPECT_NEAR(regimes[1].half_variance[0], std::numbers::ln2 / 2 * 4 * step * step, 1e-15);
    EXPECT_EQ(regimes[1].volatility[0], 2);
    EXPECT_EQ(regimes[1].volatility[1], 1);  // a fixed price
    EXPECT_EQ(regimes[0].jump_share, 0.5);
    EXPECT_EQ(regimes[1].jump_share, 2);  // all
    EXPECT_EQ(regimes[1].depth, 0.25);
    EXPECT_EQ(regimes[1].funding, -3);
}

TEST(RegimeTerms, HaveScopesOfTheirOwn)
{
    BuiltScenario<> const scenario{switching};
    ASSERT_TRUE(scenario.built) << scenario.said();

    auto const& scopes = scenario.built->names.scopes;
    EXPECT_EQ(scopes[scopes.size() - 2], "regime:calm");
    EXPECT_EQ(scopes.back(), "regime:crash");
    EXPECT_EQ(scenario.program().num_scopes, scenario.program().first_regime_scope + 2);
}

TEST(RegimeTerms, NeedASemidefiniteMatrix)
{
    BuiltScenario<> const scenario{R"(
[[market.regimes]]
name = "calm"
mean_duration = "P4D"
[[market.regimes]]
name = "crash"
mean_duration = "P4D"
[market.regimes.correlation]
assets = ["BTC", "A", "B"]
matrix = [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]
[[asset]]
name = "A"
price = 1
volatility = 0.5
[[asset]]
name = "B"
price = 1
volatility = 0.5
)" + market_and_venue + account};

    EXPECT_FALSE(scenario.built);
    EXPECT_THAT(scenario.said(), HasSubstr("market.regimes[1].correlation.matrix: is not positive "
                                           "semidefinite"));
    EXPECT_THAT(scenario.said(), HasSubstr("eigenvalues: -0.8, 1.9, 1.9"));
}

}  // namespace
}  // namespace brink::test
