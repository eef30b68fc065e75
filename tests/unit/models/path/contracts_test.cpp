// SPDX-License-Identifier: Apache-2.0
// Dated contracts on paths: their prices, their expiry, and the margin of what is sold.
#include <cmath>

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

constexpr double year = 365 * 86'400.0;
constexpr std::size_t coin = 0, contract = 2;  ///< rows of the prices

/// One contract on COIN at 100, held by one account.
struct Held {
    std::string kind{"call"};
    std::string terms{"strike = 110, volatility = 0.8"};
    std::string expiry{"2025-01-08T12:00:00Z"};
    double size{1};
    std::string entry{};
    double balance{1'000};
    std::string asset{};  ///< further keys of COIN
    std::string schedule{
        "kind = \"short_option\", option = { initial_rate = 0.15, initial_least = 0.1, "
        "maintenance_rate = 0.075 }"};
    std::string venue{};
    std::string settlement{"USD"};
    double volatility{0.8};

    [[nodiscard]] std::string text() const
    {
        std::string keys = terms;
        for (std::size_t at = keys.find(", "); at != std::string::npos; at = keys.find(", "))
            keys.replace(at, 2, "\n");
        return fmt::format(R"(
[run]
name = "held"
as_of = 2025-01-06T00:00:00Z
horizon = "P4D"
step = "PT6H"
precision = "double"
[[asset]]
name = "COIN"
price = 100
volatility = {}
{}
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
[[venue]]
name = "v"
call = "health"
call_health = 1.0
{}
collateral = [{{ asset = "USD", tiers = [{{ floor = 0, ratio = 1.0 }}] }}, {{ asset = "COIN", tiers = [{{ floor = 0, ratio = 1.0 }}] }}]
schedules = [{{ instruments = ["C*"], {} }}]
borrow = [{{ asset = "USD", rate = 0 }}, {{ asset = "COIN", rate = 0 }}]
[[instrument]]
name = "C1"
venue = "v"
kind = "{}"
base = "COIN"
quote = "USD"
settlement = "{}"
expiry = {}
{}
[[account]]
name = "a"
venue = "v"
balances = {{ {} = {} }}
positions = [{{ instrument = "C1", size = {}{} }}]
)",
                           volatility, asset, venue, schedule, kind, settlement, expiry, keys,
                           settlement, balance, size, entry);
    }

    [[nodiscard]] test::ScenarioRunner<double> runner() const
    {
        return test::ScenarioRunner<double>{text()};
    }
};

double price(test::ScenarioRunner<double>::Ledger const& ledger, std::size_t step, std::size_t row)
{
    return ledger.prices[step * 3 + row];
}

TEST(Contracts, OptionsAreValuedAtEveryStepWithTheTimeLeft)
{
    auto const ledger = Held{}.runner().trace(7);

    for (std::size_t k = 0; k < 17; ++k) {
        double const left = std::max(2.5 * 86'400 - static_cast<double>(k) * 21'600, 0.0) / year;
        double const expected =
            black76(OptionRight::call, price(ledger, k, coin), 110.0, 0.8 * std::sqrt(left)).value;
        EXPECT_NEAR(price(ledger, k, contract), expected, 1e-12 * 110) << k;
    }
}

TEST(Contracts, FuturesAreValuedByTheirBasis)
{
    Held future{.kind = "linear_future",
                .terms = "basis = 0.5",
                .entry = ", entry_price = 100",
                .schedule = "tiers = [{ floor = 0, maintenance_rate = 0.05 }]"};
    auto const ledger = future.runner().trace(3);

    for (std::size_t k = 0; k <= 10; ++k) {
        double const left = (2.5 * 86'400 - static_cast<double>(k) * 21'600) / year;
        EXPECT_NEAR(price(ledger, k, contract), price(ledger, k, coin) * std::exp(0.5 * left),
                    1e-11)
            << k;
    }
}

/// The first step at or after it: in cash, at the intrinsic value.
TEST(Contracts, SettleAtTheirExpiry)
{
    for (double const size : {2.0, -2.0}) {
        Held const held{.terms = "strike = 100, volatility = 0.8", .size = size};
        auto const runner = held.runner();
        for (std::uint64_t path = 0; path < 20; ++path) {
            auto const ledger = runner.trace(path);
            double const payoff = size * std::max(price(ledger, 10, coin) - 100, 0.0);
            ASSERT_EQ(ledger.count(EventKind::position_settled), 1);
            EventRow const settled = ledger.first(EventKind::position_settled);
            EXPECT_EQ(settled.step, 10);
            EXPECT_EQ(settled.amount, size);
            EXPECT_NEAR(settled.value, payoff, 1e-10);
            EXPECT_NEAR(ledger.accounts[10].nav, 1'000 + payoff, 1e-9);
            EXPECT_NEAR(ledger.accounts[16].nav, 1'000 + payoff, 1e-9);
            EXPECT_EQ(ledger.accounts[10].maintenance_margin, 0);
            EXPECT_EQ(ledger.contracts[16], 0);
        }
    }
}

/// In coins of that time, whose price then moves on.
TEST(Contracts, SettleInTheirSettlementCoin)
{
    Held const held{.terms = "strike = 80, volatility = 0.8", .settlement = "COIN"};
    auto const ledger = held.runner().trace(5);

    double const coins =
        1'000 + std::max(price(ledger, 10, coin) - 80, 0.0) / price(ledger, 10, coin);
    EXPECT_NEAR(ledger.accounts[16].nav, coins * price(ledger, 16, coin), 1e-7);
}

/// Where volatility is as implied and prices have no drift, waiting for the payoff costs nothing.
TEST(Contracts, PayWhatTheyCostOnAverage)
{
    constexpr std::int64_t paths = 100'000;
    for (char const* const kind : {"call", "put"}) {
        Held const held{.kind = kind, .terms = "strike = 101, volatility = 0.8", .size = 10};
        auto const outcomes = held.runner().run(paths, 2);
        double sum = 0, squares = 0;
        for (std::int64_t i = 0; i < paths; ++i) {
            double const loss = outcomes.at(Column::loss, i);
            sum += loss;
            squares += loss * loss;
        }
        double const se = std::sqrt(squares) / static_cast<double>(paths);
        EXPECT_GT(se, 0.05);
        EXPECT_NEAR(sum / static_cast<double>(paths), 0, 3.5 * se) << kind;
    }
}

/// What the level of the coin's implied volatility does, all its options do, from what each says.
TEST(Contracts, FollowTheImpliedVolatilityOfTheirBase)
{
    Held held{
        .asset = "implied_volatility = { mean = 0.9, initial = 0.6, half_life = \"P1D\", sd = 0 }"};
    auto const ledger = held.runner().trace(1);

    for (std::size_t k = 0; k < 10; ++k) {
        double const days = static_cast<double>(k) / 4;
        double const level = 0.9 * std::pow(0.6 / 0.9, std::exp2(-days));
        double const left = (2.5 - days) / 365;
        double const expected = black76(OptionRight::call, price(ledger, k, coin), 110.0,
                                        0.8 * level / 0.6 * std::sqrt(left))
                                    .value;
        EXPECT_NEAR(price(ledger, k, contract), expected, 1e-9) << k;
    }
}

/// Equity without the option's value against margin that has it.
TEST(Contracts, OptionsSoldNeedMarginByFormula)
{
    Held const held{.size = -3, .balance = 60, .venue = "option_value = \"ignored\""};
    auto const ledger = held.runner().trace(0);
    double const value = price(ledger, 0, contract);

    EXPECT_NEAR(ledger.accounts[0].maintenance_margin, 3 * (7.5 + value), 1e-9);
    EXPECT_NEAR(ledger.accounts[0].initial_margin, 3 * (10 + value), 1e-9);
    EXPECT_NEAR(ledger.accounts[0].margin_equity, 60, 1e-9);
    EXPECT_NEAR(ledger.accounts[0].nav, 60 - 3 * value, 1e-9);
}

TEST(Contracts, OptionsBoughtNeedNoMargin)
{
    auto const ledger = Held{.size = 3, .balance = 5}.runner().trace(0);

    EXPECT_EQ(ledger.accounts[0].maintenance_margin, 0);
    EXPECT_NEAR(ledger.accounts[0].margin_equity, 5 + 3 * price(ledger, 0, contract), 1e-9);
    EXPECT_EQ(ledger.count(EventKind::called), 0);
}

}  // namespace
}  // namespace brink
