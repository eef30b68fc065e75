// SPDX-License-Identifier: Apache-2.0
// Loans in bands on paths that are known: sold on the way down, bought back on the way up, and
// liquidated where what the bands become is less than the debt.
#include <gtest/gtest.h>

#include <cmath>

#include <fmt/format.h>

#include "models/liquidation/soft_bands.hpp"
#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

/// 100 COIN at 1,000 against USD, over two days of hourly steps.
struct BandLoan {
    double debt{70'000};
    std::string account{"band_top = 900"};
    std::string liquidation{};
    std::string shocks{};
    double rate{0};
    std::string bands{"amplification = 100, count = 4, fee = 0.006"};
    std::string precision{"double"};
    std::string owner{};
    double call_health{1.01};

    [[nodiscard]] std::string text() const
    {
        return fmt::format(R"(
[run]
name = "bands"
as_of = 2025-01-06T00:00:00Z
horizon = "P2D"
step = "PT1H"
precision = "{}"
[[asset]]
name = "COIN"
price = 1_000.0
volatility = 0.000001
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
[[venue]]
name = "pool"
health = "collateral_over_debt"
call_health = {}
liquidation = {{ price = "bands"{} }}
bands = {{ {} }}
collateral = [
    {{ asset = "COIN", tiers = [{{ floor = 0, ratio = 0.94 }}] }},
    {{ asset = "USD", tiers = [{{ floor = 0, ratio = 0.0 }}] }},
]
borrow = [{{ asset = "USD", rate = {} }}]
{}
[[account]]
name = "loan"
venue = "pool"
balances = {{ COIN = 100 }}
loans = [{{ asset = "USD", amount = {} }}]
{}
{}
)",
                           precision, call_health, liquidation, bands, rate, owner, debt, account,
                           shocks);
    }

    [[nodiscard]] double operator()(Column column) const
    {
        return test::ScenarioRunner<double>{text()}.run(1).at(column);
    }
};

std::string fall_to(double price, std::string const& start, std::string const& duration)
{
    return fmt::format(
        "[[market.shocks]]\nbegin = \"{}\"\nduration = \"{}\"\n"
        "assets = [\"COIN\"]\nprice_to = {}\n",
        start, duration, price);
}

TEST(Bands, StayUntouchedAboveTheFirst)
{
    BandLoan const loan{.shocks = fall_to(901, "PT2H", "PT10H")};
    auto const ledger = test::ScenarioRunner<double>{loan.text()}.trace(0);

    EXPECT_TRUE(ledger.events.empty());
    EXPECT_EQ(loan(Column::liquidation_cost), 0);
}

TEST(Bands, HealthIsTheControllersPlusOne)
{
    BandLoan const loan;
    auto const ledger = test::ScenarioRunner<double>{loan.text()}.trace(0);

    double value = 0;
    for (int k = 0; k < 4; ++k)
        value += band_value_down({0, 25}, band_edges(900, 100, k), 100, 1'000);
    double const full = 1 + band_health(value, 70'000, 0.06) + (1'000 - 900) * 100 / 70'000.0;
    EXPECT_NEAR(ledger.accounts[0].health, full, 1e-12);
}

TEST(Bands, SellOnTheWayDownAndBuyBackOnTheWayUp)
{
    BandLoan const loan{.shocks = fall_to(800, "PT2H", "PT10H") + fall_to(1'000, "PT20H", "PT10H")};
    auto const ledger = test::ScenarioRunner<double>{loan.text()}.trace(0);

    ASSERT_GT(ledger.count(EventKind::band_sold), 2);
    ASSERT_GT(ledger.count(EventKind::band_bought), 2);
    EXPECT_EQ(ledger.count(EventKind::liquidated), 0);
    TraceRow const bottom = ledger.accounts[15], end = ledger.accounts[48];
    // sold between 900 and 865, less than for their means by what traders gained
    EXPECT_LT(bottom.collateral_at_market, 88'216);
    EXPECT_GT(bottom.collateral_at_market, 0.99 * 88'216);
    EXPECT_NEAR(bottom.health, 0.94 * bottom.collateral_at_market / 70'000, 1e-9);
    // bought back in full, less than there was by what traders gained and the prices of the way
    EXPECT_EQ(ledger.holdings[2 * 48 + 1].balance, 0);
    EXPECT_LT(end.collateral_at_market, 100'000);
    EXPECT_GT(end.collateral_at_market, 96'000);
    EXPECT_NEAR(loan(Column::loss), 100'000 - end.collateral_at_market, 1e-6);
    EXPECT_GT(loan(Column::liquidation_cost), 0);
    EXPECT_EQ(loan(Column::liquidated), 0);
}

/// Without a fee, and with traders who act at once, each band is sold for the mean of its edges.
TEST(Bands, AreSoldForTheGeometricMeanOfTheirEdges)
{
    BandLoan const loan{.shocks = fall_to(800, "PT2H", "PT40H"),
                        .bands = "amplification = 100, count = 4, arbitrage_move = 0.00001"};
    auto const ledger = test::ScenarioRunner<double>{loan.text()}.trace(0);

    double means = 0;
    for (int k = 0; k < 4; ++k)
        means += 25 * 900 * std::pow(0.99, k + 0.5);
    EXPECT_NEAR(ledger.accounts[48].collateral_at_market, means, 1e-4 * means);
}

/// The smaller the moves after which traders act, the less they gain.
TEST(Bands, CostLessTheSoonerTradersAct)
{
    auto const cost = [](double move) {
        return BandLoan{.shocks = fall_to(800, "PT2H", "PT10H") + fall_to(1'000, "PT20H", "PT10H"),
                        .bands = fmt::format("amplification = 100, count = 4, arbitrage_move = {}",
                                             move)}(Column::loss);
    };

    EXPECT_GT(cost(0.01), cost(0.001));
    EXPECT_LT(cost(0.0001), 0.2 * cost(0.01));
}

/// Nobody pays more than the price after a leap: 100 coins at 500 do not repay the debt.
TEST(Bands, AreSoldAtThePriceAfterALeap)
{
    BandLoan const loan{.shocks = fall_to(500, "PT2H", "PT0S")};
    auto const ledger = test::ScenarioRunner<double>{loan.text()}.trace(0);

    EventRow const sold = ledger.first(EventKind::band_sold);
    EXPECT_NEAR(sold.amount, 100, 1e-9);
    EXPECT_NEAR(sold.price, 500, 1e-3);
    EXPECT_NEAR(sold.slippage, 0, 1e-6);
    EXPECT_NEAR(loan(Column::deficit), 20'000, 1);
    EXPECT_EQ(loan(Column::bankrupt), 1);

    // the same fall within the leap that is allowed
    BandLoan slow = loan;
    slow.bands += ", leap = 1";
    EXPECT_GT(test::ScenarioRunner<double>{slow.text()}.trace(0).first(EventKind::band_sold).price,
              860);
}

TEST(Bands, BuyBackAtThePriceAfterALeap)
{
    BandLoan const loan{.shocks = fall_to(850, "PT2H", "PT20H") + fall_to(1'000, "PT30H", "PT0S")};
    auto const ledger = test::ScenarioRunner<double>{loan.text()}.trace(0);

    EXPECT_NEAR(ledger.first(EventKind::band_bought).price, 1'000, 1e-3);
    EXPECT_EQ(ledger.holdings[2 * 48 + 1].balance, 0);
}

TEST(Bands, AreLeftAloneOnceTheDebtIsRepaid)
{
    BandLoan loan{.shocks = fall_to(800, "PT20H", "PT10H")};
    loan.owner =
        "[[owner]]\nname = \"o\"\nreserve = { USD = 500_000 }\n[[owner.response]]\n"
        "action = \"post\"\nasset = \"USD\"\ntarget_health = 1e9\n";
    loan.account += "\nowner = \"o\"";
    loan.call_health = 2;
    auto const ledger = test::ScenarioRunner<double>{loan.text()}.trace(0);

    ASSERT_EQ(ledger.accounts[10].debt, 0);
    EXPECT_EQ(ledger.count(EventKind::band_sold), 0);
}

TEST(Bands, AreTakenWholeForTheDebt)
{
    // what the bands become on the way down x 0.94 is 92,118: below the debt
    BandLoan const loan{.debt = 93'000, .account = "band_top = 1_000"};

    EXPECT_EQ(loan(Column::liquidated), 1);
    EXPECT_NEAR(loan(Column::liquidation_cost), 7'000, 1e-6);
    EXPECT_NEAR(loan(Column::loss), 7'000, 1e-3);
    EXPECT_EQ(loan(Column::deficit), 0);
    EXPECT_EQ((BandLoan{.debt = 92'000, .account = "band_top = 1_000"}(Column::liquidated)), 0);
}

TEST(Bands, AreTakenOnlyAtAProfit)
{
    BandLoan loan{.debt = 93'000, .account = "band_top = 1_000"};
    loan.liquidation = ", call_cost = 6_999";
    EXPECT_EQ(loan(Column::liquidated), 1);
    loan.liquidation = ", call_cost = 7_001";
    EXPECT_EQ(loan(Column::liquidated), 0);
}

TEST(Bands, LeaveADeficitAtTheHorizonWhereNobodyGains)
{
    BandLoan const loan{.debt = 101'000, .account = "band_top = 1_000"};

    EXPECT_EQ(loan(Column::liquidated), 0);
    EXPECT_EQ(loan(Column::bankrupt), 1);
    EXPECT_NEAR(loan(Column::deficit), 1'000, 0.1);  // the price moves by 1e-7
}

TEST(Bands, AShareOfTheDebtTakesLessThanThatOfTheBands)
{
    BandLoan const loan{.debt = 93'000,
                        .account = "band_top = 1_000",
                        .liquidation = ", reduction = \"close_factor\", close_factor = 0.5"};
    auto const ledger = test::ScenarioRunner<double>{loan.text()}.trace(0);

    double const share = removed_share(0.5, 0.06);
    EXPECT_NEAR(ledger.first(EventKind::collateral_seized).amount, 100 * share, 1e-9);
    EXPECT_NEAR(ledger.accounts[0].debt, 46'500, 1e-6);
    EXPECT_GT(ledger.accounts[0].health, 1.0 * 92'118 / 93'000);
}

/// The default top: as low as the venue lends so much.
TEST(Bands, LieAsLowAsTheLoanLets)
{
    BandLoan const loan{.account = "",
                        .bands =
                            "amplification = 100, count = 10, fee = 0.006, "
                            "loan_discount = 0.09"};
    test::ScenarioRunner<double> const runner{loan.text()};
    Program<double> const program = runner.program();

    LoanBands<double> const bands = program.tables[program.exact_accounts][0].bands;
    EXPECT_EQ(bands.count, 10);
    EXPECT_NEAR(bands.top, 70'000 / (100 * band_loan_to_value(100, 10, 0.09)), 1e-9);
    EXPECT_NEAR(bands.value, 70'000 / 0.91, 1e-9);
}

TEST(Bands, FloatFollowsDouble)
{
    BandLoan loan{.shocks = fall_to(800, "PT2H", "PT10H") + fall_to(1'000, "PT20H", "PT10H")};
    double const exact = loan(Column::loss);
    loan.precision = "float";

    double const found = test::ScenarioRunner<float>{loan.text()}.run(1).at(Column::loss);

    EXPECT_NEAR(found, exact, 1e-3 * exact);
}

}  // namespace
}  // namespace brink
