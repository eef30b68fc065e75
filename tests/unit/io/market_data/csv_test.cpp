// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/csv.hpp"

#include <gtest/gtest.h>

namespace brink {
namespace {

CsvTable parse(std::string_view text, Problems& problems)
{
    return parse_csv(text, "t.csv", problems);
}

TEST(Csv, SkipsCommentsEmptyLinesByteOrderMarkAndCarriageReturns)
{
    Problems problems;
    CsvTable const table = parse("\xEF\xBB\xBF# note\r\na,b\r\n\r\n1, 2 \r\n", problems);

    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(table.header, (std::vector<std::string>{"a", "b"}));
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_EQ(table.rows[0].line, 4);
    EXPECT_EQ(table.rows[0].cells[1].text, "2");
    EXPECT_EQ(table.rows[0].cells[1].column, 4);
}

TEST(Csv, ReadsQuotedCells)
{
    Problems problems;
    CsvTable const table = parse("a,b\n\"x, \"\"y\"\"\",\"\"\n", problems);

    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(table.rows[0].cells[0].text, "x, \"y\"");
    EXPECT_EQ(table.rows[0].cells[1].text, "");
}

TEST(Csv, ReportsEveryBadLineAndKeepsTheGoodOnes)
{
    Problems problems;
    CsvTable const table = parse("a,b\n1\n1,2\n\"x,2\n\"x\"y,2\n1,2,3\n", problems);

    EXPECT_EQ(table.rows.size(), 1U);
    ASSERT_EQ(problems.problems().size(), 4U);
    EXPECT_EQ(problems.problems()[0].where.line, 2);
    EXPECT_EQ(problems.problems()[1].where.line, 4);
    EXPECT_EQ(problems.problems()[2].where.line, 5);
    EXPECT_EQ(problems.problems()[3].where.line, 6);
    EXPECT_EQ(problems.exit_code(), ExitCode::data);
}

TEST(Csv, RefusesColumnsNamedTwiceOrNotAtAll)
{
    Problems problems;
    (void)parse("a,a,\n", problems);

    EXPECT_EQ(problems.problems().size(), 2U);
}

TEST(Csv, ReadsFiniteNumbersOnly)
{
    Problems problems;
    CsvTable const table = parse("a\n1.5\n+2e3\n-0\nnan\ninf\n1x\n1e999\n\"\"\n", problems);
    std::vector<double> read;
    for (CsvRow const& row : table.rows)
        if (auto const value = read_csv_number(table, row, 0, problems))
            read.push_back(*value);

    EXPECT_EQ(read, (std::vector<double>{1.5, 2'000, 0}));
    EXPECT_EQ(problems.problems().size(), 5U);
}

}  // namespace
}  // namespace brink
