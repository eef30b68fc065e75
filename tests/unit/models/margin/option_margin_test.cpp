// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "models/margin/option_margin.hpp"

namespace brink {
namespace {

/// Deribit standard margin: 15 % less out of the money, 10 % at least; 7.5 %.
MarginSchedule<double> deribit()
{
    MarginSchedule<double> schedule{};
    schedule.option_initial = 0.15;
    schedule.option_least = 0.1;
    schedule.option_maintenance = 0.075;
    schedule.put_follows_mark = 1;
    return schedule;
}

TEST(OptionMargin, OfACallFallsWithTheDistanceToTheStrikeToItsLeast)
{
    MarginSchedule<double> const schedule = deribit();
    OptionMargin<double> const margin{schedule, OptionRight::call};

    EXPECT_DOUBLE_EQ(margin.initial({1'000, 20, 0}), 170);
    EXPECT_DOUBLE_EQ(margin.initial({1'000, 20, 30}), 140);
    EXPECT_DOUBLE_EQ(margin.initial({1'000, 20, 50}), 120);
    EXPECT_DOUBLE_EQ(margin.initial({1'000, 20, 51}), 120);
    EXPECT_DOUBLE_EQ(margin.maintenance({1'000, 20, 50}), 95);
    EXPECT_DOUBLE_EQ(margin.maintenance({1'000, 2'000, 0}), 2'075);
}

/// max(0.075, 0.075 mark) + mark, in coins: the mark of a put may exceed a coin.
TEST(OptionMargin, OfAPutFollowsItsMarkAboveTheUnderlying)
{
    MarginSchedule<double> schedule = deribit();

    EXPECT_DOUBLE_EQ((OptionMargin<double>{schedule, OptionRight::put}.maintenance({100, 20, 0})),
                     27.5);
    EXPECT_DOUBLE_EQ((OptionMargin<double>{schedule, OptionRight::put}.maintenance({100, 200, 0})),
                     215);
    schedule.put_follows_mark = 0;
    EXPECT_DOUBLE_EQ((OptionMargin<double>{schedule, OptionRight::put}.maintenance({100, 200, 0})),
                     207.5);
}

TEST(OptionMargin, OfAPutNeedsNoLessToBeOpenedThanToBeKept)
{
    MarginSchedule<double> const schedule = deribit();
    OptionMargin<double> const margin{schedule, OptionRight::put};

    EXPECT_DOUBLE_EQ(margin.initial({100, 400, 0}), margin.maintenance({100, 400, 0}));
    EXPECT_DOUBLE_EQ(margin.initial({100, 400, 0}), 430);
    EXPECT_DOUBLE_EQ(margin.initial({100, 20, 0}), 35);
}

}  // namespace
}  // namespace brink
