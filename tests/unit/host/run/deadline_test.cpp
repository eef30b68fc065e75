// SPDX-License-Identifier: Apache-2.0
#include "host/run/deadline.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <string>

namespace brink {
namespace {

/// Runs the process in a time zone while it lives.
class TimeZone {
    std::string before_;
    bool had_{false};

  public:
    explicit TimeZone(char const* zone)
    {
        if (char const* const value = std::getenv("TZ")) {
            before_ = value;
            had_ = true;
        }
        ::setenv("TZ", zone, 1);
        ::tzset();
    }
    ~TimeZone()
    {
        if (had_)
            ::setenv("TZ", before_.c_str(), 1);
        else
            ::unsetenv("TZ");
        ::tzset();
    }
};

UnixSeconds at(char const* text)
{
    return *parse_instant(text);
}

TEST(Deadline, IsAnInstantAsItStands)
{
    EXPECT_EQ(next_deadline("2025-07-02T06:30:00Z", at("2025-07-03T00:00:00Z")),
              at("2025-07-02T06:30:00Z"));
}

TEST(Deadline, IsTheNextTimeOfDayOfTheLocalClock)
{
    TimeZone const zone{"CET-1CEST,M3.5.0,M10.5.0/3"};
    EXPECT_EQ(next_deadline("06:30", at("2025-07-01T20:00:00Z")), at("2025-07-02T04:30:00Z"));
    EXPECT_EQ(next_deadline("06:30", at("2025-07-02T04:29:59Z")), at("2025-07-02T04:30:00Z"));
    EXPECT_EQ(next_deadline("06:30", at("2025-07-02T04:30:00Z")), at("2025-07-03T04:30:00Z"));
}

TEST(Deadline, IsTheSameTimeOfDayAfterTheClockWasChanged)
{
    TimeZone const zone{"CET-1CEST,M3.5.0,M10.5.0/3"};
    // Summer time ends in the night to 2025-10-26.
    EXPECT_EQ(next_deadline("06:30", at("2025-10-25T20:00:00Z")), at("2025-10-26T05:30:00Z"));
}

TEST(Deadline, IsTheNextSuchDayOfTheWeek)
{
    TimeZone const zone{"UTC0"};
    // 2025-07-01 is a Tuesday.
    EXPECT_EQ(next_deadline("Mon 06:30", at("2025-07-01T07:00:00Z")), at("2025-07-07T06:30:00Z"));
    EXPECT_EQ(next_deadline("Tue 06:30", at("2025-07-01T07:00:00Z")), at("2025-07-08T06:30:00Z"));
    EXPECT_EQ(next_deadline("Tue 08:30", at("2025-07-01T07:00:00Z")), at("2025-07-01T08:30:00Z"));
}

}  // namespace
}  // namespace brink
