// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/support/scenario_runner.hpp"
#include "tests/unit/models/path/drifting_account.hpp"

namespace brink {
namespace {

using test::DriftingAccount;
using Runner = test::ScenarioRunner<double>;

double grown(double days, double drift_per_day)
{
    return 1000.0 * std::exp(drift_per_day * days);
}

// Prices are strict polynomials in double: relative error 1e-15, times the size of the position.
constexpr double money = 1e-8;

TEST(PathProgram, LossOfAnUntouchedAccountIsItsPositionMarkedToTheHorizon)
{
    DriftingAccount scenario{.drift_per_day = -0.01};
    scenario.balance = 5000;

    auto const outcomes = Runner{scenario.text()}.run(1);

    EXPECT_NEAR(outcomes.at(Column::loss), 10 * (1000 - grown(4, -0.01)), money);
    EXPECT_EQ(outcomes.at(Column::loss), outcomes.at(Column::loss_account));
    EXPECT_EQ(outcomes.at(Column::called), 0);
    double const final_price = grown(4, -0.01);
    double const health = (5000 + 10 * (final_price - 1000)) / (0.1 * final_price);
    EXPECT_NEAR(outcomes.at(Column::min_health), health, 1e-12 * health);
}

/// The position is sold at the volatility of its day, not at that of t_0.
TEST(PathProgram, ImpactFollowsTheVarianceOfThePath)
{
    DriftingAccount scenario{.drift_per_day = -0.03, .volatility = 0.01};
    scenario.asset =
        "model = \"heston\"\nheston = { mean_reversion = 200, long_run_volatility = 0.02, "
        "vol_of_vol = 1e-4, spot_vol_correlation = 0 }\n";
    scenario.impact = ", adv_usd = 1e6";

    auto const ledger = Runner{scenario.text()}.trace(0);

    auto const sale = ledger.first(EventKind::position_closed);
    ASSERT_EQ(sale.step, 4);  // 1000 + 10 (S - 1000) < 0.1 S below S = 909
    double const variance = 4e-4 + (1e-4 - 4e-4) * std::exp(-200.0 * 4 / 365);
    double const impact = std::sqrt(variance / 365) * std::sqrt(sale.value / 1e6);
    EXPECT_NEAR(sale.slippage, impact * sale.value, 1e-3 * impact * sale.value);
}

TEST(PathProgram, StillMarketWithoutCarryNeverCallsAHealthyAccountAndLosesNothing)
{
    auto const outcomes = Runner{DriftingAccount{}.text()}.run(64);

    for (int path = 0; path < 64; ++path) {
        EXPECT_EQ(outcomes.at(Column::loss, path), 0.0);
        EXPECT_EQ(outcomes.at(Column::called, path), 0.0);
        EXPECT_EQ(outcomes.at(Column::liquidated, path), 0.0);
    }
}

TEST(PathProgram, PositiveFundingIsPaidByLongsOnNotionalAtTheMarkOfEachInterval)
{
    DriftingAccount scenario{.drift_per_day = 0.01};
    scenario.funding = 0.001;
    double paid = 0;
    for (int day = 1; day <= 4; ++day)
        paid += 0.001 * 10 * grown(day, 0.01);

    auto const long_side = Runner{scenario.text()}.run(1);
    scenario.size = -10;
    auto const short_side = Runner{scenario.text()}.run(1);

    EXPECT_NEAR(long_side.at(Column::funding), paid, money);
    EXPECT_NEAR(long_side.at(Column::loss), paid - 10 * (grown(4, 0.01) - 1000), money);
    EXPECT_NEAR(short_side.at(Column::funding), -paid, money);
}

TEST(PathProgram, CalledAccountPostsTheLeastAmountThatReachesItsTargetAfterTheDelay)
{
    // Day 1: equity 250 - 10 x 4.99 = 200.1; MM 99.5; health 2.01. Called at 2.05, target 3.
    DriftingAccount scenario{.drift_per_day = -0.005};
    scenario.balance = 250;
    scenario.call_health = 2.05;
    scenario.reserve = 10'000;
    scenario.response =
        "[[owner.response]]\naction = \"post\"\nasset = \"USDT\"\n"
        "delay = \"P2D\"\ntarget_health = 3\n";

    Runner const runner{scenario.text()};
    auto const outcomes = runner.run(1);
    auto const ledger = runner.trace(0);

    double const mark = grown(1, -0.005);
    double const needed = 3 * 0.1 * mark - (250 + 10 * (mark - 1000));
    EXPECT_EQ(ledger.first(EventKind::post_requested).step, 1);
    EXPECT_NEAR(ledger.first(EventKind::post_requested).amount, needed, 1e-9 * needed);
    EXPECT_EQ(ledger.first(EventKind::post_credited).step, 3);
    EXPECT_EQ(outcomes.at(Column::called), 1);
    EXPECT_EQ(outcomes.at(Column::first_call_time), 86'400);
    EXPECT_EQ(outcomes.at(Column::liquidated), 0);
    EXPECT_NEAR(outcomes.at(Column::topup_total), needed, 1e-9 * needed);
    // Moving USDT from reserve to account loses nothing.
    EXPECT_NEAR(outcomes.at(Column::loss), 10 * (1000 - grown(4, -0.005)), money);
}

TEST(PathProgram, APostUnderWayCountsAsCreditedSoOneShortfallMakesOneRequest)
{
    DriftingAccount scenario{.drift_per_day = -0.0001};
    scenario.balance = 200;
    scenario.call_health = 2;  // called at t_1: equity falls by more than twice MM does
    scenario.reserve = 10'000;
    scenario.response =
        "[[owner.response]]\naction = \"post\"\nasset = \"USDT\"\n"
        "delay = \"P30D\"\ntarget_health = 4\n";

    auto const ledger = Runner{scenario.text()}.trace(0);

    EXPECT_EQ(ledger.count(EventKind::post_requested), 1);
    EXPECT_EQ(ledger.count(EventKind::post_credited), 0);
    EXPECT_NEAR(ledger.outside.back(), 10'000, money);  // still counted while under way
}

TEST(PathProgram, ReserveTooSmallSendsWhatThereIsAndTheLaterLiquidationIsADefault)
{
    DriftingAccount scenario{.drift_per_day = -0.01};
    scenario.balance = 300;
    scenario.call_health = 2.05;
    scenario.reserve = 10;
    scenario.response =
        "[[owner.response]]\naction = \"post\"\nasset = \"USDT\"\n"
        "delay = \"PT0S\"\ntarget_health = 3\n";

    auto const outcomes = Runner{scenario.text()}.run(1);

    EXPECT_NEAR(outcomes.at(Column::topup_total), 10, 1e-12);
    EXPECT_EQ(outcomes.at(Column::liquidated), 1);
    EXPECT_EQ(outcomes.at(Column::defaulted), 1);
    EXPECT_EQ(outcomes.at(Column::bankrupt), 0);
}

TEST(PathProgram, AnOwnerIsSilentWhereNoActionAnswersAndADefaultOnlyThen)
{
    // Called on day 1, liquidated later; what is posted arrives after the horizon.
    DriftingAccount scenario{.drift_per_day = -0.01};
    scenario.balance = 300;
    scenario.call_health = 2.05;
    scenario.reserve = 10'000;
    auto const response = [](std::string const& probability) {
        return "[[owner.response]]\naction = \"post\"\nasset = \"USDT\"\ndelay = \"P30D\"\n"
               "target_health = 3\nprobability = "
               + probability + "\n";
    };
    scenario.response = response("0") + response("1");
    auto const second_answers = Runner{scenario.text()}.run(1);
    scenario.response = response("0") + response("0");
    auto const none_answers = Runner{scenario.text()}.run(1);

    EXPECT_EQ(second_answers.at(Column::liquidated), 1);
    EXPECT_EQ(second_answers.at(Column::defaulted), 0);
    EXPECT_EQ(none_answers.at(Column::liquidated), 1);
    EXPECT_EQ(none_answers.at(Column::defaulted), 1);
}

TEST(PathProgram, WhatIsReducedToABracketStaysInIt)
{
    DriftingAccount scenario{.drift_per_day = -0.002, .volatility = 0.6};
    scenario.horizon = "P40D";
    scenario.balance = 300;
    scenario.half_spread = 0.001;
    scenario.liquidation = "price = \"market\"\nreduction = \"tier_by_tier\"";
    std::string text = scenario.text();
    std::string const flat = "tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }]";
    text.replace(text.find(flat), flat.size(),
                 "kind = \"whole_position\"\nunit = \"contracts\"\ntiers = ["
                 "{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 },"
                 "{ floor = 0.7, maintenance_rate = 0.02, max_leverage = 25 },"
                 "{ floor = 7, maintenance_rate = 0.04, max_leverage = 12 }]");
    Runner const runner{text};

    int at_floors = 0;
    for (std::uint64_t path = 0; path < 32; ++path) {
        auto const ledger = runner.trace(path);
        for (std::size_t k = 0; k < ledger.accounts.size(); ++k) {
            double const open = ledger.contracts[k];
            double const rate = open > 7.000'001 ? 0.04 : open > 0.700'000'1 ? 0.02 : 0.01;
            double const margin = rate * open * ledger.prices[2 * k];
            EXPECT_NEAR(ledger.accounts[k].maintenance_margin, margin, 1e-9) << open;
            at_floors += std::abs(open - 7) < 1e-9 || std::abs(open - 0.7) < 1e-9 ? 1 : 0;
        }
    }
    EXPECT_GT(at_floors, 100);
}

TEST(PathProgram, TheReserveServesADebtBelowZeroBeforeAHealthierAccount)
{
    // "spot" owes 95 against 90 and needs no margin; "perp" has equity 52 against MM 50.
    Runner const runner{R"(
[run]
name = "t"
as_of = 2025-01-06T00:00:00Z
horizon = "P1D"
step = "P1D"
[[asset]]
name = "BTC"
price = 100.0
volatility = 0
[[asset]]
name = "USDT"
price = 1.0
model = "fixed"
[[venue]]
name = "v"
call = "health"
call_health = 1.5
liquidation = { reduction = "full", price = "market" }
collateral = [
    { asset = "USDT", tiers = [{ floor = 0, ratio = 1.0 }] },
    { asset = "BTC", tiers = [{ floor = 0, ratio = 0.9 }] },
]
schedules = [{ instruments = ["P"], tiers = [{ floor = 0, maintenance_rate = 0.05, max_leverage = 10 }] }]
borrow = [{ asset = "USDT", rate = 0.0 }]
[[instrument]]
name = "P"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
[[owner]]
name = "o"
reserve = { USDT = 25 }
response = [{ action = "post", asset = "USDT", target_health = 1.5 }]
[[account]]
name = "perp"
owner = "o"
venue = "v"
balances = { USDT = 52 }
positions = [{ instrument = "P", size = 10, entry_price = 100 }]
[[account]]
name = "spot"
owner = "o"
venue = "v"
balances = { USDT = -95, BTC = 1 }
)"};

    auto const outcomes = runner.run(1);

    constexpr int perp = 1, spot = 2;
    EXPECT_EQ(outcomes.at(Column::liquidated, 0, spot), 0);
    EXPECT_NEAR(outcomes.at(Column::topup_total, 0, spot), 5, 1e-9);
    EXPECT_NEAR(outcomes.at(Column::topup_total, 0, perp), 20, 1e-9);
    EXPECT_NEAR(outcomes.at(Column::min_health, 0, spot), 90.0 / 95.0, 1e-6);
}

TEST(PathProgram, FromHealthyToLiquidatableInOneStepIsCalledAndLiquidatedButNoDefault)
{
    DriftingAccount scenario{.drift_per_day = -0.0725};  // day 1: equity 1000 - 699 = 301, MM 9.3
    scenario.balance = 703;
    scenario.call_health = 1.5;

    auto const outcomes = Runner{scenario.text()}.run(1);

    EXPECT_EQ(outcomes.at(Column::called), 1);
    EXPECT_EQ(outcomes.at(Column::liquidated), 1);
    EXPECT_EQ(outcomes.at(Column::defaulted), 0);
    EXPECT_EQ(outcomes.at(Column::first_call_time), outcomes.at(Column::first_liquidation_time));
}

TEST(PathProgram, GapThroughBankruptcyLeavesADeficitThatTheFundPaysAsFarAsItReaches)
{
    DriftingAccount scenario{.drift_per_day = -0.27};  // day 1: 10 x (763.4 - 1000) = -2366
    scenario.balance = 1000;
    scenario.fund = 600;
    double const deficit = 10 * (1000 - grown(1, -0.27)) - 1000;

    auto const outcomes = Runner{scenario.text()}.run(1);

    EXPECT_EQ(outcomes.at(Column::bankrupt), 1);
    EXPECT_NEAR(outcomes.at(Column::deficit), deficit, money);
    EXPECT_NEAR(outcomes.at(Column::fund_draw), 600, money);
    EXPECT_NEAR(outcomes.at(Column::bad_debt), deficit - 600, money);
    EXPECT_NEAR(outcomes.at(Column::bad_debt, 0, 1), deficit - 600, money);  // the account's share
    EXPECT_NEAR(outcomes.at(Column::loss), 1000, money);  // no recourse: no more than it had
    EXPECT_NEAR(outcomes.at(Column::part_spared), -deficit, money);
}

TEST(PathProgram, WithRecourseTheOwnerOwesWhatTheAccountLacks)
{
    DriftingAccount scenario{.drift_per_day = -0.27};
    scenario.venue = "recourse = true";

    auto const outcomes = Runner{scenario.text()}.run(1);

    EXPECT_NEAR(outcomes.at(Column::loss), 10 * (1000 - grown(1, -0.27)), money);
    EXPECT_EQ(outcomes.at(Column::bad_debt), 0);
    EXPECT_EQ(outcomes.at(Column::part_spared), 0);
}

TEST(PathProgram, LiquidationAtMarketCostsSpreadAndFeeAndLeavesTheRestToTheOwner)
{
    DriftingAccount scenario{.drift_per_day = -0.0685};
    scenario.balance = 750;
    scenario.half_spread = 0.001;
    scenario.liquidation = "price = \"market\"\nresidual = \"owner\"\nfee = 0.002";
    double const mark = grown(1, -0.0685);  // equity 750 - 662 = 88 < MM 93

    auto const outcomes = Runner{scenario.text()}.run(1);

    EXPECT_EQ(outcomes.at(Column::liquidated), 1);
    EXPECT_NEAR(outcomes.at(Column::part_liquidation_slippage), 0.001 * 10 * mark, money);
    EXPECT_NEAR(outcomes.at(Column::part_liquidation_fee), 0.002 * 10 * mark, money);
    EXPECT_NEAR(outcomes.at(Column::liquidated_notional), 10 * mark, money);
    EXPECT_NEAR(outcomes.at(Column::loss), 10 * (1000 - mark) + 0.003 * 10 * mark, money);
}

TEST(PathProgram, TakeoverAtTheBankruptcyPriceForfeitsTheRestToTheFund)
{
    DriftingAccount scenario{.drift_per_day = -0.0685};
    scenario.balance = 750;
    scenario.liquidation = "price = \"bankruptcy\"\nresidual = \"fund\"";
    double const mark = grown(1, -0.0685);

    auto const outcomes = Runner{scenario.text()}.run(1);

    EXPECT_NEAR(outcomes.at(Column::part_forfeited), 750 - 10 * (1000 - mark), money);
    EXPECT_NEAR(outcomes.at(Column::loss), 750, money);
    EXPECT_EQ(outcomes.at(Column::deficit), 0);
}

TEST(PathProgram, EqualityLiquidatesWhereTheVenueIsNotStrictAndDoesNotWhereItIs)
{
    // Equity 100 = MM = 0.01 x 10 x 1000 at t_0, exactly.
    DriftingAccount scenario;
    scenario.balance = 100;
    scenario.call_health = 1;
    scenario.venue = "comparison = \"strict\"";
    auto const strict = Runner{scenario.text()}.run(1);
    scenario.venue = "comparison = \"non_strict\"";
    auto const loose = Runner{scenario.text()}.run(1);

    EXPECT_EQ(strict.at(Column::liquidated), 0);
    EXPECT_EQ(loose.at(Column::liquidated), 1);
    EXPECT_EQ(loose.at(Column::breached_at_start), 1);
    EXPECT_EQ(loose.at(Column::first_liquidation_time), 0);
}

TEST(PathProgram, AnUnusablePriceIsCountedAsInvalidAndNeverAsSafe)
{
    Runner runner{DriftingAccount{.volatility = 0.5}.text()};
    runner.market().initial_price[0] = std::numeric_limits<double>::quiet_NaN();

    auto const outcomes = runner.run(64);

    for (int path = 0; path < 64; ++path)
        for (int scope = 0; scope < runner.program().num_scopes; ++scope)
            EXPECT_EQ(outcomes.at(Column::mark, path, scope), 1) << scope;
}

TEST(PathProgram, SilentOwnerIsLiquidatedAsADefault)
{
    DriftingAccount scenario{.drift_per_day = -0.01};
    scenario.balance = 250;
    scenario.call_health = 2;
    scenario.reserve = 10'000;
    scenario.response =
        "[[owner.response]]\naction = \"post\"\nasset = \"USDT\"\n"
        "probability = 0.0\ndelay = \"PT0S\"\ntarget_health = 3\n";

    auto const outcomes = Runner{scenario.text()}.run(1);

    EXPECT_EQ(outcomes.at(Column::topup_count), 0);
    EXPECT_EQ(outcomes.at(Column::defaulted), 1);
}

TEST(PathProgram, ReducingClosesTheShareThatLiftsHealthToItsTarget)
{
    DriftingAccount scenario{.drift_per_day = -0.005, .horizon = "P1D"};
    scenario.balance = 250;
    scenario.call_health = 2.05;
    scenario.half_spread = 0.001;
    scenario.response = "[[owner.response]]\naction = \"reduce\"\ntarget_health = 3\n";

    Runner const runner{scenario.text()};
    auto const ledger = runner.trace(0);
    auto const outcomes = runner.run(1);

    double const mark = grown(1, -0.005);
    double const equity = 250 + 10 * (mark - 1000);
    // 3 x 0.1 mark (1 - s) = equity - 0.001 x 10 mark s
    double const share = (0.3 * mark - equity) / (0.3 * mark - 0.01 * mark);
    EXPECT_NEAR(ledger.first(EventKind::reduced).amount, 10 * share, 1e-8);
    EXPECT_NEAR(ledger.first(EventKind::reduced).price, mark * (1 - 0.001), 1e-9);
    EXPECT_NEAR(ledger.accounts.back().health, 3, 1e-9);
    EXPECT_NEAR(outcomes.at(Column::topup_cost), 0.01 * mark * share, money);
}

TEST(PathProgram, LossIsTheSumOfItsPartsWhereTheMarketStandsStill)
{
    DriftingAccount scenario;  // breached at t_0, everything happens at constant prices
    scenario.balance = 90;
    scenario.call_health = 2;
    scenario.reserve = 20;
    scenario.funding = 0.002;
    scenario.half_spread = 0.002;
    scenario.liquidation = "price = \"market\"\nresidual = \"owner\"\nfee = 0.003";
    scenario.response =
        "[[owner.response]]\naction = \"post\"\nasset = \"USDT\"\nfee = 0.01\n"
        "delay = \"PT0S\"\ntarget_health = 3\n"
        "[[owner.response]]\naction = \"reduce\"\ntarget_health = 3\n"
        "limit = 0.1\n";

    auto const outcomes = Runner{scenario.text()}.run(1);

    double const parts =
        outcomes.at(Column::funding) + outcomes.at(Column::part_liquidation_slippage)
        + outcomes.at(Column::part_liquidation_fee) + outcomes.at(Column::part_forfeited)
        + outcomes.at(Column::part_response_cost) + outcomes.at(Column::part_spared);
    EXPECT_GT(outcomes.at(Column::part_response_cost), 0);
    EXPECT_GT(outcomes.at(Column::funding), 0);
    EXPECT_EQ(outcomes.at(Column::liquidated), 1);
    EXPECT_NEAR(outcomes.at(Column::loss), parts, money);
}

}  // namespace
}  // namespace brink
