// SPDX-License-Identifier: Apache-2.0
// Price histories that brink calibrate refuses: message, place and exit code of each, nothing
// written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <ostream>

#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/file_bytes.hpp"

namespace brink::test {
namespace {

struct BadCsv {
    char const* name;
    std::string text;
    std::string message;  ///< behind the file's name
    int exit_code{65};
    std::vector<std::string> more{};  ///< options
};

void PrintTo(BadCsv const& bad, std::ostream* out)
{
    *out << bad.name;
}

/// `2021-01-01` and the days after it.
std::string day(int i)
{
    return std::to_string(20210101 + i % 28 + i / 28 * 100);
}

/// Good rows of a wide table of BTC from day `begin` on.
std::string rows(int count = 40, int begin = 0)
{
    std::string text;
    for (int i = begin; i < begin + count; ++i)
        text += day(i) + "," + std::to_string(100 + i * 7 % 11) + "\n";
    return text;
}

std::string wide(std::string const& tail, std::string const& header = "time,BTC")
{
    return header + "\n" + rows() + tail;
}

std::string hours(int count, int step, int begin)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += std::to_string(1'609'459'200 + begin + i * step) + "," + std::to_string(9 + i % 3)
                + "\n";
    return text;
}

/// A file of bars whose first rows are good.
std::string bars(std::string const& tail)
{
    return "time,open,high,low,close,volume\n2021-01-01,1,3,1,2,9\n2021-01-02,1,3,1,2.5,9\n" + tail;
}

std::string kline(std::string const& time, std::string const& close)
{
    return time + ",1,3,1," + close + ",9,0,1,1,1,1,0\n";
}

std::vector<BadCsv> const cases{
    {"empty", "", ":1:1: error: the file is empty"},
    {"blank_lines_only", "\n \n\n", ":1:1: error: the file is empty"},
    {"comments_only", "# nothing\n", ":1:1: error: the file is empty"},
    {"header_only", "time,BTC\n", ":1:1: error: no row follows the header"},
    {"header_missing", rows(), ":1:1: error: the header is missing"},
    {"header_missing_bars", "2021-01-01,1,3,1,2\n2021-01-02,1,3,1,2\n",
     ":1:1: error: the header is missing"},
    {"time_column_missing", "BTC,ETH\n1,2\n",
     ":1:1: error: BTC: the header has no column of times"},
    {"price_column_missing", "time\n2021-01-01\n", ":1:1: error: time: no column has prices"},
    {"close_missing", "time,open,high,low\n2021-01-01,1,2,1\n",
     ":1:16: error: low: bars have no column close"},
    {"column_twice", wide("", "time,BTC,BTC"), ":1:10: error: BTC: column \"BTC\" stands twice"},
    {"column_without_name", "time,BTC,\n2021-01-01,1,2\n", ":1:10: error: a column has no name"},
    {"asset_with_slash", "time,BTC/USD\n" + rows(), ":1:6: error: BTC/USD: "},
    {"text_in_price", wide("20210301,abc\n"), ":42:10: error: BTC: \"abc\" is not a number"},
    {"unit_behind_price", wide("20210301,100 USD\n"),
     ":42:10: error: BTC: \"100 USD\" is not a number"},
    {"decimal_comma", "time;BTC\n2021-01-01;1,5\n2021-01-02;1,6\n",
     ":2:12: error: BTC: \"1,5\" is not a number (write a decimal point"},
    {"thousands_in_quotes", wide("20210301,\"1,500\"\n"),
     ":42:10: error: BTC: \"1,500\" is not a number (write a decimal point"},
    {"formula", wide("20210301,=A1\n"), ":42:10: error: BTC: \"=A1\" is not a number"},
    {"zero_price", wide("20210301,0\n"),
     ":42:10: error: BTC: a price must be > 0 and finite, is 0"},
    {"negative_price", wide("20210301,-5\n"),
     ":42:10: error: BTC: a price must be > 0 and finite, is -5"},
    {"infinite_price", wide("20210301,inf\n"),
     ":42:10: error: BTC: a price must be > 0 and finite, is inf"},
    {"overflowing_price", wide("20210301,1e999\n"),
     ":42:10: error: BTC: \"1e999\" is not a number"},
    {"text_in_time", wide("yesterday,1\n"), ":42:1: error: time: \"yesterday\" is no time"},
    {"day_that_does_not_exist", wide("2021-02-30,1\n"),
     ":42:1: error: time: \"2021-02-30\" is no time"},
    {"american_date", wide("12/31/2021,1\n"), ":42:1: error: time: \"12/31/2021\" is no time"},
    {"fraction_of_a_second", wide("1609459200123,1\n"),
     ":42:1: error: time: \"1609459200123\" is no time"},
    {"empty_time", wide(",1\n"), ":42:1: error: time: \"\" is no time"},
    {"future_date", wide("2199-01-01,1\n"),
     ":42:1: error: time: 2199-01-01T00:00:00Z lies in the future"},
    {"too_few_cells", wide("20210301\n20210302,1\n"),
     ":42:1: error: has 1 cells, the first line has 2"},
    {"too_many_cells", wide("20210301,1,2\n"), ":42:1: error: has 3 cells, the first line has 2"},
    {"last_line_cut_off", wide("2021030"), ":42:1: error: the last line is cut off"},
    {"cut_off_inside_quotes", wide("20210301,\"1"), ":42:1: error: the last line is cut off"},
    {"quote_without_end", wide("20210301,\"1\n20210302,2\n"),
     ":42:1: error: a quote does not end where its cell does"},
    {"header_quote_without_end", "time,\"BTC\n" + rows(),
     ":1:1: error: a quote does not end where its cell does"},
    {"zero_byte", wide(std::string("20210301,1\0\n", 12)), ":42:1: error: is no text"},
    {"utf_16", std::string("\xFF\xFEt\0i\0m\0e\0", 10), ":1:1: error: is no text"},
    {"one_row", "time,BTC\n2021-01-01,1\n", ":2:1: error: BTC: has one price in the window"},
    {"no_price_at_all", "time,BTC,ETH\n2021-01-01,1,\n2021-01-02,2,\n",
     ": error: ETH: has no price in the window"},
    {"window_without_rows",
     wide(""),
     ": error: BTC: has no price in the window",
     65,
     {"--from", "2022-01-01"}},
    {"too_few_rows", "time,BTC\n" + rows(20),
     ": error: 19 returns over P1D in which every asset has both prices; 30 are the least"},
    {"two_prices_of_one_time", wide("20210101,55\n"),
     ":42:1: error: BTC: 2021-01-01T00:00:00Z has two prices: 55 here, 100 at "},
    {"mixed_intervals", "time,BTC\n" + hours(60, 3'600, 0) + hours(40, 14'400, 60 * 3'600),
     ":63:1: error: BTC: intervals are mixed: PT1H is the most frequent"},
    {"off_grid", "time,BTC\n" + hours(60, 3'600, 0) + hours(40, 3'600, 60 * 3'600 + 1'234),
     ":62:1: error: BTC: intervals are mixed"},
    {"price_never_changes",
     "time,BTC\n" +
         [] {
             std::string text;
             for (int i = 0; i < 40; ++i)
                 text += day(i) + ",1\n";
             return text;
         }(),
     ": error: BTC: the price never changes"},
    {"close_above_high", bars("2021-01-03,1,3,1,4,9\n"),
     ":4:1: error: close: 4 lies outside of the bar's low 1 and high 3"},
    {"text_in_close", bars("2021-01-03,1,3,1,n/k,9\n"), ":4:18: error: p: \"n/k\" is not a number"},
    {"kline_zero_close", kline("1609459200000", "2") + kline("1609462800000", "0"),
     ":2:21: error: p: a price must be > 0 and finite, is 0"},
    {"kline_cut_off", kline("1609459200000", "2") + "1609462800000,1,3",
     ":2:1: error: the last line is cut off"},
};

class BadCsvs : public ::testing::TestWithParam<BadCsv> {};

TEST_P(BadCsvs, IsRefusedWithItsPlace)
{
    BadCsv const& bad = GetParam();
    TemporaryFolder const folder;
    std::string const file = (folder / "p.csv").string();
    write_bytes(file, bad.text);
    Arguments arguments{"calibrate", file, "--model", "gbm", "-o", (folder / "m.toml").string()};
    arguments.insert(arguments.end(), bad.more.begin(), bad.more.end());

    ProgramRun const run = brink(arguments);

    EXPECT_EQ(run.status, bad.exit_code) << run.err;
    EXPECT_THAT(run.err, ::testing::HasSubstr(file + bad.message));
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(files_in(folder.path()), ::testing::ElementsAre("p.csv"));
}

INSTANTIATE_TEST_SUITE_P(All, BadCsvs, ::testing::ValuesIn(cases),
                         [](auto const& test) { return std::string{test.param.name}; });

TEST(BadCsv, HasAllItsMistakesReported)
{
    TemporaryFolder const folder;
    write_bytes(folder / "a.csv", wide("20210301,x\n20210302,0\nnever,1\n"));
    write_bytes(folder / "b.csv", wide("20210301,-1\n", "time,ETH"));

    ProgramRun const run =
        brink({"calibrate", (folder / "a.csv").string(), (folder / "b.csv").string(),
               (folder / "c.csv").string(), "--model", "gbm", "-o", (folder / "m.toml").string()});

    EXPECT_EQ(run.status, 66);
    for (char const* part :
         {"a.csv:42:", "a.csv:43:", "a.csv:44:", "b.csv:42:", "c.csv\" does not"})
        EXPECT_THAT(run.err, ::testing::HasSubstr(part));
    EXPECT_THAT(files_in(folder.path()), ::testing::ElementsAre("a.csv", "b.csv"));
}

TEST(BadCsv, OfAnotherIntervalIsRefused)
{
    TemporaryFolder const folder;
    write_bytes(folder / "a.csv", wide(""));
    write_bytes(folder / "b.csv", "time,ETH\n" + hours(60, 3'600, 0));

    ProgramRun const run =
        brink({"calibrate", (folder / "a.csv").string(), (folder / "b.csv").string(), "--model",
               "gbm", "-o", (folder / "m.toml").string()});

    EXPECT_EQ(run.status, 65);
    EXPECT_THAT(run.err, ::testing::HasSubstr("b.csv: error: ETH: has a price every PT1H, BTC of"));
}

}  // namespace
}  // namespace brink::test
