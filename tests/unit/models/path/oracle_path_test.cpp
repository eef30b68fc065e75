// SPDX-License-Identifier: Apache-2.0
// What venues see of prices that are shocked at known times, and what follows from it.
#include <cmath>

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

/// A loan of USD against COIN at 100, which stays there but for shocks, for 8 hours.
struct Pool {
    std::string oracle{};  ///< keys of the row of COIN
    std::string shocks{};
    double coins{10};
    double debt{500};
    std::string coin{"model = \"fixed\""};
    std::string venue{};  ///< further keys
    std::string assets{};

    [[nodiscard]] std::string text() const
    {
        std::string const row =
            oracle.empty() ? "" : "oracle = [{ asset = \"COIN\", " + oracle + " }]";
        return fmt::format(R"(
[run]
name = "pool"
as_of = 2025-01-06T00:00:00Z
horizon = "PT8H"
step = "PT1H"
precision = "double"
{}
[[asset]]
name = "COIN"
price = 100
{}
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
{}
[[venue]]
name = "pool"
health = "collateral_over_debt"
call_health = 1.0
{}
liquidation = {{ price = "bonus" }}
collateral = [
    {{ asset = "COIN", tiers = [{{ floor = 0, ratio = 0.8 }}], liquidation_bonus = 0.25 }},
    {{ asset = "USD", tiers = [{{ floor = 0, ratio = 0.0 }}] }},
]
borrow = [{{ asset = "USD", rate = 0 }}]
{}
[[account]]
name = "loan"
venue = "pool"
balances = {{ COIN = {} }}
loans = [{{ asset = "USD", amount = {} }}]
)",
                           shocks, coin, assets, row, venue, coins, debt);
    }

    [[nodiscard]] auto trace() const { return test::ScenarioRunner<double>{text()}.trace(0); }
    /// The row of the oracle, after the two assets.
    [[nodiscard]] std::vector<double> posted() const
    {
        auto const ledger = trace();
        std::size_t const width = ledger.prices.size() / 9;
        std::vector<double> row;
        for (std::size_t k = 0; k < 9; ++k)
            row.push_back(ledger.prices[k * width + width - 1]);
        return row;
    }
};

std::string shock(int hour, double price)
{
    return fmt::format("[[market.shocks]]\nbegin = \"PT{}H\"\nassets = [\"COIN\"]\nprice_to = {}\n",
                       hour, price);
}

void expect_rows(std::vector<double> const& row, std::vector<double> const& expected)
{
    ASSERT_EQ(row.size(), expected.size());
    for (std::size_t k = 0; k < row.size(); ++k)
        EXPECT_NEAR(row[k], expected[k], 1e-9) << k;
}

TEST(OraclePath, CountsWhatIsPostedAfterItsDelay)
{
    std::string const falls = shock(2, 80) + shock(3, 90);
    auto const delayed = [&](char const* delay) {
        return Pool{.oracle = fmt::format("deviation = 0.01, delay = \"{}\"", delay),
                    .shocks = falls}
            .posted();
    };

    expect_rows(delayed("PT0S"), {100, 100, 80, 90, 90, 90, 90, 90, 90});
    expect_rows(delayed("PT30M"), {100, 100, 100, 80, 90, 90, 90, 90, 90});
    expect_rows(delayed("PT1H"), {100, 100, 100, 80, 90, 90, 90, 90, 90});
    expect_rows(delayed("PT3H"), {100, 100, 100, 100, 100, 80, 90, 90, 90});
}

TEST(OraclePath, PostsByDeviationOrHeartbeat)
{
    std::string const slide = shock(1, 99.5) + shock(2, 99) + shock(3, 98.5);

    expect_rows(Pool{.oracle = "deviation = 0.012", .shocks = slide}.posted(),
                {100, 100, 100, 98.5, 98.5, 98.5, 98.5, 98.5, 98.5});
    expect_rows(Pool{.oracle = "deviation = 0.05, heartbeat = \"PT2H\"", .shocks = slide}.posted(),
                {100, 100, 99, 99, 98.5, 98.5, 98.5, 98.5, 98.5});
    expect_rows(Pool{.oracle = "heartbeat = \"PT4H\"", .shocks = slide}.posted(),
                {100, 100, 100, 100, 98.5, 98.5, 98.5, 98.5, 98.5});
}

/// 3,600 s / ln 2 = 5,193.7 s to fall to 1 / e is an hour to fall to half.
TEST(OraclePath, SmoothsByAMovingAverage)
{
    std::vector<double> const row =
        Pool{.oracle = "smoothing = \"PT5193.7S\"", .shocks = shock(1, 80)}.posted();

    for (std::size_t k = 1; k < 9; ++k)
        EXPECT_NEAR(row[k], 80 + 20 * std::exp2(-static_cast<double>(k)), 1e-4) << k;
}

TEST(OraclePath, CapsTheGrowthOfThePrice)
{
    std::vector<double> const row =
        Pool{.oracle = "growth_cap = 0.0876", .shocks = shock(2, 130) + shock(5, 90)}.posted();

    for (std::size_t k = 0; k < 9; ++k)  // 0.0876 a year is 1e-5 an hour
        EXPECT_NEAR(row[k],
                    k < 2   ? 100
                    : k < 5 ? 100 * (1 + 1e-5 * static_cast<double>(k))
                            : 90,
                    1e-9)
            << k;
}

constexpr char const* staked =
    "model = \"peg\"\nvolatility = 0.1\n"
    "peg = { reference = \"ETH\", exchange_rate = 1.25, accrual = 8.76, half_life = \"P1D\" }";
constexpr char const* eth = "[[asset]]\nname = \"ETH\"\nprice = 80\nvolatility = 0.9\n";

/// Whatever becomes of the peg: the reference's price times the exchange rate, which grows.
TEST(OraclePath, ReadsTheReferenceOfAPeg)
{
    Pool const pool{
        .oracle = "reads = \"reference\"", .shocks = shock(3, 60), .coin = staked, .assets = eth};
    auto const ledger = pool.trace();

    for (std::size_t k = 0; k < 9; ++k) {
        double const* const price = ledger.prices.data() + 4 * k;
        EXPECT_NEAR(price[3], price[2] * 1.25 * std::exp(1e-3 * static_cast<double>(k)), 1e-9) << k;
        EXPECT_TRUE(k == 0 || price[3] != price[0]) << k;
    }
}

/// Of the exchange rate, not of the price in dollars.
TEST(OraclePath, CapsTheGrowthOfAPegOverItsReference)
{
    Pool const pool{
        .oracle = "reads = \"reference\", growth_cap = 0.876", .coin = staked, .assets = eth};
    auto const ledger = pool.trace();

    for (std::size_t k = 0; k < 9; ++k) {
        double const* const price = ledger.prices.data() + 4 * k;
        EXPECT_NEAR(price[3], price[2] * 1.25 * (1 + 1e-4 * static_cast<double>(k)), 1e-9) << k;
    }
}

/// Margin is as the oracle has it, what things are worth is as the market has it.
TEST(OraclePath, MarginSeesTheOracleAndWorthTheMarket)
{
    Pool const pool{.oracle = "deviation = 0.01, delay = \"PT3H\"", .shocks = shock(2, 55)};
    auto const ledger = pool.trace();

    EXPECT_NEAR(ledger.accounts[4].margin_equity, 800, 1e-9);
    EXPECT_NEAR(ledger.accounts[4].health, 1.6, 1e-12);
    EXPECT_NEAR(ledger.accounts[4].nav, 50, 1e-9);
    EXPECT_NEAR(ledger.accounts[4].collateral, 800, 1e-9);
    EXPECT_NEAR(ledger.accounts[4].collateral_at_market, 550, 1e-9);
    EXPECT_EQ(ledger.first(EventKind::called).step, 5);
}

/// At a stale price nobody loses collateral where the market pays less than it costs, and the
/// account is bankrupt while its venue sees nothing.
TEST(OraclePath, AStaleOracleHidesABankruptAccount)
{
    Pool const pool{.oracle = "heartbeat = \"PT6H\"", .shocks = shock(1, 40)};
    auto const ledger = pool.trace();

    EXPECT_EQ(ledger.first(EventKind::bankrupt).step, 1);
    EXPECT_EQ(ledger.first(EventKind::called).step, 6);
    EXPECT_EQ(ledger.first(EventKind::liquidated).step, 6);
}

/// At the oracle's 61 all 10 coins pay for 610 / 1.25 = 488 of the debt; at the market's 90 they
/// are worth 900, and the rest of the debt is the venue's.
TEST(OraclePath, HandsCollateralOverAtTheOraclesPrice)
{
    Pool const pool{.oracle = "deviation = 0.001, delay = \"PT1H\"",
                    .shocks = shock(2, 61) + shock(3, 90)};
    auto const ledger = pool.trace();

    EventRow const seized = ledger.first(EventKind::collateral_seized);
    EXPECT_EQ(seized.step, 3);
    EXPECT_NEAR(seized.amount, 10, 1e-9);
    EXPECT_NEAR(seized.value, 900, 1e-9);
    EXPECT_NEAR(seized.fee, 900 - 10 * 61 / 1.25, 1e-9);
    EXPECT_NEAR(ledger.first(EventKind::debt_repaid).value, 10 * 61 / 1.25, 1e-9);
}

/// Of the 10 coins 8 pay for the debt at the oracle's 61, 2 are the bonus; half of it, a coin at
/// the market's 90, is the venue's.
TEST(OraclePath, TheVenuesShareIsOfTheBonusInCoins)
{
    Pool const pool{.oracle = "deviation = 0.001, delay = \"PT1H\"",
                    .shocks = shock(2, 61) + shock(3, 90)};
    std::string text = pool.text();
    text.insert(text.find("liquidation_bonus"), "protocol_share = 0.5, ");
    auto const ledger = test::ScenarioRunner<double>{text}.trace(0);

    EXPECT_NEAR(ledger.first(EventKind::fund_inflow).value, 90, 1e-9);
    EXPECT_NEAR(ledger.first(EventKind::collateral_seized).fee, 900 - 488, 1e-9);
}

/// DAI rises to 1.25: what is owed is worth more at once, and counts for more two hours later.
TEST(OraclePath, CountsDebtsAtTheOraclesPrice)
{
    Pool pool{.shocks =
                  "[[market.shocks]]\nbegin = \"PT2H\"\nassets = [\"DAI\"]\nprice_to = 1.25\n"};
    std::string text = pool.text();
    auto const replace = [&](std::string const& from, std::string const& to) {
        text.replace(text.find(from), from.size(), to);
    };
    replace("{ asset = \"USD\", tiers", "{ asset = \"DAI\", tiers");
    replace("{ asset = \"USD\", rate", "{ asset = \"DAI\", rate");
    replace("asset = \"USD\", amount", "asset = \"DAI\", amount");
    replace("name = \"USD\"", "name = \"DAI\"");
    replace("[[account]]",
            "oracle = [{ asset = \"DAI\", deviation = 0.01, delay = \"PT2H\" }]\n[[account]]");
    auto const ledger = test::ScenarioRunner<double>{text}.trace(0);

    EXPECT_NEAR(ledger.accounts[3].maintenance_margin, 500, 1e-9);
    EXPECT_NEAR(ledger.accounts[3].debt, 625, 1e-9);
    EXPECT_NEAR(ledger.accounts[4].maintenance_margin, 625, 1e-9);
}

/// June 2022: a staked coin at 0.937 of ETH against 88 % of debt, by either oracle (the golden
/// cases have the health factors 0.990 and 1.057).
TEST(OraclePath, TheOracleOfAStakedCoinDecidesWhoIsLiquidated)
{
    Pool pool{
        .shocks = "[[market.shocks]]\nbegin = \"PT2H\"\nassets = [\"COIN\"]\nprice = -0.063\n",
        .coins = 1,
        .debt = 88,
        .coin =
            "model = \"peg\"\nvolatility = 0\npeg = { half_life = \"P9999D\", "
            "exchange_rate = 100 }"};
    auto const traced = [&](std::string const& oracle) {
        pool.oracle = oracle;
        std::string text = pool.text();
        text.replace(text.find("ratio = 0.8 "), 12, "ratio = 0.93 ");
        return test::ScenarioRunner<double>{text}.trace(0);
    };

    auto const market = traced("");
    EXPECT_EQ(market.count(EventKind::liquidated), 1);
    auto const reference = traced("reads = \"reference\"");
    EXPECT_EQ(reference.count(EventKind::called), 0);
    EXPECT_NEAR(reference.accounts[2].health, 0.93 / 0.88, 1e-9);
    EXPECT_NEAR(reference.accounts[2].nav, 93.7 - 88, 1e-6);
}

}  // namespace
}  // namespace brink
