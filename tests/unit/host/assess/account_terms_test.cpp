// SPDX-License-Identifier: Apache-2.0
#include "host/assess/account_terms.hpp"
#include "tests/unit/host/assess/assessed_text.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace brink::test {
namespace {

double sum_of(AccountReport const& account, AccountPart part)
{
    double sum = 0.0;
    for (TermLine const& term : account.terms)
        if (term.part == part)
            sum += term.value;
    return sum;
}

std::string formula_of(AccountReport const& account, AccountPart part, std::string const& subject)
{
    for (TermLine const& term : account.terms)
        if (term.part == part && term.subject == subject)
            return term.formula;
    return "none";
}

std::vector<std::string> scenario_files()
{
    std::string const folder = BRINK_SOURCE_DIR "/configs/";
    std::vector<std::string> files{folder + "quickstart.toml"};
    for (auto const& entry : std::filesystem::directory_iterator{folder + "examples"})
        if (entry.path().extension() == ".toml")
            files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

class TermsOfScenario : public testing::TestWithParam<std::string> {};

TEST_P(TermsOfScenario, AddUpToTheTotalsOfEveryAccount)
{
    Problems problems;
    ReadResult const read = read_scenario(GetParam(), {}, problems);
    auto const report = run_assess(read.scenario, {}, problems);
    ASSERT_TRUE(report);

    for (AccountReport const& account : report->accounts) {
        SCOPED_TRACE(account.account);
        auto const near_enough = [](double total) {
            return 1e-12 * (1.0 + std::abs(total)) * 10.0;
        };
        EXPECT_NEAR(sum_of(account, AccountPart::margin_equity), account.margin_equity,
                    near_enough(account.nav));
        EXPECT_NEAR(sum_of(account, AccountPart::maintenance_margin), account.maintenance_margin,
                    near_enough(account.maintenance_margin));
        EXPECT_NEAR(sum_of(account, AccountPart::initial_margin), account.initial_margin,
                    near_enough(account.initial_margin));
    }
}

INSTANTIATE_TEST_SUITE_P(Configs, TermsOfScenario, testing::ValuesIn(scenario_files()),
                         [](auto const& file) {
                             return std::filesystem::path{file.param}.stem().string();
                         });

std::string const tiered = R"(
[run]
as_of = 2025-07-01T00:00:00Z
seed = 1
paths = 64
horizon = "P1D"
step = "PT1H"
[market]
model = "gbm"
[[asset]]
name = "BTC"
price = 100
volatility = 0.5
[[asset]]
name = "USDT"
price = 1
model = "fixed"
[[instrument]]
name = "BTCUSDT"
venue = "exchange"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
[[venue]]
name = "exchange"
[[venue.schedules]]
instruments = ["BTCUSDT"]
close_fee_rate = 0.001
tiers = [
    { floor = 0, maintenance_rate = 0.01, maintenance_amount = 0, max_leverage = 20 },
    { floor = 1_000, maintenance_rate = 0.05, maintenance_amount = 40, max_leverage = 10 },
]
[[venue.collateral]]
asset = "BTC"
unit = "coin"
tiers = [{ floor = 0, ratio = 0.98 }, { floor = 10, ratio = 0.95 }, { floor = 20, ratio = 0.9 }]
[[venue.collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 0 }]
[[venue.borrow]]
asset = "USDT"
rate = 0.1
maintenance_rate = 0.04
initial_rate = 0.1
[[owner]]
name = "fund"
[[account]]
name = "main"
owner = "fund"
venue = "exchange"
balances = { USDT = -300, BTC = 25 }
positions = [{ instrument = "BTCUSDT", size = 20, entry_price = 90 }]
)";

TEST(AccountTerms, NameTheSlabsTheBracketAndTheRates)
{
    AccountReport const account = assess(tiered).accounts.at(0);

    // 10 x 0.98 + 10 x 0.95 + 5 x 0.9 = 23.8 coins (Bybit's help page, 2025-09-18)
    EXPECT_EQ(formula_of(account, AccountPart::margin_equity, "BTC"),
              "(10 x 0.98 + 10 x 0.95 + 5 x 0.9) BTC x 100");
    EXPECT_EQ(formula_of(account, AccountPart::margin_equity, "BTCUSDT P&L"),
              "20 BTC x 100 - 1800 USDT x 1");
    EXPECT_EQ(formula_of(account, AccountPart::margin_equity, "USDT debt"), "-300 x 1");
    EXPECT_EQ(formula_of(account, AccountPart::maintenance_margin, "BTCUSDT"),
              "2000 x 0.05 - 40 + 2000 x 0.001 closing fee");
    EXPECT_EQ(formula_of(account, AccountPart::maintenance_margin, "USDT debt"), "300 x 0.04");
    EXPECT_EQ(formula_of(account, AccountPart::initial_margin, "BTCUSDT"), "2000 x 0.1");
    EXPECT_EQ(formula_of(account, AccountPart::initial_margin, "USDT debt"), "300 x 0.1");
    EXPECT_DOUBLE_EQ(account.margin_equity, 2'380.0 + 200.0 - 300.0);
    EXPECT_DOUBLE_EQ(account.maintenance_margin, 60.0 + 2.0 + 12.0);
    EXPECT_DOUBLE_EQ(account.initial_margin, 230.0);
}

/// Deribit: a coin counts in full, its haircut against the initial margin only.
TEST(AccountTerms, PutAHaircutOfTheInitialMarginThere)
{
    std::string text = tiered;
    text.replace(text.find("asset = \"BTC\"\nunit = \"coin\""), 13,
                 "asset = \"BTC\"\nscope = \"initial\"");

    AccountReport const account = assess(text).accounts.at(0);

    EXPECT_EQ(formula_of(account, AccountPart::margin_equity, "BTC"), "2500 in full");
    EXPECT_DOUBLE_EQ(account.margin_equity, 2'500.0 + 200.0 - 300.0);
    EXPECT_DOUBLE_EQ(account.maintenance_margin, 60.0 + 2.0 + 12.0);
    EXPECT_DOUBLE_EQ(account.initial_margin, 230.0 + 120.0);
    EXPECT_DOUBLE_EQ(sum_of(account, AccountPart::initial_margin), account.initial_margin);
}

/// Ten of an option on a coin at 100, sold at a strike 10 from it.
AccountReport sold_option(std::string const& kind, double strike, std::string const& keys)
{
    std::string text = tiered;
    auto const put = [&](std::string const& at, std::string const& what) {
        text.insert(text.find(at), what);
    };
    put("[[venue]]",
        "[[instrument]]\nname = \"OPT\"\nvenue = \"exchange\"\nkind = \"" + kind
            + "\"\nbase = \"BTC\"\nquote = \"USDT\"\nstrike = " + std::to_string(strike)
            + "\nexpiry = 2025-12-26T08:00:00Z\nvolatility = 0.5\n");
    put("[[venue.schedules]]",
        "[[venue.schedules]]\ninstruments = [\"OPT\"]\nkind = \"short_option\"\noption = { "
        "initial_rate = 0.15, initial_least = 0.1, maintenance_rate = 0.075"
            + keys + " }\n");
    put("{ instrument = \"BTCUSDT\", size = 20", "{ instrument = \"OPT\", size = -10 }, ");
    return assess(text).accounts.at(0);
}

TEST(AccountTerms, NameTheRatesOfOptionsSold)
{
    AccountReport const call = sold_option("call", 110, "");
    AccountReport const put = sold_option("put", 90, ", put_follows_mark = true");
    auto const value_of = [](AccountReport const& account) {
        std::string const text = formula_of(account, AccountPart::margin_equity, "OPT value");
        return fmt::format("{:.10g}", 10.0 * std::stod(text.substr(text.find(" x ") + 3)));
    };
    auto const maintenance = [](AccountReport const& account) {
        for (TermLine const& term : account.terms)
            if (term.part == AccountPart::maintenance_margin && term.subject == "OPT")
                return fmt::format("{:.10g}", term.value);
        return std::string{"none"};
    };

    EXPECT_EQ(formula_of(call, AccountPart::maintenance_margin, "OPT"),
              "1000 x 0.075 + " + value_of(call));
    EXPECT_EQ(formula_of(call, AccountPart::initial_margin, "OPT"),
              "max(1000 x 0.15 - 100, 1000 x 0.1) + " + value_of(call));
    EXPECT_EQ(formula_of(put, AccountPart::maintenance_margin, "OPT"),
              "max(1000, " + value_of(put) + ") x 0.075 + " + value_of(put));
    EXPECT_EQ(formula_of(put, AccountPart::initial_margin, "OPT"),
              "max(max(1000 x 0.15 - 100, 1000 x 0.1) + " + value_of(put) + ", " + maintenance(put)
                  + ")");
}

/// The worst scenario by its moves, and contingencies on top of it.
TEST(AccountTerms, NameTheWorstScenarioOfAGrid)
{
    std::string text = tiered;
    std::string const venue = "name = \"exchange\"\n";
    text.replace(text.find(venue), venue.size(),
                 venue
                     + "requirement = \"grid\"\ngrid = { maintenance_factor = 0.5, scenarios = [{ "
                       "spot = [-0.1, 0.1] }, { spot = [-0.5], weight = 0.32 }], contingencies = [{ "
                       "of = \"futures\", rate = 0.01 }] }\n");

    AccountReport const account = assess(text).accounts.at(0);

    EXPECT_EQ(formula_of(account, AccountPart::initial_margin, "BTC grid"),
              "(320 (spot -0.5, volatility +0, counted 0.32) + 20) x 1");
    EXPECT_EQ(formula_of(account, AccountPart::maintenance_margin, "BTC grid"),
              "(320 (spot -0.5, volatility +0, counted 0.32) + 20) x 0.5");
    EXPECT_DOUBLE_EQ(account.maintenance_margin, 170.0 + 12.0);
    EXPECT_DOUBLE_EQ(account.initial_margin, 340.0 + 30.0);
    EXPECT_TRUE(account.positions.at(0).is_on_grid);
}

/// Where schedules ask for less than the grid, the grid's excess is a term of its own.
TEST(AccountTerms, AddWhatAGridRequiresAboveTheSchedules)
{
    std::string text = tiered;
    std::string const venue = "name = \"exchange\"\n";
    text.replace(text.find(venue), venue.size(),
                 venue
                     + "requirement = \"larger\"\ngrid = { maintenance_factor = 0.5, scenarios = [{ "
                       "spot = [-0.15, 0.15] }] }\n");

    AccountReport const account = assess(text).accounts.at(0);

    EXPECT_DOUBLE_EQ(account.maintenance_margin, 150.0 + 12.0);  // 300 x 0.5 above 62
    EXPECT_DOUBLE_EQ(account.initial_margin, 300.0 + 30.0);      // above 200
    EXPECT_DOUBLE_EQ(sum_of(account, AccountPart::maintenance_margin), account.maintenance_margin);
    EXPECT_DOUBLE_EQ(sum_of(account, AccountPart::initial_margin), account.initial_margin);
}

TEST(AccountTerms, AreShownOnRequestAlone)
{
    AssessReport const report = assess(tiered);

    EXPECT_THAT(assess_table(report, AssessDetail::terms),
                testing::AllOf(testing::HasSubstr("  62.00  BTCUSDT  "),
                               testing::HasSubstr("health = 2280.00 / 74.00 = 30.8108")));
    EXPECT_THAT(assess_table(report), testing::Not(testing::HasSubstr("computed as")));
    EXPECT_THAT(assess_json(report), testing::HasSubstr(R"("formula":"300 x 0.04")"));
}

}  // namespace
}  // namespace brink::test
