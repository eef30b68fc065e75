// SPDX-License-Identifier: Apache-2.0
// What-if prices at a venue with oracles.
#include "tests/unit/host/assess/assessed_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace brink::test {
namespace {

using testing::HasSubstr;

/// 10 stETH at 1,225 against 10,000 USDC, at a ratio of 0.9. \param reads of the oracle
std::string staked_loan(std::string const& reads)
{
    return R"(
[run]
as_of = 2025-07-01T00:00:00Z
horizon = "P1D"
step = "PT1H"
[[asset]]
name = "ETH"
price = 1_000
volatility = 0.7
[[asset]]
name = "stETH"
price = 1_225
model = "peg"
volatility = 0.05
peg = { reference = "ETH", exchange_rate = 1.25, half_life = "P2D" }
[[asset]]
name = "USDC"
price = 1.0
model = "fixed"
[[venue]]
name = "pool"
health = "collateral_over_debt"
call_health = 1.05
collateral = [{ asset = "stETH", tiers = [{ floor = 0, ratio = 0.9 }] }]
borrow = [{ asset = "USDC", rate = 0 }]
oracle = [{ asset = "stETH", reads = ")"
           + reads + R"(", deviation = 0.005, heartbeat = "P1D", delay = "PT2H" }]
[[account]]
name = "loan"
venue = "pool"
balances = { stETH = 10 }
loans = [{ asset = "USDC", amount = 10_000 }]
)";
}

double price_of(AssessReport const& report, std::string const& asset)
{
    for (AssetPrice const& price : report.prices)
        if (price.asset == asset)
            return price.price;
    return 0.0;
}

PriceLine const& line_of(AccountReport const& account, std::string const& asset)
{
    for (PriceLine const& line : account.prices)
        if (line.asset == asset)
            return line;
    throw std::runtime_error{"no prices of " + asset};
}

TEST(OraclePrices, OfTheMarketMoveWithIt)
{
    AssessReport const now = assess(staked_loan("market"));
    EXPECT_DOUBLE_EQ(price_of(now, "stETH@pool"), 1'225.0);
    EXPECT_DOUBLE_EQ(now.accounts.at(0).health, 1.1025);

    AssessReport const lower = assess(staked_loan("market"), {{"stETH", 1'150.0}});
    EXPECT_DOUBLE_EQ(price_of(lower, "stETH@pool"), 1'150.0);
    EXPECT_DOUBLE_EQ(lower.accounts.at(0).health, 1.035);
    EXPECT_EQ(lower.accounts.at(0).status, AccountStatus::called);
    EXPECT_NEAR(line_of(now.accounts.at(0), "stETH").liquidation.below.value(), 10'000 / 9.0, 1e-9);
}

/// By the exchange rate ETH is what moves it; the peg moves worth alone.
TEST(OraclePrices, OfAReferenceMoveWithTheReference)
{
    AssessReport const now = assess(staked_loan("reference"));
    AccountReport const& account = now.accounts.at(0);
    EXPECT_DOUBLE_EQ(price_of(now, "stETH@pool"), 1'250.0);
    EXPECT_DOUBLE_EQ(account.health, 1.125);
    EXPECT_DOUBLE_EQ(account.nav, 2'250.0);
    EXPECT_DOUBLE_EQ(account.holdings.at(0).collateral_value, 11'250.0);
    EXPECT_NEAR(line_of(account, "ETH").liquidation.below.value(), 10'000 / 9.0 / 1.25, 1e-9);
    EXPECT_FALSE(line_of(account, "stETH").liquidation.below);

    AccountReport const depegged =
        assess(staked_loan("reference"), {{"stETH", 900.0}}).accounts.at(0);
    EXPECT_DOUBLE_EQ(depegged.health, 1.125);
    EXPECT_DOUBLE_EQ(depegged.nav, -1'000.0);
    EXPECT_EQ(depegged.status, AccountStatus::bankrupt);
}

TEST(OraclePrices, AreNobodysToSet)
{
    try {
        assess(staked_loan("market"), {{"stETH@pool", 1'150.0}});
        FAIL() << "accepted";
    } catch (std::runtime_error const& error) {
        EXPECT_THAT(error.what(), HasSubstr("follows from what the oracle reads"));
    }
}

}  // namespace
}  // namespace brink::test
