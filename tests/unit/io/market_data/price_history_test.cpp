// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/price_history.hpp"

#include "io/market_data/history_layout.hpp"
#include "io/market_data/history_time.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/file_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace brink {
namespace {

using ::testing::ElementsAre;

constexpr UnixSeconds now = 1'750'000'000;  // 2025-06-15
constexpr UnixSeconds day = 86'400;
constexpr UnixSeconds start = 1'609'459'200;  // 2021-01-01

class PriceHistory : public ::testing::Test {
  protected:
    test::TemporaryFolder folder;
    Problems problems;
    HistorySelection selection{{}, {}, {}, now};

    std::vector<PriceSeries> read(std::string const& text, std::string const& name = "p.csv")
    {
        test::write_bytes(folder / name, text);
        auto series = read_price_histories({{(folder / name).string(), {}}}, selection, problems);
        for (Problem const& problem : problems.problems())
            ADD_FAILURE() << format_problem(problem, "error");
        return series;
    }
};

TEST(HistoryTime, IsReadInEveryStyle)
{
    for (char const* text :
         {"2021-01-01T00:00:00Z", "2021-01-01T01:00:00+01:00", "2021-01-01 00:00:00", "2021-01-01",
          "20210101", "1609459200", "1609459200.0", "1609459200000", "1609459200000000"}) {
        auto const time = parse_history_time(text);
        ASSERT_TRUE(time) << text;
        EXPECT_EQ(time->time, start) << text;
    }
}

TEST(HistoryTime, RefusesWhatIsNone)
{
    for (char const* text : {"", "BTC", "01/02/2021", "2021-13-01", "20211301", "1609459200500",
                             "42", "1609459200.5", "16094592000000000000000"})
        EXPECT_FALSE(parse_history_time(text)) << text;
}

TEST_F(PriceHistory, OfAWideTableHasASeriesPerColumn)
{
    auto const series = read("time,BTC,ETH\n2021-01-01,10,1\n2021-01-02,11,\n2021-01-03,12,3\n");

    ASSERT_EQ(series.size(), 2u);
    EXPECT_EQ(series[0].asset, "BTC");
    EXPECT_THAT(series[0].prices, ElementsAre(10, 11, 12));
    EXPECT_EQ(series[0].interval, 86'400);
    EXPECT_THAT(series[1].times, ElementsAre(start, start + 2 * day));
    EXPECT_EQ(series[1].counts.missing, 1u);
}

TEST_F(PriceHistory, TakesTheCloseOfBarsAndTheAssetFromTheFileName)
{
    auto const series = read(
        "timestamp,open,high,low,close,volume\n"
        "2021-01-01T00:00:00Z,1,3,1,2,9\n2021-01-01T01:00:00Z,2,4,2,3,9\n",
        "BTC-USD.csv");

    ASSERT_EQ(series.size(), 1u);
    EXPECT_EQ(series[0].asset, "BTC");
    EXPECT_THAT(series[0].prices, ElementsAre(2, 3));
    EXPECT_EQ(series[0].interval, 3'600);
}

TEST_F(PriceHistory, ReadsKlinesInMillisecondsAndMicroseconds)
{
    auto const series = read(
        "1609459200000,1,3,1,2,9,1609462799999,1,1,1,1,0\n"
        "1609462800000000,2,4,2,3,9,1609466399999999,1,1,1,1,0\n",
        "BTCUSDT-1h-2021-01.csv");

    ASSERT_EQ(series.size(), 1u);
    EXPECT_EQ(series[0].asset, "BTCUSDT");
    EXPECT_THAT(series[0].times, ElementsAre(start, start + 3'600));
    EXPECT_THAT(series[0].prices, ElementsAre(2, 3));
}

TEST_F(PriceHistory, AcceptsMarksCrlfQuotesSemicolonsTabsAndComments)
{
    for (std::string const text :
         {"\xEF\xBB\xBFtime,BTC\r\n2021-01-01,1\r\n2021-01-02,2\r\n",
          "\"time\",\"BTC\"\n\"2021-01-01\",\"1\"\n\"2021-01-02\",\"2\"\n",
          "time;BTC\n2021-01-01;1\n2021-01-02;2", "time\tBTC\n2021-01-01\t1\n2021-01-02\t2\n",
          "# from here\n\ntime,BTC\n2021-01-01,1\n# then\n2021-01-02,2\n",
          ",BTC\n2021-01-01,1\n2021-01-02,2\n"}) {
        auto const series = read(text);

        ASSERT_EQ(series.size(), 1u) << text;
        EXPECT_EQ(series[0].asset, "BTC");
        EXPECT_THAT(series[0].prices, ElementsAre(1, 2)) << text;
    }
}

TEST_F(PriceHistory, CountsWhatIsOddButUsable)
{
    std::string text = "time,BTC\n2021-01-02,2\n2021-01-01,1\n2021-01-02,2\n";
    for (int i = 3; i <= 20; ++i)
        if (i != 10 && i != 11)
            text += "202101" + std::string{i < 10 ? "0" : ""} + std::to_string(i) + ","
                    + (i > 14 ? "7" : std::to_string(i)) + "\n";
    auto const series = read(text);

    ASSERT_EQ(series.size(), 1u);
    HistoryCounts const& counts = series[0].counts;
    EXPECT_EQ(counts.unsorted, 1u);
    EXPECT_EQ(counts.duplicates, 1u);
    EXPECT_EQ(counts.gaps, 1u);
    EXPECT_EQ(counts.missing_prices, 2u);
    EXPECT_EQ(counts.stale_runs, 1u);
    EXPECT_EQ(counts.longest_stale, 6u);
    EXPECT_TRUE(std::is_sorted(series[0].times.begin(), series[0].times.end()));
}

TEST_F(PriceHistory, FollowsTheSelectionAndLooksAtNothingElse)
{
    selection.assets = {"ETH", "BTC"};
    selection.from = start + day;
    selection.to = start + 2 * day;
    auto const series = read(
        "time,BTC,NOTE,ETH\n2021-01-01,text,x,-1\n2021-01-02,1,x,4\n2021-01-03,2,x,5\n"
        "2021-01-04,0,x,0\n");

    ASSERT_EQ(series.size(), 2u);
    EXPECT_EQ(series[0].asset, "ETH");
    EXPECT_THAT(series[0].prices, ElementsAre(4, 5));
    EXPECT_THAT(series[1].prices, ElementsAre(1, 2));
}

TEST_F(PriceHistory, JoinsFilesOfOneAsset)
{
    test::write_bytes(folder / "X-1.csv", "time,close\n2021-01-01,1\n2021-01-02,2\n");
    test::write_bytes(folder / "X-2.csv", "time,close\n2021-01-02,2\n2021-01-03,3\n");
    auto const series = read_price_histories(
        {{(folder / "X-1.csv").string(), {}}, {(folder / "X-2.csv").string(), {}}}, selection,
        problems);

    ASSERT_EQ(series.size(), 1u);
    EXPECT_THAT(series[0].prices, ElementsAre(1, 2, 3));
    EXPECT_EQ(series[0].counts.duplicates, 1u);
}

TEST_F(PriceHistory, ReportsAtMostSoManyProblemsOfAFile)
{
    std::string text = "time,BTC\n";
    for (int i = 0; i < 100; ++i)
        text += "2021-01-01,x\n";
    test::write_bytes(folder / "p.csv", text);
    static_cast<void>(
        read_price_histories({{(folder / "p.csv").string(), {}}}, selection, problems));

    ASSERT_EQ(problems.problems().size(), most_problems_per_file + 1);
    EXPECT_EQ(problems.problems().back().reason, "80 more like these");
}

}  // namespace
}  // namespace brink
