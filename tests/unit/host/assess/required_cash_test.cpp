// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/assess/assessed_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace brink::test {
namespace {

using testing::HasSubstr;

/// Long 1 BTC at 20,000 with 10x; nobody answers calls. IM 2,000, MM 200.
std::string const silent = market_and_venue + R"(
[[account]]
name = "main"
venue = "exchange"
balances = { USDT = 1_000 }
positions = [{ instrument = "BTCUSDT", size = 1, entry_price = 20_000, leverage = 10 }]
)";

/// A desk that lends USDT against BTC (90 %) and calls at 1.25.
std::string const loan = market_and_venue + R"(
[[venue]]
name = "desk"
health = "collateral_over_debt"
call_health = 1.25
[[venue.collateral]]
asset = "BTC"
tiers = [{ floor = 0, ratio = 0.9 }]
[[venue.collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1 }]
[[venue.borrow]]
asset = "USDT"
rate = 0.08
[[account]]
name = "main"
venue = "desk"
balances = { BTC = 1 }
loans = [{ asset = "USDT", amount = 16_000 }]
)";

std::string edited(std::string text, std::string const& from, std::string const& to)
{
    std::size_t const at = text.rfind(from);
    if (at == std::string::npos)
        throw std::runtime_error{"not in the scenario: " + from};
    return text.replace(at, from.size(), to);
}

RequiredCash required(std::string const& text, std::vector<AssetPrice> const& overrides = {})
{
    return assess(text, overrides).accounts.at(0).required_cash;
}

/// The status once `amount` USDT are in the account beside the 1,000.
AccountStatus status_with(std::string const& text, double amount)
{
    std::ostringstream balance;
    balance.precision(17);
    balance << "USDT = " << 1'000.0 + amount;
    return assess(edited(text, "USDT = 1_000", balance.str())).accounts.at(0).status;
}

TEST(RequiredCash, LiftsToTheInitialMarginWithoutAnyResponse)
{
    RequiredCash const cash = required(silent);

    EXPECT_EQ(cash.asset, "USDT");
    EXPECT_NEAR(cash.amount.value(), 1'000.0, 1e-9);  // 2,000 - 1,000
    EXPECT_NEAR(cash.value, 1'000.0, 1e-9);
    EXPECT_FALSE(cash.is_exclusive);
    EXPECT_EQ(status_with(silent, *cash.amount), AccountStatus::healthy);
    EXPECT_EQ(status_with(silent, *cash.amount - 0.01), AccountStatus::called);
}

TEST(RequiredCash, IsZeroForAHealthyAccountAndForOneThatCannotBeCalled)
{
    EXPECT_EQ(required(edited(silent, "USDT = 1_000", "USDT = 2_000")).amount, 0.0);
    std::string const spot = market_and_venue
                             + "[[account]]\nname = \"main\"\nvenue = \"exchange\"\n"
                               "balances = { BTC = 1 }\n";

    EXPECT_EQ(required(spot).asset, "BTC");
    EXPECT_EQ(required(spot).amount, 0.0);
}

TEST(RequiredCash, ReachesCallHealthWhereTheVenueCallsByIt)
{
    std::string const by_health =
        edited(edited(silent, "name = \"exchange\"\n", "name = \"exchange\"\ncall_health = 7.5\n"),
               "USDT = 1_000", "USDT = 1_200");

    EXPECT_NEAR(required(by_health).amount.value(), 300.0, 1e-9);  // 7.5 x 200 - 1,200
}

TEST(RequiredCash, OfANonStrictVenueIsCalledStillAtExactlyTheAmount)
{
    std::string const lenient = edited(silent, "name = \"exchange\"\n",
                                       "name = \"exchange\"\ncomparison = \"non_strict\"\n");
    RequiredCash const cash = required(lenient);

    EXPECT_NEAR(cash.amount.value(), 1'000.0, 1e-9);
    EXPECT_TRUE(cash.is_exclusive);
    EXPECT_EQ(status_with(lenient, 1'000.0), AccountStatus::called);
    EXPECT_EQ(status_with(lenient, 1'000.01), AccountStatus::healthy);
    EXPECT_EQ(status_with(silent, 1'000.0), AccountStatus::healthy);

    RequiredCash const at_level = required(edited(lenient, "USDT = 1_000", "USDT = 2_000"));
    EXPECT_EQ(at_level.amount, 0.0);
    EXPECT_TRUE(at_level.is_exclusive);
    EXPECT_FALSE(required(edited(lenient, "USDT = 1_000", "USDT = 2_001")).is_exclusive);
}

TEST(RequiredCash, UndoesTheHaircutOfACoin)
{
    // Inverse: 200 contracts of 100 USDT are 1 BTC at 20,000; IM 2,000, held: 0.9 x 0.05 x 20,000.
    std::string const inverse = edited(edited(silent, "USDT = 1_000", "BTC = 0.05"),
                                       "\"BTCUSDT\", size = 1", "\"BTCUSD\", size = 200");
    RequiredCash const cash = required(inverse);

    EXPECT_EQ(cash.asset, "BTC");
    EXPECT_NEAR(cash.amount.value(), (2'000.0 - 900.0) / (0.9 * 20'000.0), 1e-12);
    EXPECT_NEAR(cash.value, 1'100.0 / 0.9, 1e-8);
}

TEST(RequiredCash, GoesThroughTheSlabsOfACollateralCurve)
{
    // USDT counts in full to 1,500 and by half above: 500 to 1,500, then 500 / 0.5.
    std::string const slabs =
        edited(silent, "tiers = [{ floor = 0, ratio = 1 }]",
               "tiers = [{ floor = 0, ratio = 1 }, { floor = 1_500, ratio = 0.5 }]");

    EXPECT_NEAR(required(slabs).amount.value(), 500.0 + 1'000.0, 1e-9);
}

TEST(RequiredCash, RepaysTheDebtOfALoan)
{
    // Collateral 18,000: health 1.125; 18,000 / (16,000 - x) = 1.25 at x = 1,600.
    RequiredCash const cash = required(loan);

    EXPECT_EQ(cash.asset, "USDT");
    EXPECT_NEAR(cash.amount.value(), 1'600.0, 1e-8);
    EXPECT_EQ(required(loan, {{"BTC", 22'300.0}}).amount, 0.0);
}

TEST(RequiredCash, SaysWhereNoAmountDoesIt)
{
    // USDT counts for 1,500 at most, and the account has no other coin.
    std::string const capped = edited(silent, "tiers = [{ floor = 0, ratio = 1 }]",
                                      "cap = 1_500\ntiers = [{ floor = 0, ratio = 1 }]");
    AssessReport const report = assess(capped);

    EXPECT_FALSE(report.accounts.at(0).required_cash.amount.has_value());
    EXPECT_THAT(assess_table(report), HasSubstr("no amount of USDT"));
    auto const json = nlohmann::json::parse(assess_json(report)).at("accounts").at(0);
    EXPECT_TRUE(json.at("required_cash").at("amount").is_null());
    EXPECT_TRUE(json.at("required_cash").at("value").is_null());
}

TEST(RequiredCash, TakesAnotherCoinOfTheAccountWhereTheSettlementDoesNot)
{
    // 1,500 of USDT + 0.9 x 200 of BTC; 320 lack, which BTC gives at 90 %.
    std::string const capped = edited(edited(silent, "tiers = [{ floor = 0, ratio = 1 }]",
                                             "cap = 1_500\ntiers = [{ floor = 0, ratio = 1 }]"),
                                      "USDT = 1_000", "USDT = 1_500, BTC = 0.01");
    RequiredCash const cash = required(capped);

    EXPECT_EQ(cash.asset, "BTC");
    EXPECT_NEAR(cash.value, 320.0 / 0.9, 1e-8);
}

TEST(RequiredCash, StandsInTableJsonAndWatchLines)
{
    std::string const table = assess_table(assess(silent));
    auto const json = nlohmann::json::parse(assess_json(assess(silent))).at("accounts").at(0);
    Problems problems;
    ReadResult const read = read_scenario_text(silent, "test.toml", {}, problems);
    std::istringstream updates{"{\"BTC\": 20000}\n"};
    std::ostringstream out, errors;
    (void)watch_prices(read.scenario, updates, out, errors, problems);
    auto const watched = nlohmann::json::parse(out.str()).at("accounts").at(0);

    EXPECT_THAT(table, HasSubstr("cash to the call level: 1000 USDT, worth 1000.00"));
    EXPECT_EQ(json.at("required_cash").at("asset"), "USDT");
    EXPECT_NEAR(json.at("required_cash").at("amount").get<double>(), 1'000.0, 1e-9);
    EXPECT_EQ(json.at("required_cash").at("exclusive"), false);
    EXPECT_EQ(watched.at("required_cash"), json.at("required_cash"));
    EXPECT_TRUE(json.at("top_ups").empty());
}

}  // namespace
}  // namespace brink::test
