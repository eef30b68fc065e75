// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/program/built_scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace brink::test {
namespace {

using testing::ElementsAre;

TEST(AccountMapping, IsolatedPositionsAreMarginUnitsOfTheirOwn)
{
    BuiltScenario<> const scenario{market_and_venue + R"(
[[account]]
name = "iso"
venue = "exchange"
mode = "isolated"
balances = { USDT = 700 }
positions = [
    { instrument = "BTCUSDT", size = 1, entry_price = 20_000, margin = 2_000 },
    { instrument = "BTCUSD", size = 100, entry_price = 20_000, margin = 0.1 },
]
)"};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const accounts = program.tables[program.accounts];

    EXPECT_THAT(scenario.built->names.accounts, ElementsAre("iso", "iso/BTCUSD", "iso/BTCUSDT"));
    EXPECT_THAT(scenario.built->names.account_columns, ElementsAre(1, 2, 3));
    EXPECT_EQ(accounts[0].positions.size, 0);
    EXPECT_EQ(program.tables[accounts[1].holdings][0].balance, 0.1);
    EXPECT_EQ(program.tables[accounts[2].holdings][0].balance, 2'000.0);
    EXPECT_THAT(scenario.built->opening.nav_of_accounts, ElementsAre(700.0, 2'000.0, 2'000.0));
    EXPECT_EQ(scenario.built->opening_value, 4'700.0);
}

TEST(AccountMapping, HoldingsAreWhatTheAccountHasOwesSettlesInOrMayReceive)
{
    BuiltScenario<> const scenario{market_and_venue + R"(
[[asset]]
name = "ETH"
price = 1_000
volatility = 0.8
[[venue.collateral]]
asset = "ETH"
tiers = [{ floor = 0, ratio = 0.8 }]
[[owner]]
name = "fund"
reserve = { ETH = 5, USDT = 100 }
[[owner.response]]
action = "post"
asset = "ETH"
target_health = 2
[[account]]
name = "main"
owner = "fund"
venue = "exchange"
balances = { BTC = 1 }
positions = [{ instrument = "BTCUSDT", size = 1, entry_price = 20_000 }]
)"};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const holdings = program.tables[program.tables[program.accounts][0].holdings];

    ASSERT_EQ(holdings.size(), 3);
    EXPECT_EQ(holdings[0].asset, 0);  // BTC: balance
    EXPECT_EQ(holdings[1].asset, 1);  // USDT: settlement
    EXPECT_EQ(holdings[2].asset, 2);  // ETH: posted
    EXPECT_EQ(holdings[2].balance, 0.0);
    EXPECT_EQ(program.tables[program.tables[program.accounts][0].positions][0].settlement, 1);
    auto const& owner = program.tables[program.owners][0];
    EXPECT_EQ(program.tables[owner.reserve][2], 5.0);
    EXPECT_EQ(owner.opening_value, 20'000.0 + 5'100.0);
}

TEST(AccountMapping, DebtsCarryTheVenuesRatesUnlessTheLoanStatesItsOwn)
{
    BuiltScenario<> const scenario{market_and_venue + R"(
[[venue.borrow]]
asset = "USDT"
rate = 0.1
maintenance_rate = 0.02
initial_rate = 0.04
[[account]]
name = "a"
venue = "exchange"
balances = { BTC = 1 }
loans = [{ asset = "USDT", amount = 8_000, rate = 0.05 }]
[[account]]
name = "b"
venue = "exchange"
balances = { BTC = 1, USDT = -4_000 }
)"};
    // The borrow row belongs to the venue written last.
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const accounts = program.tables[program.accounts];
    auto const loan = program.tables[accounts[0].holdings][1];
    auto const overdraft = program.tables[accounts[1].holdings][1];

    EXPECT_EQ(loan.debt, 8'000.0);
    EXPECT_EQ(loan.balance, 0.0);
    EXPECT_EQ(loan.debt_maintenance_rate, 0.02);
    EXPECT_EQ(loan.debt_initial_rate, 0.04);
    EXPECT_EQ(overdraft.debt, 4'000.0);
    double const year = 365.0 * 86'400.0;
    EXPECT_DOUBLE_EQ(loan.borrow_log2_rate * year * std::numbers::ln2, 0.05);
    EXPECT_DOUBLE_EQ(overdraft.borrow_log2_rate * year * std::numbers::ln2, 0.1);
    EXPECT_EQ(scenario.built->opening.nav_of_accounts.at(0), 12'000.0);
}

TEST(AccountMapping, AccountsAreSortedByOwnerThenId)
{
    BuiltScenario<> const scenario{market_and_venue + R"(
[[owner]]
name = "zoe"
[[owner]]
name = "amy"
[[account]]
name = "a"
owner = "zoe"
venue = "exchange"
balances = { USDT = 1 }
[[account]]
name = "c"
owner = "amy"
venue = "exchange"
balances = { USDT = 2 }
[[account]]
name = "b"
owner = "amy"
venue = "exchange"
balances = { USDT = 3 }
)"};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const owners = program.tables[program.owners];

    EXPECT_THAT(scenario.built->names.owners, ElementsAre("amy", "zoe"));
    EXPECT_THAT(scenario.built->names.accounts, ElementsAre("b", "c", "a"));
    EXPECT_THAT(scenario.built->opening.nav_of_accounts, ElementsAre(3.0, 2.0, 1.0));
    EXPECT_EQ(owners[0].first_account, 0);
    EXPECT_EQ(owners[0].num_accounts, 2);
    EXPECT_EQ(owners[1].first_account, 2);
    EXPECT_EQ(program.num_scopes, 4);
    EXPECT_EQ(program.account_table, 0);
}

TEST(AccountMapping, ResponsesKeepTheirWindowsDelaysAndLimits)
{
    BuiltScenario<> const scenario{market_and_venue + R"(
[[owner]]
name = "fund"
reserve = { USDT = 100 }
[[owner.response]]
action = "post"
asset = "USDT"
probability = 0.9
delay = { distribution = "lognormal", median = "PT3H", sigma = 0.6 }
outages = [{ from = "Sat 00:00", until = "Mon 00:00" }]
target_health = 3
limit = 50
[[owner.response]]
action = "reduce"
from = "BTCUSD"
target_health = 2
[[owner.response]]
action = "swap"
from = "BTC"
asset = "USDT"
target_health = 2
fee = 0.001
[[account]]
name = "main"
owner = "fund"
venue = "exchange"
balances = { BTC = 1 }
positions = [{ instrument = "BTCUSD", size = 10, entry_price = 20_000 }]
)"};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const rules = program.tables[program.tables[program.owners][0].responses];

    ASSERT_EQ(rules.size(), 3);
    EXPECT_EQ(rules[0].kind, ResponseKind::post);
    EXPECT_EQ(rules[0].delay, DelayShape::lognormal);
    EXPECT_EQ(rules[0].delay_a, 10'800.0);
    EXPECT_EQ(rules[0].delay_b, 0.6);
    EXPECT_EQ(rules[0].limit, 50.0);
    auto const windows = program.tables[rules[0].outages];
    ASSERT_EQ(windows.size(), 1);
    EXPECT_EQ(windows[0].weekly, 1);
    EXPECT_EQ(windows[0].from, 5 * 86'400);
    EXPECT_EQ(rules[1].kind, ResponseKind::reduce);
    EXPECT_EQ(rules[1].from, 1);  // instrument
    EXPECT_EQ(rules[1].asset, -1);
    EXPECT_TRUE(std::isinf(rules[1].limit));
    EXPECT_EQ(rules[2].kind, ResponseKind::swap);
    EXPECT_EQ(rules[2].from, 0);  // BTC
    EXPECT_EQ(rules[2].asset, 1);
    EXPECT_EQ(rules[2].fee_rate, 0.001);
}

}  // namespace
}  // namespace brink::test
