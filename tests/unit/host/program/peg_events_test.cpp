// SPDX-License-Identifier: Apache-2.0
// What shocks and failures do to pegs, and to what they follow.
#include "tests/unit/host/program/scenario_walk.hpp"

#include <gmock/gmock.h>

namespace brink::test {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr std::size_t eth = 0, steth = 1, usdc = 2, usdt = 3, peg_steps = 12;
constexpr double peg_rounding = 1e-12;

/// A staked coin, a stablecoin and a fixed price, twelve steps of an hour.
std::string const pegged = R"(
[run]
as_of = 2025-01-01T00:00:00Z
horizon = "PT12H"
step = "PT1H"
[[asset]]
name = "ETH"
price = 2_000
volatility = 0.7
[[asset]]
name = "stETH"
model = "peg"
price = 2_390
volatility = 0.1
peg = { reference = "ETH", exchange_rate = 1.2, accrual = 0.03, half_life = "P1D", depeg_rate = 5, depeg_size = 0.05, depeg_half_life = "P10D" }
[[asset]]
name = "USDC"
model = "peg"
price = 1
volatility = 0.01
peg = { half_life = "PT6H" }
[[asset]]
name = "USDT"
model = "fixed"
price = 1
[[venue]]
name = "v"
[[venue.collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1 }]
[[venue.collateral]]
asset = "stETH"
tiers = [{ floor = 0, ratio = 0.9 }]
[[venue.collateral]]
asset = "USDC"
tiers = [{ floor = 0, ratio = 0.9 }]
[[account]]
name = "a"
venue = "v"
balances = { USDT = 100, stETH = 1, USDC = 1 }
)";

ScenarioWalk walk_pegs(std::string const& events)
{
    return ScenarioWalk{pegged + events};
}

double distance(ScenarioWalk const& a, ScenarioWalk const& b, std::size_t asset, std::size_t k)
{
    return a.log_price[asset][k] - b.log_price[asset][k];
}

TEST(PegShocks, OfTheReferenceMoveThePegAlike)
{
    ScenarioWalk const base = walk_pegs("");
    ScenarioWalk const shocked = walk_pegs(
        "[[market.shocks]]\nprice = -0.1\n"
        "[[market.shocks]]\nbegin = \"PT3H\"\nassets = [\"ETH\"]\nprice = -0.4\n");

    for (std::size_t k = 0; k <= peg_steps; ++k) {
        double const fallen = std::log(0.9) + (k >= 3 ? std::log(0.6) : 0.0);
        EXPECT_NEAR(distance(shocked, base, eth, k), fallen, peg_rounding) << k;
        EXPECT_NEAR(distance(shocked, base, steth, k), fallen, peg_rounding) << k;
        EXPECT_NEAR(distance(shocked, base, usdc, k), 0, peg_rounding)
            << "not by name: not shocked";
    }
}

TEST(PegShocks, OfAPegStayWithItAndLeaveTheReference)
{
    ScenarioWalk const base = walk_pegs("");
    ScenarioWalk const shocked = walk_pegs(
        "[[market.shocks]]\nbegin = \"PT3H\"\nassets = [\"stETH\", \"USDC\"]\nprice = -0.1\n");

    for (std::size_t k = 0; k <= peg_steps; ++k) {
        double const fallen = k >= 3 ? std::log(0.9) : 0.0;
        EXPECT_NEAR(distance(shocked, base, steth, k), fallen, peg_rounding) << k;
        EXPECT_NEAR(distance(shocked, base, usdc, k), fallen, peg_rounding) << k;
        EXPECT_EQ(distance(shocked, base, eth, k), 0) << k;
    }
}

TEST(PegShocks, TakeAPegToALevel)
{
    ScenarioWalk const shocked = walk_pegs(
        "[[market.shocks]]\nbegin = \"PT2H\"\nduration = \"PT4H\"\nassets = [\"USDC\"]\n"
        "price_to = 0.88\n");

    EXPECT_NEAR(shocked.log_price[usdc][6], std::log(0.88), peg_rounding);
    EXPECT_NEAR(shocked.log_price[usdc][12], std::log(0.88), 0.002);
}

TEST(PegShocks, MultiplyTheVolatilityOfTheDeviation)
{
    std::string const conditions = "[[market.shocks]]\nassets = [\"USDC\"]\nvolatility = 10\n";
    ScenarioWalk const base = walk_pegs(""), shocked = walk_pegs(conditions);

    // USDC starts at par: all of its deviation is noise.
    for (std::size_t k = 1; k <= peg_steps; ++k)
        EXPECT_NEAR(shocked.log_price[usdc][k], 10 * base.log_price[usdc][k], peg_rounding) << k;
    EXPECT_NEAR(distance(shocked, base, steth, peg_steps), 0, peg_rounding);
}

TEST(PegRegimes, SwitchTheVolatilityOfTheDeviation)
{
    ScenarioWalk const base = walk_pegs("");
    ScenarioWalk const crash = walk_pegs(
        "[[market.regimes]]\nname = \"calm\"\nmean_duration = \"P900D\"\n"
        "[[market.regimes]]\nname = \"crash\"\nstart = 1\nmean_duration = \"P900D\"\n"
        "volatility = 4\n");

    for (std::size_t k = 1; k <= peg_steps; ++k)
        EXPECT_NEAR(crash.log_price[usdc][k], 4 * base.log_price[usdc][k], peg_rounding) << k;
}

/// A rate at which the failure comes in the first hour for certain.
std::string failure(std::string const& levels)
{
    return "[[market.failures]]\nrate = 1e9\nlevels = { " + levels + " }\n";
}

TEST(Failures, TakePricesToTheirLevelForGood)
{
    ScenarioWalk const base = walk_pegs("");
    ScenarioWalk const failed = walk_pegs(failure("USDC = 0.02, USDT = 0.5"));

    for (std::size_t k = 0; k <= peg_steps; ++k) {
        EXPECT_NEAR(distance(failed, base, usdc, k), k > 0 ? std::log(0.02) : 0, peg_rounding) << k;
        EXPECT_NEAR(distance(failed, base, usdt, k), k > 0 ? std::log(0.5) : 0, peg_rounding) << k;
        EXPECT_EQ(distance(failed, base, eth, k), 0) << k;
        EXPECT_NEAR(distance(failed, base, steth, k), 0, peg_rounding) << k;
    }
    EXPECT_THAT(failed.assumptions, Contains(HasSubstr("moves by shocks and failures only")));
}

TEST(Failures, OfAReferenceTakeThePegAlongAndItsOwnComesOnTop)
{
    ScenarioWalk const base = walk_pegs("");
    ScenarioWalk const one = walk_pegs(failure("ETH = 0.5")),
                       both = walk_pegs(failure("ETH = 0.5, stETH = 0.25"));

    EXPECT_NEAR(distance(one, base, steth, peg_steps), std::log(0.5), peg_rounding);
    EXPECT_NEAR(distance(both, base, eth, peg_steps), std::log(0.5), peg_rounding);
    EXPECT_NEAR(distance(both, base, steth, peg_steps), std::log(0.125), peg_rounding);
}

TEST(Failures, ToNothingLeaveABillionth)
{
    ScenarioWalk const base = walk_pegs("");

    EXPECT_NEAR(distance(walk_pegs(failure("ETH = 0")), base, eth, 1), std::log(1e-9),
                peg_rounding);
}

}  // namespace
}  // namespace brink::test
