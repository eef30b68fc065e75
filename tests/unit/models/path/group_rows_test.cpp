// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>

#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

/// "fund" owns a and b, "solo" owns c. Small funds and volatile coins: on some paths all are
/// liquidated below zero.
std::string const three_accounts = R"(
[run]
name = "desks"
as_of = 2025-01-06T00:00:00Z
horizon = "P20D"
step = "P1D"
[[asset]]
name = "BTC"
price = 1000.0
volatility = 1.2
execution = { half_spread = 0.002, adv_usd = 1e6 }
[[asset]]
name = "USDT"
price = 1.0
model = "fixed"
[[venue]]
name = "v"
source = "made up"
date = "2025-01-01"
call = "health"
call_health = 2
insurance_fund = 500
[venue.liquidation]
price = "market"
fee = 0.01
[[venue.schedules]]
instruments = ["BTCUSDT"]
tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }]
[[venue.collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1.0 }]
[[instrument]]
name = "BTCUSDT"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
execution = { half_spread = 0.001, adv_usd = 1e6 }
[[owner]]
name = "fund"
reserve = { USDT = 800 }
[[owner.response]]
action = "post"
asset = "USDT"
target_health = 5
delay = "P1D"
[[owner]]
name = "solo"
[[account]]
name = "a"
owner = "fund"
venue = "v"
balances = { USDT = 1500 }
positions = [{ instrument = "BTCUSDT", size = 10, entry_price = 1000 }]
groups = { desk = "asia", book = "all" }
[[account]]
name = "b"
owner = "fund"
venue = "v"
balances = { USDT = 1000 }
positions = [{ instrument = "BTCUSDT", size = -6, entry_price = 1000 }]
groups = { desk = "europe", book = "all" }
[[account]]
name = "c"
owner = "solo"
venue = "v"
balances = { USDT = 900 }
positions = [{ instrument = "BTCUSDT", size = 8, entry_price = 1000 }]
groups = { desk = "asia", book = "all" }
)";

constexpr int book = 0, account_a = 1, account_b = 2, account_c = 3;
constexpr int group_all = 4, group_asia = 5, group_europe = 6;
constexpr std::int64_t num_paths = 512;

class Groups : public ::testing::Test {
  protected:
    test::ScenarioRunner<double> runner_{three_accounts};
    test::ScenarioRunner<double>::Outcomes outcomes_{runner_.run(num_paths)};

    double at(Column c, std::int64_t path, int scope) const { return outcomes_.at(c, path, scope); }
    bool is_same(Column c, std::int64_t path, int one, int other) const
    {
        return std::bit_cast<std::uint64_t>(at(c, path, one))
               == std::bit_cast<std::uint64_t>(at(c, path, other));
    }
};

TEST_F(Groups, FollowTheAccountsByColumnAndValue)
{
    EXPECT_EQ(runner_.built().names.scopes,
              (std::vector<std::string>{"book", "account:a", "account:b", "account:c",
                                        "group:book=all", "group:desk=asia", "group:desk=europe"}));
}

TEST_F(Groups, TheGroupOfAllAccountsIsTheBook)
{
    int bankrupt = 0;
    for (std::int64_t path = 0; path < num_paths; ++path) {
        for (int i = 0; i < num_columns; ++i) {
            auto const c = static_cast<Column>(i);
            if (c == Column::fund_draw || c == Column::bad_debt)
                EXPECT_NEAR(at(c, path, group_all), at(c, path, book), 1e-9);
            else
                EXPECT_TRUE(is_same(c, path, group_all, book)) << "column " << i;
        }
        bankrupt += at(Column::bad_debt, path, book) > 0 ? 1 : 0;
    }
    EXPECT_GT(bankrupt, 10);
}

TEST_F(Groups, AGroupOfOneAccountSaysWhatTheAccountSays)
{
    for (std::int64_t path = 0; path < num_paths; ++path)
        for (int i = 0; i < num_columns; ++i)
            EXPECT_TRUE(is_same(static_cast<Column>(i), path, group_europe, account_b))
                << "column " << i;
}

TEST_F(Groups, CountAnOwnersLossOnceAndFlagAnyOfTheirAccounts)
{
    int only_one_called = 0;
    for (std::int64_t path = 0; path < num_paths; ++path) {
        EXPECT_EQ(at(Column::loss, path, group_asia),
                  at(Column::loss, path, account_a) + at(Column::loss, path, account_c));
        EXPECT_EQ(at(Column::loss, path, group_all),
                  at(Column::loss, path, account_a) + at(Column::loss, path, account_c));
        EXPECT_EQ(at(Column::deficit, path, group_asia),
                  at(Column::deficit, path, account_a) + at(Column::deficit, path, account_c));
        EXPECT_EQ(
            at(Column::called, path, group_asia),
            std::max(at(Column::called, path, account_a), at(Column::called, path, account_c)));
        EXPECT_EQ(at(Column::min_health, path, group_asia),
                  std::min(at(Column::min_health, path, account_a),
                           at(Column::min_health, path, account_c)));
        only_one_called +=
            at(Column::called, path, account_a) != at(Column::called, path, account_c) ? 1 : 0;
    }
    EXPECT_GT(only_one_called, 10);
}

}  // namespace
}  // namespace brink
