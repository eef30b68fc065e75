// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/program/built_scenario.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace brink::test {
namespace {

/// Two lenders of USDC against stETH, which follows ETH; each with the rows of its oracle.
std::string two_lenders(std::string const& first, std::string const& second)
{
    std::string text = R"(
[run]
as_of = 2025-07-01T00:00:00Z
horizon = "P1D"
step = "PT1H"
[[asset]]
name = "ETH"
price = 2_000
volatility = 0.7
[[asset]]
name = "stETH"
price = 2_400
model = "peg"
volatility = 0.05
peg = { reference = "ETH", exchange_rate = 1.25, accrual = 0.03, half_life = "P2D" }
[[asset]]
name = "USDC"
price = 1.0
model = "fixed"
)";
    for (auto const& [name, rows] : {std::pair{"a", first}, std::pair{"b", second}})
        text += std::string{"[[venue]]\nname = \""} + name
                + "\"\nhealth = \"collateral_over_debt\"\ncall_health = 1.1\ncollateral = [{ asset "
                  "= \"stETH\", tiers = [{ floor = 0, ratio = 0.8 }] }]\nborrow = [{ asset = "
                  "\"USDC\", rate = 0 }]\noracle = ["
                + rows + "]\n[[account]]\nname = \"at_" + name + "\"\nvenue = \"" + name
                + "\"\nbalances = { stETH = 10 }\nloans = [{ asset = \"USDC\", amount = 9_000 }]\n";
    return text;
}

std::string const feed = "{ asset = \"stETH\", deviation = 0.005, heartbeat = \"P1D\" }";

std::vector<std::int32_t> rows_of(BuiltScenario<> const& scenario, std::int32_t account)
{
    Program<double> const program = scenario.program();
    std::vector<std::int32_t> rows;
    for (Holding<double> const& holding :
         program.tables[program.tables[program.exact_accounts][account].holdings])
        rows.push_back(holding.margin_row);
    return rows;
}

TEST(OracleBuilder, VenuesWithTheSameOracleShareItsRow)
{
    BuiltScenario<> const scenario{two_lenders(feed, feed)};
    ASSERT_TRUE(scenario.built) << scenario.said();

    EXPECT_EQ(scenario.built->names.assets,
              (std::vector<std::string>{"ETH", "stETH", "USDC", "stETH@a,b"}));
    EXPECT_EQ(scenario.program().oracles.size, 1);
    EXPECT_EQ(rows_of(scenario, 0), (std::vector<std::int32_t>{3, 2}));
    EXPECT_EQ(rows_of(scenario, 1), (std::vector<std::int32_t>{3, 2}));
}

TEST(OracleBuilder, VenuesWithOtherOraclesHaveRowsOfTheirOwn)
{
    BuiltScenario<> const scenario{
        two_lenders(feed, "{ asset = \"stETH\", reads = \"reference\" }")};
    ASSERT_TRUE(scenario.built) << scenario.said();

    EXPECT_EQ(scenario.built->names.assets.back(), "stETH@b");
    EXPECT_EQ(rows_of(scenario, 0), (std::vector<std::int32_t>{3, 2}));
    EXPECT_EQ(rows_of(scenario, 1), (std::vector<std::int32_t>{4, 2}));
    EXPECT_EQ(scenario.program().tables[scenario.program().exact_accounts][1].watches_value, 1);
}

/// What posts at every step, at once, is the market.
TEST(OracleBuilder, TheMarketNeedsNoRow)
{
    BuiltScenario<> const scenario{
        two_lenders("{ asset = \"stETH\", deviation = 0.005, heartbeat = \"PT1H\" }",
                    "{ asset = \"stETH\", heartbeat = \"PT10M\" }")};
    ASSERT_TRUE(scenario.built) << scenario.said();

    EXPECT_EQ(scenario.program().oracles.size, 0);
    EXPECT_EQ(scenario.program().num_assets, 3);
    EXPECT_EQ(rows_of(scenario, 0), (std::vector<std::int32_t>{1, 2}));
}

Oracle<double> oracle_of(std::string const& keys)
{
    BuiltScenario<> const scenario{two_lenders("{ asset = \"stETH\", " + keys + " }", "")};
    EXPECT_TRUE(scenario.built) << scenario.said();
    Oracle<double> const oracle = scenario.program().tables[scenario.program().oracles][0];
    EXPECT_EQ(scenario.program().carry_fields,
              oracle.first_field + OracleFields::size(oracle.delay_steps));
    return oracle;
}

TEST(OracleBuilder, TimesAreWholeStepsRoundedUp)
{
    double const never = std::numeric_limits<double>::infinity();

    EXPECT_EQ(oracle_of("delay = \"PT1S\"").delay_steps, 1);
    EXPECT_EQ(oracle_of("delay = \"PT1H\"").delay_steps, 1);
    EXPECT_EQ(oracle_of("delay = \"PT1H1S\"").delay_steps, 2);
    EXPECT_EQ(oracle_of("delay = \"PT3H\"").delay_steps, 3);
    EXPECT_EQ(oracle_of("delay = \"PT3H\"").heartbeat_steps, 1);
    EXPECT_EQ(oracle_of("heartbeat = \"PT90M\"").heartbeat_steps, 2);
    EXPECT_EQ(oracle_of("heartbeat = \"PT90M\"").deviation, never);
    EXPECT_EQ(oracle_of("deviation = 0.01").heartbeat_steps, never);
    EXPECT_DOUBLE_EQ(oracle_of("smoothing = \"PT2H\"").keep, std::exp(-0.5));
}

TEST(OracleBuilder, ReferencesAndCapsAreOfThePegsExchangeRate)
{
    Oracle<double> const reference = oracle_of("reads = \"reference\", growth_cap = 0.0876");
    EXPECT_EQ(reference.source, 0);
    EXPECT_EQ(reference.base, 0);
    EXPECT_EQ(reference.rate, 1.25);
    EXPECT_DOUBLE_EQ(reference.rate_growth, 0.03 / 8'760 / std::log(2.0));
    EXPECT_EQ(reference.cap, 1.25);
    EXPECT_DOUBLE_EQ(reference.cap_growth, 1e-5);

    Oracle<double> const market = oracle_of("growth_cap = 0.1");
    EXPECT_EQ(market.source, 1);
    EXPECT_EQ(market.base, 0);
    EXPECT_EQ(market.cap, 1.2);
}

}  // namespace
}  // namespace brink::test
