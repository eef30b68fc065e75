// SPDX-License-Identifier: Apache-2.0
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/io/config/scenario_text.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>

namespace brink {
namespace {

using test::replaced;
using test::small_scenario;
using testing::HasSubstr;

/// A scenario in a folder with other files.
class Include : public testing::Test {
  protected:
    test::TemporaryFolder folder_;
    Problems problems_;

    void write(std::string const& name, std::string const& text) const
    {
        std::filesystem::create_directories((folder_.path() / name).parent_path());
        std::ofstream{folder_.path() / name} << text;
    }
    Scenario read(std::string const& text, std::vector<std::string> const& overrides = {})
    {
        write("s.toml", text);
        auto result = read_scenario((folder_.path() / "s.toml").string(), overrides, problems_);
        EXPECT_TRUE(problems_.empty()) << test::all_messages(problems_);
        return result.scenario;
    }
    /// The small scenario with keys added to its venue.
    static std::string with_venue_keys(std::string const& keys)
    {
        return replaced(small_scenario, "name = \"exchange\"", "name = \"exchange\"\n" + keys);
    }
};

TEST_F(Include, OwnKeysOfTheVenueWin)
{
    write("rules/v.toml",
          "liquidation_health = 1.1\ninsurance_fund = 5\n"
          "[liquidation]\nfee = 0.01\ntiers_down = 2\nreduction = \"tier_by_tier\"\n");

    VenueConfig const venue =
        read(with_venue_keys("include = \"rules/v.toml\"\ninsurance_fund = 7\n"
                             "liquidation = { fee = 0.02 }"))
            .venues[0];

    EXPECT_EQ(venue.liquidation_health, 1.1);
    EXPECT_EQ(venue.insurance_fund, 7);
    EXPECT_EQ(venue.liquidation.fee, 0.02);
    EXPECT_EQ(venue.liquidation.tiers_down, 2);
    EXPECT_EQ(venue.at("liquidation_health").file, (folder_.path() / "rules/v.toml").string());
}

TEST_F(Include, CollateralMergesByAssetAndSchedulesByInstrument)
{
    write("v.toml",
          "[[collateral]]\nasset = \"USDT\"\ncap = 9\ntiers = [{ floor = 0, ratio = 0.5 }]\n"
          "[[collateral]]\nasset = \"ETH\"\ntiers = [{ floor = 0, ratio = 0.5 }]\n"
          "[[schedules]]\ninstruments = [\"BTCUSDT\", \"ETHUSDT\"]\n"
          "tiers = [{ floor = 0, maintenance_rate = 0.5 }]\n");

    VenueConfig const venue = read(with_venue_keys("include = \"v.toml\"")).venues[0];

    ASSERT_EQ(venue.collateral.size(), 2U) << "ETH concerns nothing in this scenario";
    EXPECT_EQ(venue.collateral[1].tiers[0].ratio, 1);
    EXPECT_EQ(venue.collateral[1].cap, 9);
    ASSERT_EQ(venue.schedules.size(), 1U);
    EXPECT_EQ(venue.schedules[0].tiers[0].maintenance_rate, 0.004);
}

/// What a table says in one way goes with what the file says in another.
TEST_F(Include, ADerivedRatioOrRateReplacesTheStatedOneAndTheOtherWayRound)
{
    std::string const derived_ratio =
        "from_liquidity = { volatility = 0.1, liquidity = 1e7, debt_cap = 1e6, confidence = 2 }";
    std::string const curve =
        "curve = { utilisation = 0.5, kink = 0.9, base_rate = 0, slope_below = 0.1, slope_above = "
        "1 }";
    auto const rows = [](std::string const& collateral, std::string const& borrow) {
        return "[[collateral]]\nasset = \"ETH\"\n" + collateral + "\n[[borrow]]\nasset = \"USDT\"\n"
               + borrow + "\n";
    };
    std::string const eth = "[[asset]]\nname = \"ETH\"\nprice = 2_000\nvolatility = 0.7\n";
    auto const read_over = [&](std::string const& file, std::string const& collateral,
                               std::string const& borrow, std::vector<std::string> const& options) {
        write("v.toml", file);
        std::string text = with_venue_keys("include = \"v.toml\"\n" + borrow) + eth;
        if (!collateral.empty())
            text = replaced(text, "collateral = [",
                            "collateral = [ { asset = \"ETH\", " + collateral + " },");
        return read(text, options).venues[0];
    };
    std::string const stated = rows("tiers = [{ floor = 0, ratio = 0.5 }]", "rate = 0.2");
    std::string const derived = rows(derived_ratio, curve);

    VenueConfig const now_derived =
        read_over(stated, derived_ratio, "borrow = [{ asset = \"USDT\", " + curve + " }]", {});
    VenueConfig const now_stated = read_over(derived, "tiers = [{ floor = 0, ratio = 0.5 }]",
                                             "borrow = [{ asset = \"USDT\", rate = 0.2 }]", {});
    VenueConfig const by_option =
        read_over(derived, {}, {},
                  {"venue.exchange.borrow.USDT.rate=0.2",
                   "venue.exchange.collateral.ETH.tiers=[{ floor = 0, ratio = 0.5 }]"});

    EXPECT_FALSE(now_derived.borrow[0].rate);
    EXPECT_TRUE(now_derived.borrow[0].curve);
    EXPECT_TRUE(now_derived.collateral[0].from_liquidity);
    EXPECT_GT(now_derived.collateral[0].tiers[0].ratio, 0.5);
    for (VenueConfig const& venue : {now_stated, by_option}) {
        EXPECT_EQ(venue.borrow[0].rate, 0.2);
        EXPECT_FALSE(venue.borrow[0].curve);
        auto const eth_row = std::find_if(venue.collateral.begin(), venue.collateral.end(),
                                          [](auto const& row) { return row.asset == "ETH"; });
        EXPECT_FALSE(eth_row->from_liquidity);
        EXPECT_EQ(eth_row->tiers[0].ratio, 0.5);
    }
}

TEST_F(Include, ALiquidationFactorReplacesTheFilesBonus)
{
    write("v.toml",
          "[[collateral]]\nasset = \"USDT\"\nliquidation_bonus = 0.05\nprotocol_share = 0.1\n");

    VenueConfig const venue =
        read(replaced(with_venue_keys("include = \"v.toml\""), "{ asset = \"USDT\", tiers",
                      "{ asset = \"USDT\", liquidation_factor = 0.9, tiers"))
            .venues[0];

    EXPECT_FALSE(venue.collateral[1].liquidation_bonus);
    EXPECT_EQ(venue.collateral[1].liquidation_factor, 0.9);
    EXPECT_EQ(venue.collateral[1].protocol_share, 0.1);
}

TEST_F(Include, MarketFileGivesDefaultsToAssetsAndIsCutToThem)
{
    write("m.toml",
          "model = \"student_t\"\ndegrees_of_freedom = 5\n"
          "[correlation]\nassets = [\"ETH\", \"BTC\", \"USDC\"]\n"
          "matrix = [[1, 0.8, 0.1], [0.8, 1, 0.2], [0.1, 0.2, 1]]\n"
          "[[asset]]\nname = \"ETH\"\nvolatility = 0.9\n"
          "[[asset]]\nname = \"BTC\"\nvolatility = 0.5\ndrift = 0.1\n");

    Scenario const scenario = read(small_scenario + "\n[market]\ninclude = \"m.toml\"\n");

    ASSERT_EQ(scenario.assets.size(), 2U);
    EXPECT_EQ(scenario.assets[0].volatility, 0.6);
    EXPECT_EQ(scenario.assets[0].drift, 0.1);
    EXPECT_EQ(scenario.market.degrees_of_freedom, 5);
    EXPECT_EQ(scenario.market.correlation.assets, std::vector<std::string>{"BTC"});
    EXPECT_EQ(scenario.market.correlation.matrix, (std::vector<std::vector<double>>{{1}}));
}

TEST_F(Include, TheLaterOfTwoFilesWins)
{
    write("a.toml", "model = \"student_t\"\ndegrees_of_freedom = 5\n");
    write("b.toml", "degrees_of_freedom = 6\n");

    Scenario const scenario =
        read(small_scenario + "\n[market]\ninclude = [\"a.toml\", \"b.toml\"]\n");

    EXPECT_EQ(scenario.market.model, MarginalModel::student_t);
    EXPECT_EQ(scenario.market.degrees_of_freedom, 6);
    EXPECT_EQ(scenario.sources.size(), 3U);
}

TEST_F(Include, NamesAreRelativeToTheIncludingFile)
{
    write("deep/a.toml", "include = \"b.toml\"\nliquidation_health = 1.3\n");
    write("deep/b.toml", "liquidation_health = 1.2\nbid = 1\n");
    write("s.toml", with_venue_keys("include = \"deep/a.toml\""));

    (void)read_scenario((folder_.path() / "s.toml").string(), {}, problems_);

    ASSERT_EQ(problems_.problems().size(), 1U) << test::all_messages(problems_);
    EXPECT_THAT(test::all_messages(problems_),
                HasSubstr("deep/b.toml:2:1: error: venue[0].bid: unknown key"));
}

TEST_F(Include, OptionsApplyAfterIncludesAndMayReplaceTheFile)
{
    write("a.toml", "liquidation_health = 1.1\n");
    write("b.toml", "liquidation_health = 1.2\n");
    std::string const text = with_venue_keys("include = \"a.toml\"");

    EXPECT_EQ(read(text, {"venue.exchange.liquidation_health=1.5"}).venues[0].liquidation_health,
              1.5);
    EXPECT_EQ(read(text, {"venue.exchange.include=b.toml"}).venues[0].liquidation_health, 1.2);
}

TEST_F(Include, PricesComeFromTheSnapshotUnlessWritten)
{
    write("p.csv", "asset,price,time\nBTC,42,2025-06-30T12:00:00Z\n");
    std::string const text =
        replaced(small_scenario, "price = 100_000\n", "") + "\n[market]\nprices = \"p.csv\"\n";

    EXPECT_EQ(read(text).assets[0].price, 42);
    EXPECT_EQ(read(text, {"asset.BTC.price=43"}).assets[0].price, 43);
}

}  // namespace
}  // namespace brink
