// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/assess/assessed_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace brink::test {
namespace {

using testing::HasSubstr;

std::string const fund = market_and_venue + R"(
[[owner]]
name = "fund"
reserve = { USDT = 500 }
[[owner.response]]
action = "post"
asset = "USDT"
target_health = 5
fee = 0.01
[[account]]
name = "main"
owner = "fund"
venue = "exchange"
balances = { USDT = 1_000, BTC = 0.1 }
positions = [{ instrument = "BTCUSDT", size = 1, entry_price = 21_000, leverage = 10 }]
)";

TEST(Assess, ShowsTheTermsThatHealthIsMadeOf)
{
    AssessReport const report = assess(fund);
    AccountReport const& account = report.accounts.at(0);

    // Equity: 1,000 + 0.9 x 2,000 - 1,000 = 1,800; MM 200; IM 2,000: called.
    EXPECT_EQ(account.status, AccountStatus::called);
    EXPECT_DOUBLE_EQ(account.margin_equity, 1'800.0);
    EXPECT_DOUBLE_EQ(account.maintenance_margin, 200.0);
    EXPECT_DOUBLE_EQ(account.initial_margin, 2'000.0);
    EXPECT_DOUBLE_EQ(account.health, 9.0);
    EXPECT_DOUBLE_EQ(account.nav, 2'000.0);
    EXPECT_DOUBLE_EQ(report.reserve, 500.0);
    ASSERT_EQ(account.holdings.size(), 2u);
    EXPECT_EQ(account.holdings[0].asset, "BTC");
    EXPECT_DOUBLE_EQ(account.holdings[0].collateral_value, 1'800.0);
    EXPECT_DOUBLE_EQ(account.holdings[0].market_value, 2'000.0);
    ASSERT_EQ(account.positions.size(), 1u);
    EXPECT_DOUBLE_EQ(account.positions[0].unrealised_pnl, -1'000.0);
    EXPECT_DOUBLE_EQ(account.positions[0].entry_price, 21'000.0);
    EXPECT_EQ(account.positions[0].bracket, 1);
}

TEST(Assess, TheTermsAddUpToMarginEquity)
{
    AccountReport const account = assess(fund).accounts.at(0);
    double sum = 0.0;
    for (HoldingLine const& line : account.holdings)
        sum += line.collateral_value - line.debt * line.price;
    for (PositionLine const& line : account.positions)
        sum += line.unrealised_pnl;

    EXPECT_DOUBLE_EQ(sum, account.margin_equity);
}

TEST(Assess, OverriddenPricesReplaceThoseOfTheScenario)
{
    AccountReport const account = assess(fund, {{"BTC", 22'000.0}}).accounts.at(0);

    EXPECT_DOUBLE_EQ(account.margin_equity, 1'000.0 + 1'980.0 + 1'000.0);
    EXPECT_EQ(account.status, AccountStatus::healthy);
}

TEST(Assess, TheTopUpLiftsTheAccountOverTargetAndCallLevelAfterItsFee)
{
    AccountReport const account = assess(fund).accounts.at(0);

    // 200 lack to the initial margin; the target of 5 x 200 is met already. 1 % of the post is
    // lost.
    ASSERT_EQ(account.top_ups.size(), 1u);
    EXPECT_EQ(account.top_ups[0].asset, "USDT");
    EXPECT_NEAR(account.top_ups[0].amount.value(), 200.0 / 0.99, 1e-9);
    EXPECT_EQ(account.top_ups[0].reserve, 500.0);
    EXPECT_TRUE(account.top_ups[0].is_covered);
}

TEST(Assess, ATopUpBeyondTheReserveIsNotCovered)
{
    AccountReport const account = assess(fund, {{"BTC", 19'000.0}}).accounts.at(0);

    // Equity 1,000 + 1,710 - 2,000 = 710 against an IM of 1,900.
    EXPECT_NEAR(account.top_ups.at(0).amount.value(), 1'190.0 / 0.99, 1e-9);
    EXPECT_FALSE(account.top_ups[0].is_covered);
}

TEST(Assess, StatusFollowsThePriceFromHealthyToBankrupt)
{
    auto const status_at = [](double price) {
        return assess(fund, {{"BTC", price}}).accounts.at(0).status;
    };

    // Liquidated where 1.09 p - 20,000 < 0.01 p, bankrupt where 1.1 p <= 20,000.
    EXPECT_EQ(status_at(22'000), AccountStatus::healthy);
    EXPECT_EQ(status_at(20'000 / 1.08 + 1), AccountStatus::called);
    EXPECT_EQ(status_at(20'000 / 1.08 - 1), AccountStatus::liquidatable);
    EXPECT_EQ(status_at(20'000 / 1.1 - 1), AccountStatus::bankrupt);
}

TEST(Assess, UnknownAssetsAndBadPricesAreCommandLineErrors)
{
    Problems problems;
    ReadResult const read = read_scenario_text(fund, "test.toml", {}, problems);
    auto const prices = parse_price_options({"BTC=61000", "ETH", "=3", "BTC=x"}, problems);
    EXPECT_EQ(prices.size(), 1u);
    EXPECT_EQ(problems.problems().size(), 3u);

    EXPECT_FALSE(run_assess(read.scenario, {{"DOGE", 1.0}}, problems));
    EXPECT_FALSE(run_assess(read.scenario, {{"BTC", -1.0}}, problems));
    EXPECT_EQ(problems.exit_code(), ExitCode::usage);
    EXPECT_THAT(problems.problems().at(3).reason, HasSubstr("unknown asset \"DOGE\""));
}

TEST(Assess, JsonHasOneKeyPerMemberAndNullForNone)
{
    auto const json = nlohmann::json::parse(assess_json(assess(fund)));
    auto const& account = json.at("accounts").at(0);

    EXPECT_EQ(account.at("status"), "called");
    EXPECT_EQ(account.at("health"), 9.0);
    EXPECT_EQ(account.at("distance_to_call"), -200.0);
    auto const& btc = account.at("prices").at(0);
    EXPECT_EQ(btc.at("asset"), "BTC");
    EXPECT_NEAR(btc.at("liquidation_below").get<double>(), 20'000 / 1.08, 1e-8);
    EXPECT_TRUE(btc.at("liquidation_above").is_null());
    // Called already: the price at which it no longer is, 1.09 p - 20,000 = 0.1 p.
    EXPECT_NEAR(btc.at("call_above").get<double>(), 20'000 / 0.99, 1e-8);
}

TEST(Assess, TheTableNamesAccountsAndPrices)
{
    std::string const table = assess_table(assess(fund));

    EXPECT_THAT(table, HasSubstr("main (fund at exchange): called"));
    EXPECT_THAT(table, HasSubstr("liquidation below"));
    EXPECT_THAT(table, HasSubstr("none"));
}

struct Watched {
    ExitCode code;
    std::vector<nlohmann::json> lines;
    std::string errors;
};

Watched watch(std::string const& updates)
{
    Problems problems;
    ReadResult const read = read_scenario_text(fund, "test.toml", {}, problems);
    std::istringstream in{updates};
    std::ostringstream out, errors;
    Watched watched{watch_prices(read.scenario, in, out, errors, problems), {}, {}};
    std::istringstream written{out.str()};
    for (std::string line; std::getline(written, line);)
        watched.lines.push_back(nlohmann::json::parse(line));
    watched.errors = errors.str();
    return watched;
}

TEST(PriceWatch, WritesAllAccountsFirstAndThenThoseWhoseStatusChanged)
{
    Watched const watched = watch(
        "{\"BTC\": 22000, \"time\": \"2025-01-01T00:00:00Z\"}\n"
        "{\"BTC\": 22100}\n"
        "\n"
        "{\"BTC\": 20000}\n");

    EXPECT_EQ(watched.code, ExitCode::ok);
    ASSERT_EQ(watched.lines.size(), 3u);
    EXPECT_EQ(watched.lines[0].at("time"), "2025-01-01T00:00:00Z");
    EXPECT_EQ(watched.lines[0].at("accounts").at(0).at("status"), "healthy");
    EXPECT_TRUE(watched.lines[1].at("accounts").empty());
    EXPECT_EQ(watched.lines[2].at("line"), 4);
    EXPECT_EQ(watched.lines[2].at("accounts").at(0).at("status"), "called");
    EXPECT_NEAR(
        watched.lines[2].at("accounts").at(0).at("top_ups").at(0).at("amount").get<double>(),
        200.0 / 0.99, 1e-9);
}

TEST(PriceWatch, BadLinesChangeNothingAndAreReportedWithTheirNumber)
{
    Watched const watched = watch(
        "{\"BTC\": 22000}\n"
        "{\"BTC\": 20000, \"DOGE\": 1}\n"
        "not json\n"
        "{\"BTC\": \"x\"}\n"
        "{\"BTC\": -5}\n"
        "{}\n"
        "{\"USDT\": 1.0}\n");

    EXPECT_EQ(watched.code, ExitCode::data);
    ASSERT_EQ(watched.lines.size(), 2u);
    EXPECT_EQ(watched.lines[1].at("prices").at("BTC"), 22'000.0);
    EXPECT_TRUE(watched.lines[1].at("accounts").empty());
    for (char const* start : {"line 2: unknown asset", "line 3: is no JSON", "line 4: the price of",
                              "line 5: the price of BTC must be above 0", "line 6: names no price"})
        EXPECT_THAT(watched.errors, HasSubstr(start));
}

}  // namespace
}  // namespace brink::test
