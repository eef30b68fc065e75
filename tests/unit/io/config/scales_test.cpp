// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/io/config/scenario_text.hpp"

#include <gmock/gmock.h>

namespace brink {
namespace {

using test::messages_for;
using test::read_good;
using test::replaced;
using test::small_scenario;
using testing::ElementsAre;
using testing::HasSubstr;

/// The small scenario with a second coin that moves and a matrix for the two.
std::string two_coins()
{
    return replaced(small_scenario, "[[asset]]\nname = \"USDT\"",
                    "[[asset]]\nname = \"ETH\"\nprice = 2_000\nvolatility = 0.8\n"
                    "[[asset]]\nname = \"USDT\"")
           + R"(
[market.correlation]
assets = ["BTC", "ETH"]
matrix = [[1, 0.6], [0.6, 1]]
)";
}

double correlation_of(Scenario const& scenario)
{
    return scenario.market.correlation.matrix[0][1];
}

TEST(Scales, LeaveAScenarioAsItIsWhereNobodyWritesThem)
{
    ReadResult const input = read_good(two_coins());

    EXPECT_EQ(input.scenario.canonical.find("scale"), std::string::npos);
    EXPECT_EQ(input.scenario.canonical.find("blend"), std::string::npos);
}

TEST(Scales, MultiplyEveryVolatilityThatIsWritten)
{
    Scenario const scenario = read_good(two_coins() + R"(
[market]
volatility_scale = 2
[[market.regimes]]
name = "calm"
mean_duration = "P10D"
[[market.regimes]]
name = "wild"
mean_duration = "P1D"
volatilities = { BTC = 1.5 }
)")
                                  .scenario;

    EXPECT_EQ(scenario.assets[0].volatility, 1.2);
    EXPECT_EQ(scenario.assets[1].volatility, 1.6);
    EXPECT_EQ(scenario.assets[2].volatility, 0);
    EXPECT_EQ(scenario.market.regimes[1].volatilities[0].second, 3);
}

/// The variance of a Heston asset keeps its shape: Feller's ratio does not move.
TEST(Scales, MultiplyTheVolatilityOfAVarianceToo)
{
    Scenario const scenario =
        read_good(small_scenario,
                  {"asset.BTC.model=heston", "market.volatility_scale=2",
                   "asset.BTC.heston={ mean_reversion = 5, long_run_volatility = 0.5, vol_of_vol = "
                   "0.4, spot_vol_correlation = -0.5 }"})
            .scenario;

    EXPECT_EQ(scenario.assets[0].heston->long_run_volatility, 1.0);
    EXPECT_EQ(scenario.assets[0].heston->vol_of_vol, 0.8);
    EXPECT_EQ(scenario.assets[0].heston->mean_reversion, 5);
}

TEST(Scales, MoveTheWholeMatrix)
{
    auto const moved = [](std::vector<std::string> const& overrides) {
        return correlation_of(read_good(two_coins(), overrides).scenario);
    };

    EXPECT_EQ(moved({"market.correlation.level=-0.2"}), -0.2);
    EXPECT_EQ(moved({"market.correlation.scale=0.5"}), 0.3);
    EXPECT_EQ(moved({"market.correlation.scale=0"}), 0);
    EXPECT_EQ(moved({"market.correlation.blend=0.25"}), 0.75 * 0.6 + 0.25);
    EXPECT_EQ(
        moved({"market.correlation.blend=1", "market.correlation.blend_to=[[1, -0.5], [-0.5, 1]]"}),
        -0.5);
    // level first, then scale, then blend
    EXPECT_EQ(moved({"market.correlation.level=0.4", "market.correlation.scale=0.5",
                     "market.correlation.blend=0.5"}),
              0.5 * 0.2 + 0.5);
}

TEST(Scales, LevelWithoutAMatrixIsThatOfAllThatMove)
{
    Scenario const scenario = read_good(small_scenario, {"market.correlation.level=0.3"}).scenario;

    EXPECT_THAT(scenario.market.correlation.assets, ElementsAre("BTC"));
    EXPECT_THAT(scenario.market.correlation.matrix, ElementsAre(ElementsAre(1.0)));
}

TEST(Scales, MultiplyMaintenanceMargins)
{
    VenueConfig const venue =
        read_good(small_scenario, {"venue.exchange.maintenance_scale=1.5"}).scenario.venues[0];

    EXPECT_EQ(venue.schedules[0].tiers[1].maintenance_rate, 0.005 * 1.5);
    EXPECT_DOUBLE_EQ(*venue.schedules[0].tiers[1].maintenance_amount, 50 * 1.5);
    EXPECT_EQ(venue.schedules[0].tiers[1].max_leverage, 100);
}

TEST(Scales, MultiplyHaircuts)
{
    VenueConfig const venue =
        read_good(small_scenario, {"venue.exchange.haircut_scale=2"}).scenario.venues[0];

    EXPECT_DOUBLE_EQ(venue.collateral[0].tiers[0].ratio, 0.9);
    EXPECT_DOUBLE_EQ(venue.collateral[0].tiers[1].ratio, 0.8);
    EXPECT_EQ(venue.collateral[1].tiers[0].ratio, 1);
}

TEST(Scales, StandInTheEffectiveConfigAndReadBackToTheSame)
{
    std::vector<std::string> const overrides{
        "market.volatility_scale=1.3", "market.correlation.blend=0.1",
        "venue.exchange.maintenance_scale=1.1", "venue.exchange.haircut_scale=1.7"};
    ReadResult const input = read_good(two_coins(), overrides);
    ReadResult const again = read_good(input.scenario.canonical);

    EXPECT_EQ(input.effective.at("market.volatility_scale"), "1.3");
    EXPECT_EQ(input.effective.at("asset.BTC.volatility"), "0.6");
    EXPECT_EQ(again.scenario.canonical, input.scenario.canonical);
    EXPECT_EQ(again.scenario.assets[0].volatility, input.scenario.assets[0].volatility);
    EXPECT_EQ(again.scenario.venues[0].schedules[0].tiers[2].maintenance_amount,
              input.scenario.venues[0].schedules[0].tiers[2].maintenance_amount);
}

TEST(Scales, RefuseToLeaveARange)
{
    std::string const text =
        messages_for(two_coins(), {"market.correlation.scale=2", "venue.exchange.haircut_scale=20",
                                   "venue.exchange.maintenance_scale=200"});

    EXPECT_THAT(text, HasSubstr("market.correlation.scale: a correlation must be from -1 to 1, is "
                                "1.2 (BTC, ETH)"));
    EXPECT_THAT(text, HasSubstr("haircut_scale: takes a haircut of 0.1 to 2, above 1 (write 10 or "
                                "less)"));
    EXPECT_THAT(text, HasSubstr("maintenance_scale: takes a maintenance rate to 1.3, above 1"));
}

TEST(Scales, CheckTheMatrixToBlendWith)
{
    EXPECT_THAT(messages_for(two_coins(), {"market.correlation.blend=0.5",
                                           "market.correlation.blend_to=[[1, 2], [2, 1]]"}),
                HasSubstr("a correlation must be from -1 to 1, is 2 (BTC, ETH)"));
    EXPECT_THAT(messages_for(two_coins(), {"market.correlation.blend_to=[[1, 0.2], [0.2, 1]]"}),
                HasSubstr("market.correlation.blend_to: nothing is blended with it"));
}

}  // namespace
}  // namespace brink
