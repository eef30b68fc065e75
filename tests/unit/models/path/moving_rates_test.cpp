// SPDX-License-Identifier: Apache-2.0
// Funding and interest at rates that move with the path.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "tests/support/scenario_runner.hpp"
#include "tests/unit/models/path/drifting_account.hpp"

namespace brink {
namespace {

constexpr std::int64_t paths = 64;

/// Long 10 BTC that stays at 1,000 USDT, funded every day for ten days.
test::DriftingAccount resting_account()
{
    test::DriftingAccount scenario{.horizon = "P10D", .step = "PT6H"};
    scenario.balance = 5000;
    scenario.precision = "double";
    return scenario;
}

double funding_of(test::DriftingAccount const& scenario)
{
    return test::ScenarioRunner<double>{scenario.text()}.run(paths).at(Column::funding);
}

TEST(MovingRates, RateThatStaysAtItsMeanIsThatOfTheInstrument)
{
    test::DriftingAccount fixed = resting_account();
    fixed.funding = 0.0005;
    test::DriftingAccount moving = resting_account();
    moving.asset = "funding = { mean = 0.1825, half_life = \"P1D\", sd = 0 }";

    EXPECT_NEAR(funding_of(moving), funding_of(fixed), 1e-9);
    EXPECT_NEAR(funding_of(moving), 10 * 0.0005 * 10'000, 1e-9);
}

TEST(MovingRates, RateComesOnTopOfThatOfTheInstrument)
{
    test::DriftingAccount scenario = resting_account();
    scenario.funding = 0.0002;
    scenario.asset = "funding = { mean = 0.1825, half_life = \"P1D\", sd = 0 }";
    EXPECT_NEAR(funding_of(scenario), 10 * (0.0002 + 0.0005) * 10'000, 1e-9);
}

TEST(MovingRates, EachPaymentIsAtTheRateOfItsTime)
{
    test::DriftingAccount scenario = resting_account();
    scenario.asset = "funding = { mean = 0, initial = 0.365, half_life = \"P1D\", sd = 0 }";
    // 0.001 a day, halved every day, paid at the end of each.
    double sum = 0;
    for (int day = 1; day <= 10; ++day)
        sum += 0.001 * std::exp2(-day) * 10'000;
    EXPECT_NEAR(funding_of(scenario), sum, 1e-9);
}

TEST(MovingRates, RegimeMultipliesTheWholeRate)
{
    test::DriftingAccount scenario = resting_account();
    scenario.funding = 0.0002;
    scenario.asset = "funding = { mean = 0.1825, half_life = \"P1D\", sd = 0 }";
    scenario.market = "[[market.shocks]]\nbegin = \"PT0S\"\nfunding = 3\n";
    EXPECT_NEAR(funding_of(scenario), 3 * 10 * (0.0002 + 0.0005) * 10'000, 1e-9);
}

TEST(MovingRates, FundingGoesThroughTheBalance)
{
    // 500 USDT a day out of 1,300: below the call level of 2 x 100 on the third day.
    test::DriftingAccount scenario = resting_account();
    scenario.balance = 1300;
    scenario.asset = "funding = { mean = 18.25, half_life = \"P1D\", sd = 0 }";
    auto const outcomes = test::ScenarioRunner<double>{scenario.text()}.run(paths);
    EXPECT_EQ(outcomes.at(Column::called), 1);
    EXPECT_EQ(outcomes.at(Column::first_call_time), 3 * 86'400);
}

/// A loan of 5,000 USDT against 10 BTC for ten days.
std::string lending_text(std::string const& usdt, std::string const& row, std::string const& loan,
                         double volatility = 0)
{
    return "[run]\nname = \"t\"\nas_of = 2025-01-06T00:00:00Z\nhorizon = \"P10D\"\nstep = "
           "\"PT6H\"\nprecision = \"double\"\n"
           "[[asset]]\nname = \"BTC\"\nprice = 1000\nvolatility = "
           + std::to_string(volatility)
           + "\n[[asset]]\nname = \"USDT\"\nprice = 1\nmodel = \"fixed\"\n" + usdt
           + "\n[[venue]]\nname = \"v\"\nhealth = \"collateral_over_debt\"\ncall_health = "
             "1.2\nliquidation_health = 1\n[[venue.collateral]]\nasset = \"BTC\"\ntiers = [{ "
             "floor = 0, ratio = 0.8 }]\n[[venue.borrow]]\nasset = \"USDT\"\n"
           + row
           + "\n[[owner]]\nname = \"o\"\n[[account]]\nname = \"a\"\nowner = \"o\"\nvenue = "
             "\"v\"\nbalances = { BTC = 10 }\nloans = [{ asset = \"USDT\", amount = 5000"
           + loan + " }]\n";
}

double interest_of(std::string const& text)
{
    return test::ScenarioRunner<double>{text}.run(paths).at(Column::funding);
}

TEST(MovingRates, DebtGrowsByTheRateOfItsCoin)
{
    std::string const moving = "borrow = { mean = 0.365, half_life = \"P1D\", sd = 0 }";
    double const expected = 5000 * std::expm1(0.365 * 10 / 365);
    EXPECT_NEAR(interest_of(lending_text(moving, "rate = 0", "")), expected, 1e-9);
    EXPECT_NEAR(interest_of(lending_text("", "rate = 0.365", "")), expected, 1e-9);
    EXPECT_NEAR(interest_of(lending_text(moving, "rate = 0.365", "")),
                5000 * std::expm1(2 * 0.365 * 10 / 365), 1e-9);
}

TEST(MovingRates, LoanThatStatesItsRateKeepsIt)
{
    std::string const moving = "borrow = { mean = 0.9, half_life = \"P1D\", sd = 0 }";
    EXPECT_NEAR(interest_of(lending_text(moving, "rate = 0", ", rate = 0.365")),
                5000 * std::expm1(0.365 * 10 / 365), 1e-9);
}

TEST(MovingRates, InterestIsAtTheRateOfEachStep)
{
    std::string const moving =
        "borrow = { mean = 0.1, initial = 0.9, half_life = \"P1D\", sd = 0 }";
    double exponent = 0;
    for (int step = 0; step < 40; ++step)
        exponent += (0.1 + 0.8 * std::exp2(-step / 4.0)) / (4 * 365);
    EXPECT_NEAR(interest_of(lending_text(moving, "rate = 0", "")), 5000 * std::expm1(exponent),
                1e-9);
}

/// What is owed decides: with a debt that grows past the collateral the account is liquidated.
TEST(MovingRates, DebtThatGrowsIsCalledAndLiquidated)
{
    // Health 1.6 at t_0; a log growth of the debt of 0.0548 a day leaves 1.2 after
    // ln(1.6 / 1.2) / 0.0548 = 5.2501 days and 1 after 8.58.
    std::string const moving = "borrow = { mean = 20, half_life = \"P1D\", sd = 0 }";
    auto const outcomes =
        test::ScenarioRunner<double>{lending_text(moving, "rate = 0", "")}.run(paths);
    EXPECT_EQ(outcomes.at(Column::first_call_time), 5.5 * 86'400);
    EXPECT_EQ(outcomes.at(Column::first_liquidation_time), 8.75 * 86'400);
}

}  // namespace
}  // namespace brink
