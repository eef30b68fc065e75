// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/io/config/scenario_text.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace brink {
namespace {

using test::messages_for;
using test::read_good;
using test::replaced;
using test::small_scenario;
using testing::HasSubstr;

TEST(ScenarioReader, ReadsEachTable)
{
    Scenario const scenario = read_good(small_scenario).scenario;

    EXPECT_EQ(scenario.run.as_of, 1'751'328'000);
    EXPECT_EQ(scenario.run.paths, 1'000U);
    EXPECT_EQ(scenario.run.horizon, 86'400);
    EXPECT_EQ(scenario.run.step, 3'600);
    ASSERT_EQ(scenario.assets.size(), 2U);
    EXPECT_EQ(scenario.assets[0].price, 100'000);
    EXPECT_EQ(scenario.assets[1].model, MarginalModel::fixed);
    ASSERT_EQ(scenario.accounts.size(), 1U);
    EXPECT_EQ(scenario.accounts[0].positions[0].size, 2);
    EXPECT_EQ(scenario.accounts[0].positions[0].leverage, 10);
    EXPECT_TRUE(scenario.accounts[0].named);
}

TEST(ScenarioReader, KeepsTheOrderOfTheFile)
{
    Scenario const scenario = read_good(small_scenario).scenario;

    EXPECT_EQ(scenario.accounts[0].balances, (Amounts{{"USDT", 20'000}, {"BTC", 1}}));
    EXPECT_EQ(scenario.owners[0].reserve, (Amounts{{"USDT", 10'000}, {"BTC", 0.5}}));
}

TEST(ScenarioReader, RemembersWhereEachKeyStood)
{
    Scenario const scenario = read_good(small_scenario).scenario;

    Where const where = scenario.assets[0].at("volatility");
    EXPECT_EQ(where.file, "test.toml");
    EXPECT_EQ(where.line, 11);
    EXPECT_EQ(where.column, 1);
    EXPECT_EQ(where.key, "asset[0].volatility");
    EXPECT_EQ(scenario.accounts[0].positions[0].at("size").key, "account[0].positions[0].size");
}

TEST(ScenarioReader, FillsMaintenanceAmountsByTheRecurrence)
{
    auto const tiers = read_good(small_scenario).scenario.venues[0].schedules[0].tiers;

    EXPECT_DOUBLE_EQ(tiers[0].maintenance_amount.value(), 0);
    EXPECT_DOUBLE_EQ(tiers[1].maintenance_amount.value(), 50);   // 50,000 (0.005 - 0.004)
    EXPECT_DOUBLE_EQ(tiers[2].maintenance_amount.value(), 950);  // 50 + 600,000 (0.0065 - 0.005)
}

TEST(ScenarioReader, SettlesLinearInQuoteAndInverseInBase)
{
    std::string const inverse =
        replaced(replaced(small_scenario, "\"linear_perp\"", "\"inverse_perp\""),
                 "quote = \"USDT\"", "quote = \"USD\"\ncontract_size = 100");

    EXPECT_EQ(read_good(small_scenario).scenario.instruments[0].settlement, "USDT");
    EXPECT_EQ(read_good(inverse).scenario.instruments[0].settlement, "BTC");
}

TEST(ScenarioReader, AddsTheNumeraireAsAnAssetOnlyWhereItIsUsed)
{
    std::string const inverse =
        replaced(replaced(small_scenario, "\"linear_perp\"", "\"inverse_perp\""),
                 "quote = \"USDT\"", "quote = \"USD\"\ncontract_size = 100");

    auto const assets = read_good(inverse).scenario.assets;

    ASSERT_EQ(assets.size(), 3U);
    EXPECT_EQ(assets[2].name, "USD");
    EXPECT_EQ(assets[2].price, 1);
    EXPECT_EQ(assets[2].model, MarginalModel::fixed);
    EXPECT_EQ(read_good(small_scenario).scenario.assets.size(), 2U);
}

TEST(ScenarioReader, MakesAnAccountWithoutOwnerItsOwn)
{
    Scenario const scenario =
        read_good(replaced(small_scenario, "name = \"main\"\nowner = \"fund\"", "name = \"main\""))
            .scenario;

    EXPECT_EQ(scenario.accounts[0].owner, "main");
    ASSERT_EQ(scenario.owners.size(), 2U);
    EXPECT_EQ(scenario.owners[1].name, "main");
    EXPECT_TRUE(scenario.owners[1].response.empty());
}

TEST(ScenarioReader, CallsByHealthWhereCallHealthIsGiven)
{
    auto const rule = [](std::string const& text) {
        return read_good(text).scenario.venues[0].call;
    };

    EXPECT_EQ(rule(small_scenario), CallRule::initial_margin);
    EXPECT_EQ(rule(replaced(small_scenario, "name = \"exchange\"",
                            "name = \"exchange\"\ncall_health = 1.5")),
              CallRule::health);
}

TEST(ScenarioReader, ReadsMixingWords)
{
    auto const mixing = [](std::string const& word) {
        return read_good(small_scenario
                         + "\n[market]\nmodel = \"student_t\"\ndegrees_of_freedom = 4\nmixing = "
                         + word)
            .scenario.market.mixing;
    };

    EXPECT_EQ(mixing("\"step\""), 0);
    EXPECT_EQ(mixing("\"PT2H\""), 7'200);
    EXPECT_TRUE(std::isinf(mixing("\"path\"")));
}

TEST(ScenarioReader, ReadsUnquotedLimitsAsOneKey)
{
    auto const limits =
        read_good(small_scenario + "\n[limits]\nbook.loss.es_0.99 = 5e4\nconfident = true\n")
            .scenario.limits;

    ASSERT_EQ(limits.size(), 1U);
    EXPECT_EQ(limits[0].statistic, "book.loss.es_0.99");
    EXPECT_EQ(limits[0].threshold, 5e4);
    EXPECT_TRUE(limits[0].confident);
}

TEST(ScenarioReader, LimitsAnIsolatedAccountByPosition)
{
    std::string const isolated =
        replaced(replaced(small_scenario, "balances = {", "mode = \"isolated\"\nbalances = {"),
                 "leverage = 10 }", "leverage = 10, margin = 20_000 }");

    (void)read_good(isolated + "\n[limits]\n\"account:main/BTCUSDT.called.prob\" = 0.1\n");
    EXPECT_THAT(messages_for(isolated + "\n[limits]\n\"account:main.called.prob\" = 0.1\n"),
                HasSubstr("unknown account \"main\" (did you mean \"main/BTCUSDT\"?)"));
}

TEST(ScenarioReader, KeepsLevelsAsTheDecimalsWritten)
{
    auto const statistics =
        read_good(small_scenario + "\n[statistics]\nlevels = [0.95, \"0.9990\"]\n")
            .scenario.statistics;

    EXPECT_EQ(statistics.levels, (std::vector<std::string>{"0.95", "0.999"}));
}

TEST(ScenarioReader, WarnsOfAssumptionsWithoutRefusing)
{
    Problems problems;
    std::string const uncorrelated =
        replaced(small_scenario, "model = \"fixed\"\n", "volatility = 0.01\n");

    (void)read_scenario_text(uncorrelated, "test.toml", {}, problems);

    EXPECT_TRUE(problems.empty());
    ASSERT_EQ(problems.warnings().size(), 1U);
    EXPECT_THAT(problems.warnings()[0].reason, HasSubstr("BTC, USDT: taken as uncorrelated"));
}

TEST(ScenarioReader, WarnsWhereManyMixingDrawsMakeTheReturnGaussian)
{
    Problems problems;
    std::string const text =
        replaced(small_scenario, "horizon = \"P1D\"", "horizon = \"P3D\"")
        + "\n[market]\nmodel = \"student_t\"\ndegrees_of_freedom = 4\nmixing = \"step\"\n";

    (void)read_scenario_text(text, "test.toml", {}, problems);

    EXPECT_TRUE(problems.empty()) << test::all_messages(problems);
    ASSERT_EQ(problems.warnings().size(), 1U);
    EXPECT_THAT(problems.warnings()[0].reason, HasSubstr("72 mixing draws"));
}

TEST(ScenarioReader, TakesTheTierAtTheMarkNotAtEntry)
{
    // 0.5 BTC: 50,000 at the mark of 100,000 is still the first tier, 0.51 BTC is the second.
    auto const with_size = [](char const* size) {
        return replaced(replaced(small_scenario, "size = 2", size), "leverage = 10 }",
                        "leverage = 120 }");
    };

    (void)read_good(with_size("size = 0.5"));
    EXPECT_THAT(messages_for(with_size("size = 0.51")), HasSubstr("120x is more than the 100x"));
}

}  // namespace
}  // namespace brink
