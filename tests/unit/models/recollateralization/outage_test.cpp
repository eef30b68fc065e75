// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "models/recollateralization/outage.hpp"
#include "tests/support/table_arena.hpp"

namespace brink {
namespace {

constexpr double monday = 1736121600;  // 2025-01-06T00:00:00Z
constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 86'400;

double leaves(std::vector<OutageWindow> const& windows, double now)
{
    test::TableArena arena;
    Slice<OutageWindow> const slice = arena.put(windows);
    return leave_time(arena.tables()[slice], now);
}

TEST(LeaveTime, RequestsOutsideAWindowLeaveAtOnce)
{
    EXPECT_EQ(leaves({{1, 5 * day, 7 * day}}, monday + 4 * day), monday + 4 * day);
    EXPECT_EQ(leaves({}, monday), monday);
}

TEST(LeaveTime, RequestsInAWeeklyWindowWaitForItsEnd)
{
    EXPECT_EQ(leaves({{1, 5 * day, 7 * day}}, monday + 6 * day), monday + 7 * day);
    EXPECT_EQ(leaves({{1, 5 * day, 7 * day}}, monday + 5 * day), monday + 7 * day);  // from: in
    EXPECT_EQ(leaves({{1, 5 * day, 6 * day}}, monday + 6 * day), monday + 6 * day);  // until: out
}

TEST(LeaveTime, AWeeklyWindowMayWrapAroundMonday)
{
    OutageWindow const wrapping{1, 6 * day + 22 * hour, 4 * hour};  // Sun 22:00 to Mon 04:00

    EXPECT_EQ(leaves({wrapping}, monday + 2 * hour), monday + 4 * hour);
    EXPECT_EQ(leaves({wrapping}, monday + 6 * day + 23 * hour), monday + 7 * day + 4 * hour);
    EXPECT_EQ(leaves({wrapping}, monday + 5 * hour), monday + 5 * hour);
}

TEST(LeaveTime, WindowsThatTouchAreWaitedOutTogether)
{
    auto const at = static_cast<std::int64_t>(monday);
    OutageWindow const first{0, at, at + hour};
    OutageWindow const second{0, at + hour, at + 3 * hour};

    EXPECT_EQ(leaves({second, first}, monday + 60), monday + 3 * hour);
}

}  // namespace
}  // namespace brink
