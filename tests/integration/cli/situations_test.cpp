// SPDX-License-Identifier: Apache-2.0
// Small scenarios whose prices are certain, with answers worked out by hand.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/integration/cli/brink_cli.hpp"

namespace brink::test {
namespace {

/// Outcomes of path 0 of a scenario.
nlohmann::json outcomes_of(std::string const& scenario)
{
    TemporaryFolder const folder;
    std::ofstream{folder / "s.toml"} << scenario;
    ProgramRun const run = brink({"replay", folder / "s.toml", "0", "--format", "json"});
    EXPECT_EQ(run.status, 0) << run.err;
    return nlohmann::json::parse(run.out).at("outcomes");
}

TEST(Situations, EveryAccountOfAnOwnerCanHaveAPostUnderWay)
{
    // The price falls by 2.6 % in each of four steps. Each of 24 longs is called at once, asks for
    // what the reserve has plenty of, and gets it after two steps.
    std::string text = R"(
[run]
name = "posts"
as_of = 2025-07-01T00:00:00Z
paths = 64
horizon = "P1D"
step = "PT6H"
precision = "double"
[[asset]]
name = "BTC"
price = 100.0
volatility = 0
drift = -38.456588
[[asset]]
name = "USDT"
price = 1.0
model = "fixed"
[[venue]]
name = "v"
insurance_fund = 0
liquidation = { reduction = "full", price = "bankruptcy", residual = "fund", fee = 0.0 }
collateral = [{ asset = "USDT", tiers = [{ floor = 0, ratio = 1.0 }] }]
schedules = [{ instruments = ["P"], kind = "marginal", unit = "notional", tiers = [{ floor = 0, maintenance_rate = 0.05, max_leverage = 10 }] }]
borrow = [{ asset = "USDT", rate = 0.0 }]
[[instrument]]
name = "P"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
[[owner]]
name = "o"
reserve = { USDT = 100_000 }
[[owner.response]]
action = "post"
asset = "USDT"
target_health = 2.5
delay = "PT12H"
)";
    for (int i = 0; i < 24; ++i)
        text += fmt::format(R"(
[[account]]
name = "a{:02}"
owner = "o"
venue = "v"
balances = {{ USDT = 120 }}
positions = [{{ instrument = "P", size = 10, entry_price = 100 }}]
)",
                            i);

    nlohmann::json const outcomes = outcomes_of(text);

    EXPECT_EQ(outcomes.at("topup_count"), 24);
    EXPECT_EQ(outcomes.at("liquidated"), 0);
    EXPECT_EQ(outcomes.at("defaulted"), 0);
}

TEST(Situations, WhatACoinAtParHidesIsADeficitAtTheHorizon)
{
    // 100 USDC fall to 100 exp(-25 x 10 / 365) = 50.41, 70 USDT are owed; at par nobody is called.
    // The fund has 5.
    nlohmann::json const outcomes = outcomes_of(R"(
[run]
name = "par"
as_of = 2025-07-01T00:00:00Z
paths = 64
horizon = "P10D"
step = "P1D"
precision = "double"
[[asset]]
name = "USDC"
price = 1
volatility = 0
drift = -25
[[asset]]
name = "USDT"
price = 1
model = "fixed"
[[venue]]
name = "v"
insurance_fund = 5
call = "health"
call_health = 1.1
health = "collateral_over_debt"
collateral = [{ asset = "USDC", valuation = "par", tiers = [{ floor = 0, ratio = 0.9 }] }, { asset = "USDT", tiers = [{ floor = 0, ratio = 1 }] }]
borrow = [{ asset = "USDT", rate = 0.0 }]
[[account]]
name = "a"
venue = "v"
balances = { USDC = 100 }
loans = [{ asset = "USDT", amount = 70 }]
)");

    EXPECT_EQ(outcomes.at("called"), 0);
    EXPECT_EQ(outcomes.at("bankrupt"), 1);
    double const deficit = 70 - 100 * std::exp(-250.0 / 365);
    EXPECT_NEAR(outcomes.at("deficit").get<double>(), deficit, 1e-9);
    EXPECT_NEAR(outcomes.at("fund_draw").get<double>(), 5, 1e-9);
    EXPECT_NEAR(outcomes.at("bad_debt").get<double>(), deficit - 5, 1e-9);
    EXPECT_NEAR(outcomes.at("loss").get<double>(), 30, 1e-9);  // of an opening worth of 30
}

/// Rules that no shipped file has, in a folder of their own: nothing else is needed for a venue.
TEST(Situations, ANewVenueIsATomlFile)
{
    TemporaryFolder const folder;
    std::ofstream{folder / "new_venue.toml"} << R"(
source = "nobody's rules"
date = "2025"
call = "health"
call_health = 1.1
[liquidation]
reduction = "target_health"
target_health = 1.2
fee = 0.001
[[collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1.0 }]
[[borrow]]
asset = "USDT"
rate = 0.0
[[schedules]]
instruments = ["P"]
kind = "affine"
unit = "base"
tiers = [{ floor = 0, maintenance_rate = 0.05, maintenance_slope = 0.001 }]
)";
    // 10 coins fall by 2.6 % in six hours: 80 - 26 is below 6 % of 974 then, and not before.
    std::ofstream{folder / "s.toml"} << R"(
[run]
name = "new venue"
as_of = 2025-07-01T00:00:00Z
horizon = "PT6H"
step = "PT6H"
precision = "double"
[[asset]]
name = "BTC"
price = 100.0
volatility = 0
drift = -38.456588
[[asset]]
name = "USDT"
price = 1.0
model = "fixed"
[[venue]]
name = "new"
include = "new_venue.toml"
[[instrument]]
name = "P"
venue = "new"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
[[account]]
name = "a"
venue = "new"
balances = { USDT = 80 }
positions = [{ instrument = "P", size = 10, entry_price = 100 }]
)";

    ProgramRun const run = brink({"replay", folder / "s.toml", "0", "--format", "json"});

    ASSERT_EQ(run.status, 0) << run.err;
    auto const outcomes = nlohmann::json::parse(run.out).at("outcomes");
    EXPECT_EQ(outcomes["first_liquidation_time"], 21'600);
    // Size q after: 80 - loss - 0.001 (10 - q) S = 1.2 (0.05 + 0.001 q) q S.
    double const price = 100 * std::exp(-38.456588 / (4 * 365));
    double const left = 80 - 10 * (100 - price);
    double const closed = outcomes["liquidated_notional"].get<double>() / price;
    double const kept = 10 - closed;
    EXPECT_NEAR(left - 0.001 * closed * price, 1.2 * (0.05 + 0.001 * kept) * kept * price, 1e-9);
    EXPECT_GT(closed, 0);
    EXPECT_LT(closed, 10);
}

}  // namespace
}  // namespace brink::test
