// SPDX-License-Identifier: Apache-2.0
#include "io/config/text_file.hpp"
#include "io/config/venue_evidence.hpp"
#include "io/config/venue_file.hpp"
#include "tests/unit/io/config/scenario_text.hpp"

#include <fmt/format.h>
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
               file, venue.collateral.front().asset);
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

}  // namespace
}  // namespace brink
