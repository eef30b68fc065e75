// SPDX-License-Identifier: Apache-2.0
// Dated shocks, from config to the log prices of a path.
#include "host/program/shock_builder.hpp"
#include "tests/unit/host/program/scenario_walk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace brink::test {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t num_steps = 12;

/// Two assets that move and one that does not, twelve steps of an hour.
std::string const shock_head = R"(
[run]
as_of = 2025-01-01T00:00:00Z
horizon = "PT12H"
step = "PT1H"
[market.correlation]
assets = ["BTC", "ETH"]
matrix = [[1, 0.5], [0.5, 1]]
[[asset]]
name = "BTC"
price = 100
volatility = 0.5
[[asset]]
name = "ETH"
price = 10
volatility = 0.5
[[asset]]
name = "USDT"
model = "fixed"
price = 1
[[venue]]
name = "v"
collateral = [{ asset = "USDT", tiers = [{ floor = 0, ratio = 1 }] }]
[[account]]
name = "a"
venue = "v"
balances = { USDT = 100 }
)";

std::string shock(std::string const& keys)
{
    return "[[market.shocks]]\n" + keys;
}

ScenarioWalk walk(std::string const& shocks)
{
    return ScenarioWalk{shock_head + shocks};
}

constexpr double rounding = 1e-13;

TEST(PriceShocks, HappenAtOnceAtTheFirstStepFromTheirTimeOn)
{
    ScenarioWalk const base = walk("");
    ScenarioWalk const shocked =
        walk(shock("begin = \"PT4H30M\"\nassets = [\"BTC\"]\nprice = -0.4\n"));

    for (std::size_t k = 0; k <= num_steps; ++k) {
        double const expected = k >= 5 ? std::log(0.6) : 0.0;
        EXPECT_NEAR(shocked.log_price[0][k] - base.log_price[0][k], expected, rounding) << k;
        EXPECT_EQ(shocked.log_price[1][k], base.log_price[1][k]) << k;
    }
}

TEST(PriceShocks, AtTheStartAreInTheOpeningPrices)
{
    ScenarioWalk const shocked = walk(shock("price = -0.25\n"));

    EXPECT_NEAR(shocked.log_price[0][0], std::log(75), rounding);
    EXPECT_NEAR(shocked.log_price[1][0], std::log(7.5), rounding);
    EXPECT_EQ(shocked.log_price[2][0], 0.0) << "all assets are those that move";
}

TEST(PriceShocks, ComeEvenlyInLogPriceOverTheirDuration)
{
    ScenarioWalk const base = walk("");
    ScenarioWalk const shocked =
        walk(shock("begin = \"PT2H\"\nduration = \"PT4H\"\nprice = -0.4\n"));

    for (std::size_t k = 0; k <= num_steps; ++k) {
        double const share = k <= 2 ? 0 : k >= 6 ? 1 : (static_cast<double>(k) - 2) / 4;
        EXPECT_NEAR(shocked.log_price[1][k] - base.log_price[1][k], share * std::log(0.6), rounding)
            << k;
    }
}

TEST(PriceShocks, AddUp)
{
    ScenarioWalk const base = walk("");
    ScenarioWalk const shocked =
        walk(shock("begin = \"PT2H\"\nprice = -0.4\n")
             + shock("begin = \"PT6H\"\nduration = \"PT2H\"\nprice = 0.5\n"));

    EXPECT_NEAR(shocked.log_price[0].back() - base.log_price[0].back(), std::log(0.6 * 1.5),
                rounding);
}

/// Whatever the model does on the way, the level is met when the shock ends, and not before.
TEST(PriceShocks, ReachALevel)
{
    ScenarioWalk const shocked =
        walk(shock("begin = \"PT2H\"\nduration = \"PT4H\"\nassets = [\"BTC\"]\nprice_to = 60\n"));

    EXPECT_NEAR(shocked.log_price[0][6], std::log(60), rounding);
    EXPECT_GT(shocked.log_price[0][4], std::log(65));
    EXPECT_NE(shocked.log_price[0][7], std::log(60));
}

TEST(PriceShocks, MoveAFixedPriceThatTheyName)
{
    ScenarioWalk const shocked =
        walk(shock("begin = \"PT3H\"\nassets = [\"USDT\"]\nprice = -0.1\n"));

    EXPECT_EQ(shocked.log_price[2][2], 0.0);
    EXPECT_NEAR(shocked.log_price[2][3], std::log(0.9), rounding);
    EXPECT_NEAR(shocked.log_price[2].back(), std::log(0.9), rounding);
}

/// x = m s z - m^2 s^2 / 2: the same z under a multiple m of s.
TEST(Conditions, MultiplyVolatilityWhileTheyHold)
{
    ScenarioWalk const base = walk("");
    ScenarioWalk const shocked =
        walk(shock("begin = \"PT3H\"\nhold = \"PT4H\"\nassets = [\"ETH\"]\nvolatility = 3\n"));

    double const variance = 0.25 / (365 * 24);
    for (std::size_t k = 0; k < num_steps; ++k) {
        double const multiple = k >= 3 && k < 7 ? 3 : 1;
        double const shock_part = base.log_return(1, k) + variance / 2;
        EXPECT_NEAR(shocked.log_return(1, k),
                    multiple * shock_part - multiple * multiple * variance / 2, rounding)
            << k;
        EXPECT_NEAR(shocked.log_return(0, k), base.log_return(0, k), rounding) << k;
    }
}

/// Full correlation makes one asset of two with equal volatilities.
TEST(Conditions, RaiseCorrelations)
{
    ScenarioWalk const shocked = walk(shock("begin = \"PT6H\"\ncorrelation = 1\n"));

    for (std::size_t k = 0; k < num_steps; ++k) {
        double const distance = std::abs(shocked.log_return(0, k) - shocked.log_return(1, k));
        if (k < 6)
            EXPECT_GT(distance, 1e-5) << k;
        else
            EXPECT_NEAR(distance, 0, rounding) << k;
    }
}

/// Over two hours to a quarter of the depth and to four times the funding: half way in the first.
TEST(Conditions, BuildUpStepByStep)
{
    ScenarioWalk const shocked = walk(
        shock("begin = \"PT3H\"\nduration = \"PT2H\"\nhold = \"PT1H\"\ndepth = 0.25\nfunding = 4\n"
              "jump_rate = 9\n"));

    EXPECT_THAT(shocked.phases, ElementsAre(0, 3, 4, 6));
    std::vector<double> depths, fundings;
    for (RegimeTerms<double> const& terms : shocked.regimes) {
        depths.push_back(terms.depth);
        fundings.push_back(terms.funding);
    }
    EXPECT_THAT(depths, ElementsAre(1, DoubleEq(0.5), 0.25, 1));
    EXPECT_THAT(fundings, ElementsAre(1, DoubleEq(2.5), 4, 1));
}

/// Counts are drawn at the largest rate and thinned: to 1/9 of it before, to all of it while.
TEST(Conditions, MultiplyTheRateOfJumps)
{
    ScenarioWalk const shocked = walk(
        "[[market.common_jumps]]\nrate = 10\nmean = -0.01\nsd = 0.02\n"
        "loadings = { BTC = 1 }\n"
        + shock("begin = \"PT3H\"\nhold = \"PT2H\"\njump_rate = 9\n"));

    ASSERT_EQ(shocked.regimes.size(), 3u);
    EXPECT_NEAR(shocked.regimes[0].jump_share, 1.0 / 9, 1e-15);
    EXPECT_GE(shocked.regimes[1].jump_share, 1.0);
    EXPECT_NEAR(shocked.regimes[2].jump_share, 1.0 / 9, 1e-15);
    // The normal part stays, and the jumps come on top: E J^2 = 1e-4 + 4e-4, ten a year.
    EXPECT_EQ(shocked.regimes[1].loading[0], shocked.regimes[0].loading[0]);
    EXPECT_NEAR(shocked.regimes[1].volatility[0], std::sqrt((0.25 + 8 * 10 * 5e-4) / 0.25), 1e-12);
}

TEST(Conditions, ActOnEveryRegime)
{
    ScenarioWalk const shocked = walk(
        "[[market.regimes]]\nname = \"calm\"\nmean_duration = \"P4D\"\n"
        "[[market.regimes]]\nname = \"crash\"\nmean_duration = \"P1D\"\n"
        "depth = 0.5\nvolatility = 2\n"
        + shock("begin = \"PT3H\"\ndepth = 0.5\nvolatility = 1.5\n"));

    ASSERT_THAT(shocked.phases, ElementsAre(0, 3));
    ASSERT_EQ(shocked.regimes.size(), 4u);  // [phases][regimes]
    EXPECT_EQ(shocked.regimes[1].depth, 0.5);
    EXPECT_EQ(shocked.regimes[2].depth, 0.5);
    EXPECT_EQ(shocked.regimes[3].depth, 0.25);
    EXPECT_NEAR(shocked.regimes[3].volatility[0], 3, rounding);
    EXPECT_NEAR(shocked.regimes[3].loading[0] / shocked.regimes[0].loading[0], 3, rounding);
}

TEST(Conditions, ChangeAtNoMoreStepsThanThereAreTablesFor)
{
    Problems problems;
    ReadResult const read =
        read_scenario_text(shock_head + shock("duration = \"P15D\"\nvolatility = 2\n"),
                           "shocks.toml", {"run.horizon=P20D"}, problems);

    EXPECT_TRUE(build_phases(read.scenario, problems).empty());
    ASSERT_EQ(problems.problems().size(), 1u);
    EXPECT_THAT(problems.problems()[0].reason, HasSubstr("256 such changes are the most"));
}

}  // namespace
}  // namespace brink::test
