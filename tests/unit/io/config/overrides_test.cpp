// SPDX-License-Identifier: Apache-2.0
#include "io/config/overrides.hpp"
#include "io/config/toml_parser.hpp"
#include "tests/unit/io/config/scenario_text.hpp"

#include <gmock/gmock.h>

namespace brink {
namespace {

using test::messages_for;
using test::read_good;
using test::replaced;
using test::small_scenario;
using testing::HasSubstr;

TEST(Overrides, ReachEveryKeyByNameOrIndex)
{
    Scenario const scenario =
        read_good(
            small_scenario,
            {"run.paths=1e6", "asset.BTC.volatility=0.9", "asset[1].price=0.99",
             "account.main.balances.USDT=1e6", "account.main.positions.BTCUSDT.size=-3",
             "venue.exchange.liquidation.fee=0.01", "venue.0.collateral.BTC.tiers.1.ratio=0.5",
             "venue.exchange.schedules.BTCUSDT.close_fee_rate=0.001",
             "owner.fund.response.post.delay=PT2H"})
            .scenario;

    EXPECT_EQ(scenario.run.paths, 1'000'000U);
    EXPECT_EQ(scenario.assets[0].volatility, 0.9);
    EXPECT_EQ(scenario.assets[1].price, 0.99);
    EXPECT_EQ(scenario.accounts[0].balances[0].second, 1e6);
    EXPECT_EQ(scenario.accounts[0].positions[0].size, -3);
    EXPECT_EQ(scenario.venues[0].liquidation.fee, 0.01);
    EXPECT_EQ(scenario.venues[0].collateral[0].tiers[1].ratio, 0.5);
    EXPECT_EQ(scenario.venues[0].schedules[0].close_fee_rate, 0.001);
    EXPECT_EQ(scenario.owners[0].response[0].delay.a, 7'200);
}

TEST(Overrides, LeadToOnePlaceHoweverTheyAreSpelled)
{
    Problems problems;
    auto root = parse_toml(small_scenario, "small.toml", problems);
    auto const steps = [&](std::string const& key) { return resolve_key(*root, key); };

    EXPECT_EQ(steps("asset.BTC.volatility"), steps("asset[0].volatility"));
    EXPECT_EQ(steps("\"asset\".00.volatility"), steps("asset.0.volatility"));
    EXPECT_EQ(steps("venue.exchange.schedules.BTCUSDT.tiers"), steps("venue.0.schedules.0.tiers"));
    EXPECT_NE(steps("asset.BTC.volatility"), steps("asset.USDT.volatility"));
    EXPECT_EQ(steps("market.unknown.0"), (std::vector<std::string>{"market", "unknown", "0"}));
    EXPECT_TRUE(steps("asset..price").empty());
}

TEST(Overrides, TakeTomlValuesAndBareWords)
{
    Scenario const scenario =
        read_good(small_scenario, {"run.name=\"two words\"", "run.precision=double",
                                   "run.as_of=2025-07-02T00:00:00Z", "run.horizon=P2D",
                                   "statistics.levels=[0.99]", "venue.exchange.recourse=true"})
            .scenario;

    EXPECT_EQ(scenario.run.name, "two words");
    EXPECT_EQ(scenario.run.precision, Precision::float64);
    EXPECT_EQ(scenario.run.as_of, 1'751'414'400);
    EXPECT_EQ(scenario.run.horizon, 172'800);
    EXPECT_EQ(scenario.statistics.levels, std::vector<std::string>{"0.99"});
    EXPECT_TRUE(scenario.venues[0].recourse);
}

TEST(Overrides, MakeTablesAndLimitsOnTheWay)
{
    Scenario const scenario =
        read_good(small_scenario, {"limits.book.loss.es_0.99=7", "output.outcomes=none"}).scenario;

    ASSERT_EQ(scenario.limits.size(), 1U);
    EXPECT_EQ(scenario.limits[0].statistic, "book.loss.es_0.99");
    EXPECT_EQ(scenario.output.outcomes, OutcomeColumns::none);
}

TEST(Overrides, TheLastOneWins)
{
    EXPECT_EQ(read_good(small_scenario, {"run.paths=5", "run.paths=7"}).scenario.run.paths, 7U);
}

TEST(Overrides, ReplaceALimitOfTheFile)
{
    auto const limits = read_good(small_scenario + "\n[limits]\n\"book.loss.es_0.99\" = 1\n",
                                  {"limits.book.loss.es_0.99=7"})
                            .scenario.limits;

    ASSERT_EQ(limits.size(), 1U);
    EXPECT_EQ(limits[0].threshold, 7);
}

TEST(Overrides, TakeQuotedKeysWithDotsAndEqualsSigns)
{
    std::string const text = replaced(small_scenario + "\n[limits]\nconfident = true\n",
                                      "name = \"main\"", "name = \"a=b.c[0]\"");
    Scenario const scenario =
        read_good(text, {"account.\"a=b.c[0]\".balances.USDT=5", "limits.\"book.loss.es_0.99\"=1e6",
                         "limits.\"account:a=b.c[0].liquidated.prob\"=0.1", "run.name=\"x=y\""})
            .scenario;

    EXPECT_EQ(scenario.accounts[0].balances[0].second, 5);
    ASSERT_EQ(scenario.limits.size(), 2U);
    EXPECT_EQ(scenario.limits[0].statistic, "book.loss.es_0.99");
    EXPECT_EQ(scenario.limits[0].threshold, 1e6);
    EXPECT_EQ(scenario.limits[1].statistic, "account:a=b.c[0].liquidated.prob");
    EXPECT_EQ(scenario.run.name, "x=y");
}

TEST(Overrides, AreThePositionOfTheirValue)
{
    EXPECT_EQ(
        messages_for(small_scenario, {"asset.BTC.volatility=-1"}),
        "--set asset.BTC.volatility=-1: error: asset[0].volatility: must be >= 0 and <= 1000, "
        "is -1.0\n");
}

TEST(Overrides, AreRefusedWhereTheyHaveNoForm)
{
    EXPECT_THAT(messages_for(small_scenario, {"run.paths"}), HasSubstr("needs the form KEY=VALUE"));
    EXPECT_THAT(messages_for(small_scenario, {"limits.\"book.loss.es_0.99=5"}),
                HasSubstr("needs the form KEY=VALUE: a quote of the key is not closed (such as"));
    EXPECT_THAT(messages_for(small_scenario, {"=5"}), HasSubstr("is not a dotted key"));
    EXPECT_THAT(messages_for(small_scenario, {"run..paths=5"}), HasSubstr("is not a dotted key"));
    EXPECT_THAT(messages_for(small_scenario, {"run.name=[1"}), HasSubstr("neither TOML nor"));
    EXPECT_THAT(messages_for(small_scenario, {"run.name="}), HasSubstr("neither TOML nor"));
    EXPECT_THAT(messages_for(small_scenario, {"run.name=1\nrun.seed=2"}),
                HasSubstr("neither TOML nor"));
    EXPECT_THAT(messages_for(small_scenario, {"run.paths.x=5"}),
                HasSubstr("the key goes on after a value that is an integer"));
}

}  // namespace
}  // namespace brink
