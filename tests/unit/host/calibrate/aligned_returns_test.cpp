// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/aligned_returns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace brink::test {
namespace {

using testing::HasSubstr;

constexpr UnixSeconds day = 86'400;
constexpr UnixSeconds start = 1'704'067'200;  // 2024-01-01

/// A price a day that grows by 1 % on even days and falls by 1 % on odd ones.
PriceSeries daily(std::string const& asset, int days, int first_day = 0)
{
    PriceSeries series;
    series.asset = asset;
    series.file = asset + ".csv";
    series.interval = static_cast<double>(day);
    for (int i = first_day; i < first_day + days; ++i) {
        series.times.push_back(start + i * day);
        series.prices.push_back(i % 2 == 0 ? 100.0 : 101.0);
    }
    return series;
}

void drop_day(PriceSeries& series, int which)
{
    series.times.erase(series.times.begin() + which);
    series.prices.erase(series.prices.begin() + which);
}

std::string messages(Problems const& problems)
{
    std::string text;
    for (Problem const& problem : problems.problems())
        text += format_problem(problem, "error") + "\n";
    return text;
}

TEST(AlignedReturns, AreLogReturnsOverTheTimesThatAllSeriesShare)
{
    Problems problems;

    AlignedReturns const aligned = align_returns({daily("A", 50), daily("B", 45, 10)}, problems);

    ASSERT_TRUE(problems.empty()) << messages(problems);
    EXPECT_EQ(aligned.assets, (std::vector<std::string>{"A", "B"}));
    EXPECT_EQ(aligned.size(), 39);  // days 10 to 49
    EXPECT_EQ(aligned.from, start + 10 * day);
    EXPECT_EQ(aligned.to, start + 49 * day);
    EXPECT_DOUBLE_EQ(aligned.returns[0][0], std::log(1.01));
    EXPECT_DOUBLE_EQ(aligned.returns[1][1], -std::log(1.01));
    EXPECT_DOUBLE_EQ(aligned.years_per_return(), 1.0 / 365);
}

TEST(AlignedReturns, LeaveOutPairsFurtherApartThanTheInterval)
{
    PriceSeries with_gap = daily("A", 50);
    drop_day(with_gap, 20);
    Problems problems;

    AlignedReturns const aligned = align_returns({with_gap, daily("B", 50)}, problems);

    ASSERT_TRUE(problems.empty()) << messages(problems);
    EXPECT_EQ(aligned.size(), 47);
    EXPECT_EQ(aligned.skipped, 1);
    EXPECT_EQ(aligned.one_sided, 1);
}

TEST(AlignedReturns, RefuseIntervalsThatDiffer)
{
    PriceSeries hourly = daily("B", 50);
    hourly.interval = 3'600;
    Problems problems;

    (void)align_returns({daily("A", 50), hourly}, problems);

    EXPECT_EQ(problems.exit_code(), ExitCode::data);
    EXPECT_THAT(messages(problems), HasSubstr("has a price every PT1H, A of A.csv every P1D"));
}

TEST(AlignedReturns, RefuseFewReturnsAndPricesThatNeverChange)
{
    PriceSeries still = daily("B", 50);
    still.prices.assign(50, 1.0);
    Problems few, constant;

    (void)align_returns({daily("A", 30)}, few);
    (void)align_returns({daily("A", 50), still}, constant);

    EXPECT_THAT(messages(few), HasSubstr("29 returns over P1D"));
    EXPECT_EQ(constant.exit_code(), ExitCode::data);
    EXPECT_THAT(messages(constant), HasSubstr("the price never changes"));
}

}  // namespace
}  // namespace brink::test
