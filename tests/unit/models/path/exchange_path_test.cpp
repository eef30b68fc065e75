// SPDX-License-Identifier: Apache-2.0
// When a venue exchanges balances below zero, what it sells for them, and what that costs.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tests/support/scenario_runner.hpp"
#include "tests/unit/models/path/money_scenarios.hpp"

namespace brink {
namespace {

/// 10 ONE at 100 and 20 TWO at 50, which stay there, and a debt of USD.
struct Wallet {
    std::string exchange{"threshold = 500"};  ///< keys of [venue.auto_exchange]
    double debt{500};
    std::string balances{"ONE = 10, TWO = 20"};
    std::string positions{};
    std::string rules{};  ///< further keys of the venue
    std::string market{};
    double rate{0};         ///< annual, of debts
    double funding{0};      ///< per hour
    double half_spread{0};  ///< of ONE
    double maintenance{0.1};
    std::string horizon{"PT12H"};

    [[nodiscard]] std::string text() const
    {
        return fmt::format(R"(
[run]
name = "wallet"
as_of = 2025-01-06T00:00:00Z
horizon = "{}"
step = "PT1H"
[[asset]]
name = "ONE"
price = 100
volatility = 0.0
execution = {{ half_spread = {} }}
[[asset]]
name = "TWO"
price = 50
volatility = 0.0
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
{}
[[venue]]
name = "exchange"
call = "health"
call_health = 1.1
{}
auto_exchange = {{ {} }}
collateral = [
    {{ asset = "ONE", tiers = [{{ floor = 0, ratio = 0.95 }}] }},
    {{ asset = "TWO", tiers = [{{ floor = 0, ratio = 0.95 }}] }},
    {{ asset = "USD", tiers = [{{ floor = 0, ratio = 1.0 }}] }},
]
schedules = [{{ instruments = ["P"], tiers = [{{ floor = 0, maintenance_rate = {} }}] }}]
borrow = [{{ asset = "USD", rate = {} }}, {{ asset = "TWO", rate = 0 }}]
[[instrument]]
name = "P"
venue = "exchange"
kind = "linear_perp"
base = "ONE"
quote = "USD"
funding_rate_per_interval = {}
funding_interval = "PT1H"
[[account]]
name = "a"
venue = "exchange"
balances = {{ {}, USD = {:.17g} }}
positions = [{}]
)",
                           horizon, half_spread, market, rules, exchange, maintenance, rate,
                           funding, balances, -debt, positions);
    }

    template<class T = double>
    [[nodiscard]] auto trace() const
    {
        return test::ScenarioRunner<T>{text()}.trace(0);
    }
    template<class T = double>
    [[nodiscard]] double outcome(Column column) const
    {
        return test::ScenarioRunner<T>{text()}.run(64).at(column, 63);
    }
};

/// [numeraire] sold of each coin, in the order of the sales.
template<class Ledger>
std::vector<std::pair<int, double>> sales(Ledger const& ledger)
{
    std::vector<std::pair<int, double>> list;
    for (EventRow const& event : ledger.events)
        if (event.kind == EventKind::balance_exchanged)
            list.emplace_back(event.item, event.value);
    return list;
}

template<class T>
class ExchangeIn : public testing::Test {};
using NumberTypes = testing::Types<float, double>;
TYPED_TEST_SUITE(ExchangeIn, NumberTypes, );

/// In float too: the hot way looks early, the event decides in double.
TYPED_TEST(ExchangeIn, BeginsBeyondTheThresholdAndNotAtIt)
{
    Wallet const at{.exchange = "threshold = 500, bid_haircut = 0.025"};
    Wallet beyond = at;
    beyond.debt = std::nextafter(500.0, 501.0);

    EXPECT_EQ(at.outcome<TypeParam>(Column::liquidation_cost), 0);
    EXPECT_NEAR(beyond.outcome<TypeParam>(Column::liquidation_cost), 500 / 0.975 - 500, 1e-9);
    EXPECT_EQ(sales(at.trace<TypeParam>()).size(), 0u);
    EXPECT_EQ(sales(beyond.trace<TypeParam>()).size(), 1u);
}

TYPED_TEST(ExchangeIn, IsNoticedWhenFundingBringsTheBalanceDown)
{
    // 10 an hour from a balance of 0: 60 are owed at the sixth.
    Wallet const wallet{.exchange = "threshold = 55",
                        .debt = 0,
                        .positions = "{ instrument = \"P\", size = 10, entry_price = 100 }",
                        .funding = 0.01};

    EventRow const first = wallet.trace<TypeParam>().first(EventKind::balance_exchanged);
    EXPECT_EQ(first.step, 6);
    EXPECT_NEAR(first.value, 60, 1e-9);
    EXPECT_EQ(sales(wallet.trace<TypeParam>()).size(), 2u);
}

TYPED_TEST(ExchangeIn, IsNoticedWhenInterestAddsToTheDebt)
{
    // By 1e-4 an hour: 500.50025 after ten.
    Wallet const wallet{.exchange = "threshold = 500.5, bid_haircut = 0.2", .rate = 0.876};

    EventRow const first = wallet.trace<TypeParam>().first(EventKind::balance_exchanged);
    EXPECT_EQ(first.step, 10);
    EXPECT_NEAR(first.value, 1.25 * 500 * std::exp(1e-3), 1e-9);
    EXPECT_NEAR(wallet.outcome<TypeParam>(Column::liquidation_cost), 125 * std::exp(1e-3), 1e-9);
}

TYPED_TEST(ExchangeIn, IsNoticedWhenTheDebtsCoinRises)
{
    Wallet const wallet{
        .debt = 0,
        .balances = "ONE = 10, TWO = -9",
        .market = "[[market.shocks]]\nbegin = \"PT3H\"\nassets = [\"TWO\"]\nprice = 0.2\n"};

    EventRow const first = wallet.trace<TypeParam>().first(EventKind::balance_exchanged);
    EXPECT_EQ(first.step, 3);
    EXPECT_NEAR(first.value, 9 * 60, 1e-4);  // the shocked price is a float in float
}

TEST(Exchange, SellsInTheOrderOfTheConfigOrInItsOwn)
{
    Wallet wallet{.debt = 1'200};
    auto const expect_sales = [&](int first, int second) {
        auto const sold = sales(wallet.trace());
        ASSERT_EQ(sold.size(), 2u);
        EXPECT_EQ(sold[0], (std::pair{first, 1'000.0}));
        EXPECT_EQ(sold[1].first, second);
        EXPECT_NEAR(sold[1].second, 200, 1e-9);
    };

    expect_sales(0, 1);
    wallet.exchange = "threshold = 500, order = [\"TWO\"]";
    expect_sales(1, 0);
}

TEST(Exchange, SellsTheSameShareOfEveryBalance)
{
    Wallet const wallet{.exchange = "threshold = 400, sale = \"pro_rata\", bid_haircut = 0.025",
                        .half_spread = 0.01};

    auto const sold = sales(wallet.trace());
    double const share = 500 / (1'000 * (1 - 0.035) + 1'000 * (1 - 0.025));
    ASSERT_EQ(sold.size(), 2u);
    EXPECT_NEAR(sold[0].second, 1'000 * share, 1e-9);
    EXPECT_NEAR(sold[1].second, 1'000 * share, 1e-9);
    EXPECT_NEAR(wallet.outcome(Column::liquidation_cost), 1'000 * share * (0.035 + 0.025), 1e-9);
    EXPECT_NEAR(wallet.outcome(Column::loss), 1'000 * share * (0.035 + 0.025), 1e-9);
}

TEST(Exchange, SellsAllThereIsWhereThatIsTooLittle)
{
    for (char const* sale : {"in_order", "pro_rata"}) {
        Wallet const wallet{
            .exchange = fmt::format("threshold = 500, bid_haircut = 0.5, sale = \"{}\"", sale),
            .debt = 1'200,
            .positions = "{ instrument = \"P\", size = 10, entry_price = 40 }"};
        auto const ledger = wallet.trace();

        EXPECT_EQ(sales(ledger).size(), 2u);  // and not again
        EXPECT_EQ(ledger.holdings[0].balance, 0);
        EXPECT_EQ(ledger.holdings[1].balance, 0);
        EXPECT_NEAR(ledger.holdings[2].owed, 200, 1e-9);
    }
}

/// Each coin's debt has the threshold to itself.
TEST(Exchange, LeavesDebtsThatAreNotBeyondTheThreshold)
{
    Wallet const wallet{.debt = 600, .balances = "ONE = 20, TWO = -9"};
    auto const ledger = wallet.trace();

    EXPECT_EQ(sales(ledger).size(), 1u);
    EXPECT_EQ(ledger.holdings[1].owed, 9);
    EXPECT_EQ(ledger.holdings[2].owed, 0);
}

TEST(Exchange, LooksAtTheLoanToValueWhereThereIsNoPosition)
{
    Wallet wallet{.exchange = "loan_to_value = 0.5", .debt = 475, .balances = "ONE = 10"};

    EXPECT_EQ(sales(wallet.trace()).size(), 1u);
    wallet.debt = 474.999;
    EXPECT_EQ(sales(wallet.trace()).size(), 0u);
    wallet.debt = 475;
    wallet.positions = "{ instrument = \"P\", size = 0.001, entry_price = 100 }";
    EXPECT_EQ(sales(wallet.trace()).size(), 0u);
}

/// A coin at 95 % is sold at 99 % for a debt that counts in full.
TEST(Exchange, AtLiquidationMayCureTheAccount)
{
    Wallet wallet{.exchange = "at_liquidation = true, bid_haircut = 0.01",
                  .debt = 860,
                  .balances = "ONE = 10",
                  .positions = "{ instrument = \"P\", size = 10, entry_price = 100 }"};

    EXPECT_EQ(wallet.outcome(Column::called), 1);
    EXPECT_EQ(wallet.outcome(Column::liquidated), 0);
    EXPECT_NEAR(wallet.outcome(Column::liquidation_cost), 860 / 0.99 - 860, 1e-9);
    EXPECT_EQ(wallet.trace().count(EventKind::cured), 1);
    wallet.exchange = "threshold = 1000, bid_haircut = 0.01";
    EXPECT_EQ(wallet.outcome(Column::liquidated), 1);
}

/// Equity 550 against a maintenance margin of 600: a twelfth is closed, at a loss of 400 / 12.
TEST(Exchange, AtLiquidationTakesWhatReductionsLeaveBelowZero)
{
    Wallet const wallet{
        .exchange = "at_liquidation = true",
        .debt = 0,
        .balances = "ONE = 10",
        .positions =
            "{ instrument = \"P\", size = 60, entry_price = 106.6666666666666"
            "6 }",
        .rules = "liquidation = { reduction = \"target_health\", target_health = 1 }"};
    auto const ledger = wallet.trace();

    EXPECT_EQ(ledger.count(EventKind::position_closed), 1);
    ASSERT_EQ(sales(ledger).size(), 1u);
    EXPECT_NEAR(sales(ledger)[0].second, 400.0 / 12, 1e-9);
    EXPECT_EQ(ledger.holdings[1].owed, 0);
}

/// Whether something other than an exchange has changed the account in the step: what its losses
/// leave is looked at in the next.
bool traded(std::vector<EventRow> const& events, std::size_t step, std::size_t account)
{
    return std::any_of(events.begin(), events.end(), [&](EventRow const& event) {
        return static_cast<std::size_t>(event.step) == step
               && static_cast<std::size_t>(event.account) == account
               && (event.kind == EventKind::position_closed || event.kind == EventKind::reduced
                   || event.kind == EventKind::swapped);
    });
}

/// Accounts that post, reduce, swap and are liquidated, with funding and interest: the hot way
/// never overlooks a debt.
TEST(Exchange, NoDebtStaysBeyondTheThresholdWhileThereIsSomethingToSell)
{
    test::ScenarioRunner<float> runner{test::money_exchange("sale = \"pro_rata\"")};
    auto const& assets = runner.built().names.holding_assets;
    auto const num_assets = static_cast<std::size_t>(runner.program().num_assets);
    int exchanged = 0;

    for (std::uint64_t path = 0; path < 200; ++path) {
        auto const ledger = runner.trace(path);
        exchanged += ledger.count(EventKind::balance_exchanged) > 0;
        std::size_t row = 0;
        for (std::size_t k = 0; row < ledger.holdings.size(); ++k)
            for (std::size_t i = 0; i < assets.size(); ++i) {
                double largest = 0, rest = 0;
                for (std::int32_t const asset : assets[i]) {
                    double const price =
                        ledger.prices[k * num_assets + static_cast<std::size_t>(asset)];
                    largest = std::max(largest, ledger.holdings[row].owed * price);
                    rest += ledger.holdings[row++].balance * price;
                }
                if (!traded(ledger.events, k, i)) {
                    EXPECT_TRUE(largest <= 20'000 * (1 + 1e-12) || rest == 0)
                        << "path " << path << " step " << k << " owes " << largest;
                }
            }
    }
    EXPECT_GT(exchanged, 20);
}

}  // namespace
}  // namespace brink
