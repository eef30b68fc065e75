// SPDX-License-Identifier: Apache-2.0
#include "host/program/scenario_hash.hpp"
#include "tests/unit/host/program/built_scenario.hpp"

#include <gtest/gtest.h>

namespace brink::test {
namespace {

NumericsId const numerics{"strict-cpu", "float"};

EffectiveValues values_with(std::vector<std::string> const& options)
{
    BuiltScenario<> const scenario{market_and_venue + R"(
[output]
compression = 0
[[account]]
name = "main"
venue = "exchange"
balances = { USDT = 10 }
)",
                                   options};
    EXPECT_TRUE(scenario.problems.empty()) << scenario.said();
    return scenario.read.effective;
}

TEST(ScenarioHash, IsTheSha256OfLengthPrefixedFields)
{
    // printf '10:numerics 8\n10:strict-cpu\n5:float\n8:run.seed\n1:1\n' | sha256sum
    EXPECT_EQ(hash_scenario({{"run.seed", "1"}}, numerics),
              "c3a081a1f764e8d2ff2e3878880eee3db65f5277f24816c051c59a9cbe859fd9");
}

TEST(ScenarioHash, DoesNotChangeWithNamesPathsLimitsAndOutput)
{
    std::string const plain = hash_scenario(values_with({}), numerics);

    for (char const* option : {"run.name=other", "run.paths=128", "output.compression=4"})
        EXPECT_EQ(hash_scenario(values_with({option}), numerics), plain) << option;
}

TEST(ScenarioHash, ChangesWithEverythingThatChangesANumber)
{
    std::string const plain = hash_scenario(values_with({}), numerics);

    for (char const* option :
         {"run.seed=2", "run.step=PT4H", "asset.BTC.price=20001", "asset.BTC.volatility=0.51",
          "account.main.balances.USDT=11", "venue.exchange.recourse=true"})
        EXPECT_NE(hash_scenario(values_with({option}), numerics), plain) << option;
    EXPECT_NE(hash_scenario(values_with({}), {"strict-cuda", "float"}), plain);
    EXPECT_NE(hash_scenario(values_with({}), {"strict-cpu", "double"}), plain);
}

TEST(ScenarioHash, ListsTheKeysThatItCovers)
{
    EffectiveValues const values{
        {"asset.BTC.price", "1"}, {"limits.confident", "true"}, {"output.outcomes", "\"all\""},
        {"run.name", "\"x\""},    {"run.paths", "5"},           {"run.seed", "1"},
        {"stop.deadline", "\"\""}};

    EXPECT_EQ(hashed_values(values),
              (EffectiveValues{{"asset.BTC.price", "1"}, {"run.seed", "1"}}));
}

TEST(ScenarioHash, NamesTheFirstKeyThatDiffers)
{
    EffectiveValues const a{{"asset.BTC.price", "1"}, {"run.name", "x"}, {"run.seed", "1"}};
    EffectiveValues const other_name{
        {"asset.BTC.price", "1"}, {"run.name", "y"}, {"run.seed", "1"}};
    EffectiveValues const other_seed{
        {"asset.BTC.price", "1"}, {"run.name", "y"}, {"run.seed", "2"}};
    EffectiveValues const more{
        {"asset.BTC.drift", "0"}, {"asset.BTC.price", "1"}, {"run.seed", "1"}};
    EffectiveValues const fewer{{"asset.BTC.price", "1"}};

    EXPECT_FALSE(find_difference(a, other_name));
    EXPECT_EQ(find_difference(a, other_seed)->key, "run.seed");
    EXPECT_EQ(find_difference(a, other_seed)->first, a.at("run.seed"));
    EXPECT_EQ(find_difference(a, other_seed)->second, other_seed.at("run.seed"));
    EXPECT_EQ(find_difference(a, more)->key, "asset.BTC.drift");
    EXPECT_EQ(find_difference(a, more)->first, "absent");
    EXPECT_EQ(find_difference(more, a)->key, "asset.BTC.drift");
    EXPECT_EQ(find_difference(more, a)->second, "absent");
    EXPECT_EQ(find_difference(a, fewer)->key, "run.seed");
}

}  // namespace
}  // namespace brink::test
