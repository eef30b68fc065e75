// SPDX-License-Identifier: Apache-2.0
#include "host/program/peg_builder.hpp"
#include "models/market/market_memory.hpp"
#include "tests/unit/host/program/built_scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace brink::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Steps of eight hours; W is 21,000 at a BTC of 20,000.
std::string with_peg(std::string const& peg)
{
    return market_and_venue + R"(
[[asset]]
name = "W"
price = 21_000
model = "peg"
volatility = 0.1
peg = )" + peg
           + R"(
[[account]]
name = "main"
venue = "exchange"
balances = { USDT = 10 }
)";
}

constexpr double step_of_a_year = 8.0 / (365 * 24);

TEST(PegBuilder, SetsTheProcessPerStep)
{
    BuiltScenario<> const scenario{
        with_peg("{ reference = \"BTC\", exchange_rate = 1.04, accrual = 0.03, half_life = "
                 "\"P1D\", depeg_rate = 2, depeg_size = 0.08, depeg_half_life = \"P2D\" }")};
    ASSERT_TRUE(scenario.built) << scenario.said();
    WideMarket const& market = scenario.built->market;
    PegProcess<double> const& peg = market.pegs[0];

    EXPECT_EQ(market.num_pegs, 1);
    EXPECT_EQ(market.is_varying, 1u);
    EXPECT_EQ(market.is_bounded, 0u);
    EXPECT_EQ(MarketLayout{market}.size(), 3);
    EXPECT_EQ(peg.asset, 2);
    EXPECT_EQ(peg.reference, 0);
    EXPECT_NEAR(peg.initial, std::log2(21'000 / (20'000 * 1.04)), 1e-12);
    EXPECT_NEAR(peg.keep, std::pow(2, -1.0 / 3), 1e-12);
    EXPECT_NEAR(peg.gap_keep, std::pow(2, -1.0 / 6), 1e-12);
    EXPECT_NEAR(peg.growth * std::numbers::ln2, 0.03 * step_of_a_year, 1e-15);
    EXPECT_NEAR(peg.chance, 1 - std::exp(-2 * step_of_a_year), 1e-12);
    EXPECT_NEAR(peg.rise * std::numbers::ln2, 0.08, 1e-12);
    // sigma^2 (1 - q^2) / (2 kappa), kappa = 365 ln 2 a year.
    double const variance = 0.01 * (1 - std::pow(2, -2.0 / 3)) / (2 * 365 * std::numbers::ln2);
    EXPECT_NEAR(market.loading[2][2] * std::numbers::ln2, std::sqrt(variance), 1e-12);
    EXPECT_EQ(market.drift[2], 0);
    EXPECT_EQ(market.net_drift[2], 0);
    EXPECT_THAT(scenario.said(), Not(HasSubstr("par")));
}

TEST(PegBuilder, FollowsTheNumeraireWithoutAReferenceOrByItsName)
{
    for (std::string const reference : {"", "reference = \"USD\", "}) {
        BuiltScenario<> const scenario{
            with_peg("{ " + reference + "exchange_rate = 21_000, half_life = \"P2D\" }")};
        ASSERT_TRUE(scenario.built) << scenario.said();

        EXPECT_EQ(scenario.built->market.pegs[0].reference, -1);
        EXPECT_EQ(scenario.built->market.pegs[0].initial, 0);
        EXPECT_EQ(scenario.built->market.pegs[0].chance, 0);
    }
}

TEST(PegBuilder, WarnsOfAPriceFarFromParAndOfLongSteps)
{
    BuiltScenario<> const scenario{
        with_peg("{ reference = \"BTC\", half_life = \"P1D\", exchange_rate = 0.9, depeg_rate = 1, "
                 "depeg_size = 0.1, depeg_half_life = \"PT6H\" }")};

    ASSERT_TRUE(scenario.built) << scenario.said();
    EXPECT_THAT(scenario.said(), HasSubstr("is +16.7 % from its par of 18000"));
    EXPECT_THAT(scenario.said(), HasSubstr("peg.half_life: a step of \"PT8H\" is 0.33 half-lives"));
    EXPECT_THAT(scenario.said(),
                HasSubstr("peg.depeg_half_life: a step of \"PT8H\" is 1.3 half-lives"));
}

}  // namespace
}  // namespace brink::test
