// SPDX-License-Identifier: Apache-2.0
// What assess says of a venue whose borrowers together have too little collateral.
#include "tests/unit/host/assess/assessed_text.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace brink::test {
namespace {

/// 10 ETH against a debt of 1,000; liquidated below 110 %, all borrowers in recovery below 150 %.
std::string borrower(double price, double system_coins)
{
    return fmt::format(R"(
[run]
as_of = 2025-07-01T00:00:00Z
seed = 1
paths = 64
horizon = "P1D"
step = "PT1H"
[[asset]]
name = "ETH"
price = {}
volatility = 0.5
[[asset]]
name = "LUSD"
price = 1
model = "fixed"
[[venue]]
name = "v"
health = "collateral_over_debt"
call_health = 1.0
liquidation = {{ price = "pool", pool = 1e6 }}
recovery = {{ critical_ratio = 1.5, asset = "ETH", system_collateral = {}, system_debt = 1_000 }}
collateral = [
    {{ asset = "ETH", tiers = [{{ floor = 0, ratio = 0.9090909090909091 }}] }},
    {{ asset = "LUSD", tiers = [{{ floor = 0, ratio = 0 }}] }},
]
borrow = [{{ asset = "LUSD", rate = 0 }}]
[[account]]
name = "a"
venue = "v"
balances = {{ ETH = 10 }}
loans = [{{ asset = "LUSD", amount = 1_000 }}]
)",
                       price, system_coins);
}

AccountReport account_of(std::string const& text)
{
    return assess(text).accounts.at(0);
}

std::optional<double> liquidated_below(AccountReport const& account)
{
    for (PriceLine const& line : account.prices)
        if (line.asset == "ETH")
            return line.liquidation.below;
    return {};
}

/// At 10.0001 coins of all for 10 of the account: below the critical price, 150, it is just below
/// the ratio of all.
TEST(RecoveryTerms, LiquidationBeginsWhereTheSystemFallsBelowItsRatio)
{
    AccountReport const account = account_of(borrower(200, 10.0001));

    EXPECT_EQ(account.status, AccountStatus::healthy);
    EXPECT_NEAR(account.liquidation_level, 1'000, 1e-9);
    EXPECT_NEAR(liquidated_below(account).value(), 1'500 / 10.0001, 1e-6);
}

/// Above the ratio of all it is safe from the recovery mode at any price.
TEST(RecoveryTerms, LiquidationWaitsForTheMinimumRatioWhereTheAccountHasMoreThanAll)
{
    AccountReport const account = account_of(borrower(200, 9.9999));

    EXPECT_NEAR(liquidated_below(account).value(), 110, 1e-6);
}

TEST(RecoveryTerms, NameTheLevelAndTheRatioOfAll)
{
    AccountReport const account = account_of(borrower(140, 10.5));

    EXPECT_EQ(account.status, AccountStatus::liquidatable);
    EXPECT_NEAR(account.liquidation_level, 1'000 * 1.47 / 1.1, 1e-9);
    EXPECT_EQ(account.call_level, account.liquidation_level);
    ASSERT_EQ(account.terms.back().part, AccountPart::recovery_level);
    EXPECT_EQ(account.terms.back().subject, "ETH of all borrowers");
    EXPECT_EQ(account.terms.back().value, account.liquidation_level);
    EXPECT_EQ(account.terms.back().formula, "1000 x 0.9090909091 x their ratio 1.47 below 1.5");
}

TEST(RecoveryTerms, AreLeftOutInNormalMode)
{
    for (TermLine const& term : account_of(borrower(200, 10)).terms)
        EXPECT_NE(term.part, AccountPart::recovery_level);
}

}  // namespace
}  // namespace brink::test
