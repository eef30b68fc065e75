// SPDX-License-Identifier: Apache-2.0
#include "io/config/text_file.hpp"
#include "io/config/venue_evidence.hpp"
#include "io/config/venue_file.hpp"
#include "tests/unit/io/config/scenario_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

namespace brink {
namespace {

std::string const venue_folder = std::string{BRINK_SOURCE_DIR} + "/configs/venues/";
std::string const example_folder = std::string{BRINK_SOURCE_DIR} + "/configs/examples";

/// With what it includes.
VenueConfig read_venue(std::string const& file)
{
    Problems problems;
    VenueConfig venue = read_venue_file(venue_folder + file, problems);
    EXPECT_TRUE(problems.empty()) << test::all_messages(problems);
    return venue;
}

/// `BTC-*`: one whose name begins so.
std::string instrument_text(std::string name, bool is_option)
{
    if (name.ends_with("*"))
        name.back() = '1';
    return fmt::format(
        "[[instrument]]\nname = \"{}\"\nvenue = \"v\"\nkind = \"{}\"\nbase = \"X\"\nquote = "
        "\"USD\"\n{}",
        name, is_option ? "call" : "linear_perp",
        is_option ? "strike = 1\nexpiry = 2025-09-26T08:00:00Z\nvolatility = 0.5\n" : "");
}

/// A scenario that trades every instrument and uses every asset of the venue file, so that no row
/// of it goes unchecked.
std::string scenario_using_all(std::string const& file)
{
    VenueConfig const venue = read_venue(file);
    std::string text =
        "[run]\nas_of = 2025-07-01T00:00:00Z\nhorizon = \"P1D\"\nstep = \"PT1H\"\n"
        "[[asset]]\nname = \"X\"\nprice = 1.0\nvolatility = 0.0\n";
    for (CollateralConfig const& row : venue.collateral)
        text +=
            fmt::format("[[asset]]\nname = \"{}\"\nprice = 1.0\nmodel = \"fixed\"\n", row.asset);
    for (ScheduleConfig const& schedule : venue.schedules)
        for (std::string const& name : schedule.instruments)
            text += instrument_text(name, schedule.kind == ScheduleKind::short_option);
    return text
           + fmt::format(
               "[[venue]]\nname = \"v\"\ninclude = \"{}\"\n[[account]]\nname = \"a\"\n"
               "venue = \"v\"\nbalances = {{ {} = 1 }}\n",
               file, venue.collateral.front().asset)
           + (venue.bands ? fmt::format("loans = [{{ asset = \"{}\", amount = 0.5 }}]\n",
                                        venue.borrow.front().asset)
                          : "");
}

class VenueFile : public testing::TestWithParam<std::string> {};

TEST_P(VenueFile, IsCorrectInEveryRow)
{
    Scenario const scenario =
        test::read_good(scenario_using_all(GetParam()), {}, venue_folder + "test.toml").scenario;

    EXPECT_FALSE(scenario.venues[0].collateral.empty());
}

TEST_P(VenueFile, SaysWhereEachScheduleComesFrom)
{
    Scenario const scenario =
        test::read_good(scenario_using_all(GetParam()), {}, venue_folder + "test.toml").scenario;

    EXPECT_FALSE(scenario.venues[0].source.empty());
    EXPECT_FALSE(scenario.venues[0].date.empty());
    for (ScheduleConfig const& schedule : scenario.venues[0].schedules) {
        EXPECT_FALSE(schedule.source.empty()) << schedule.instruments.front();
        EXPECT_FALSE(schedule.date.empty()) << schedule.instruments.front();
    }
}

/// A row that is named but not there would never be shown, nor recorded by a run.
TEST_P(VenueFile, NamesWhatIsUnverifiedByKeysAndRowsThatItHas)
{
    VenueConfig const venue = read_venue(GetParam());

    std::size_t named = 0;
    for (EvidenceNote const& note : evidence_notes(venue))
        named += note.names.size();
    EXPECT_EQ(named, venue.unverified.size() + venue.inferred.size() + venue.assumed.size());
    EXPECT_EQ(venue.name + ".toml", GetParam());
    EXPECT_TRUE(venue.largest_sensible_step);
}

/// Whoever looks for a venue finds it at work.
TEST_P(VenueFile, HasAnExample)
{
    std::string const include = "include = \"../venues/" + GetParam() + "\"";
    std::size_t examples = 0;
    for (auto const& entry : std::filesystem::directory_iterator{example_folder}) {
        Problems problems;
        if (entry.path().extension() == ".toml")
            examples +=
                read_text_file(entry.path().string(), {}, problems).value_or("").find(include)
                != std::string::npos;
    }

    EXPECT_GE(examples, 1U) << "configs/examples has no scenario with " << include;
}

std::vector<std::string> venue_files()
{
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator{venue_folder})
        names.push_back(entry.path().filename().string());
    return names;
}

INSTANTIATE_TEST_SUITE_P(Configs, VenueFile, testing::ValuesIn(venue_files()));

TEST(VenueEvidence, LeavesOutRowsThatTheVenueDoesNotHave)
{
    VenueConfig venue;
    venue.collateral.resize(1);
    venue.collateral[0].asset = "BTC";
    venue.unverified = {"collateral.ETH", "collateral.BTC", "liquidation.fee"};
    venue.assumed = {"borrow.USDT", "schedules.BTCUSDT"};

    std::vector<EvidenceNote> const notes = evidence_notes(venue);

    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].standing, "unverified");
    EXPECT_EQ(notes[0].names, (std::vector<std::string>{"collateral.BTC", "liquidation.fee"}));
}

TEST(VenueEvidence, OfAMissingFileIsAProblem)
{
    Problems problems;
    static_cast<void>(read_venue_file("/nonexistent/venue.toml", problems));

    ASSERT_EQ(problems.problems().size(), 1U);
    EXPECT_EQ(problems.problems()[0].code, ExitCode::no_input);
}

TEST(BinanceUsdm, HasThePublishedBracketsOfBitcoin)
{
    Scenario const scenario =
        test::read_good(scenario_using_all("binance_usdm.toml"), {}, venue_folder + "test.toml")
            .scenario;
    ScheduleConfig const& schedule = scenario.venues[0].schedules[0];

    ASSERT_EQ(schedule.instruments.front(), "BTCUSDT");
    ASSERT_EQ(schedule.tiers.size(), 12U);
    EXPECT_EQ(schedule.tiers[4].floor, 12e6);
    EXPECT_EQ(schedule.tiers[4].maintenance_rate, 0.02);
    EXPECT_EQ(schedule.tiers[4].maintenance_amount, 131'450);
    EXPECT_EQ(schedule.tiers[4].max_leverage, 25);
}

/// MM = base (1 + level), IM = base IM + level x base, level = ceil((value - limit) / step).
void expect_risk_limits(ScheduleConfig const& schedule, double limit, double step, double base)
{
    ASSERT_EQ(schedule.kind, ScheduleKind::whole_position);
    for (std::size_t level = 0; level < schedule.tiers.size(); ++level) {
        TierConfig const& tier = schedule.tiers[level];
        double const steps = static_cast<double>(level);
        EXPECT_EQ(tier.floor, level == 0 ? 0.0 : limit + (steps - 1) * step) << level;
        EXPECT_NEAR(tier.maintenance_rate, base * (1 + steps), 1e-12) << level;
        EXPECT_NEAR(1 / tier.max_leverage.value(), 0.01 + steps * base, 1e-6) << level;
    }
}

TEST(Bitmex, ChargesRiskLimits)
{
    VenueConfig const venue = read_venue("bitmex.toml");

    ASSERT_EQ(venue.schedules.size(), 3U);
    expect_risk_limits(venue.schedules[0], 200, 150, 0.005);
    expect_risk_limits(venue.schedules[1], 200, 100, 0.004);
    expect_risk_limits(venue.schedules[2], 75, 100, 0.005);
}

TEST(BinancePm, TradesAllOfUsdmUnderRulesOfItsOwn)
{
    VenueConfig const venue = read_venue("binance_pm.toml");
    VenueConfig const usdm = read_venue("binance_usdm.toml");

    EXPECT_EQ(venue.schedules.size(), usdm.schedules.size() + 1);
    EXPECT_EQ(venue.schedules[1].tiers[4].maintenance_amount, 131'450);
    EXPECT_EQ(venue.call_health, 1.5);
    EXPECT_EQ(venue.liquidation_health, 1.05);
    EXPECT_EQ(venue.liquidation.reduction, Reduction::full);
    EXPECT_EQ(venue.liquidation.price, LiquidationPrice::market);
}

/// Short: E[S | S in its upper 1e-6] - 1 of a log-normal price, plus the slippage.
double model_rate(double sigma, double tau)
{
    constexpr double quantile = -4.753424308822899;  // of 1e-6
    double const deviation = sigma * std::sqrt(tau);
    double const tail = 0.5 * std::erfc(-(quantile + deviation) / std::sqrt(2.0));
    return tail / 1e-6 - 1 + 0.001;
}

TEST(Vega, RatesFollowFromTheRiskModel)
{
    VenueConfig const venue = read_venue("vega.toml");
    double const rates[] = {model_rate(1.0, 3.995e-6), model_rate(1.15, 3.05e-6),
                            model_rate(1.5, 6.5e-6)};

    for (std::size_t i = 0; i < std::size(rates); ++i) {
        TierConfig const& tier = venue.schedules[i].tiers.front();
        EXPECT_NEAR(tier.maintenance_rate, rates[i], 5e-7) << i;
        EXPECT_NEAR(tier.max_leverage.value(), 1 / (1.2 * rates[i]), 0.01) << i;
    }
    EXPECT_NEAR(15'900 * venue.schedules[3].tiers.front().maintenance_rate, 5'565, 1e-9);
}

TEST(Span16, HasSixteenScenarios)
{
    GridConfig const grid = read_venue("span_16.toml").grid.value();

    std::size_t count = 0;
    for (GridScenarioConfig const& row : grid.scenarios)
        count += row.spot.size() * row.volatility.size();
    EXPECT_EQ(count, 16U);
    double const range = grid.scenarios[0].spot.back();
    for (int third = -3; third <= 3; ++third)
        EXPECT_NEAR(grid.scenarios[0].spot[static_cast<std::size_t>(third + 3)], range * third / 3,
                    1e-12);
    EXPECT_EQ(grid.scenarios[1].spot, (std::vector<double>{-2 * range, 2 * range}));
    EXPECT_EQ(grid.scenarios[1].weight, 0.35);
}

}  // namespace
}  // namespace brink
