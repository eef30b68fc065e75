// SPDX-License-Identifier: Apache-2.0
#include "io/config/instant.hpp"

#include <gtest/gtest.h>

namespace brink {
namespace {

TEST(Instant, ReadsUtcAndOffsets)
{
    EXPECT_EQ(parse_instant("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(parse_instant("2025-07-01T00:00:00Z"), 1'751'328'000);
    EXPECT_EQ(parse_instant("2025-07-01T02:00:00+02:00"), 1'751'328'000);
    EXPECT_EQ(parse_instant("2025-06-30 19:30:00-04:30"), 1'751'328'000);
    EXPECT_EQ(parse_instant("2025-07-01T00:00:00.000Z"), 1'751'328'000);
    EXPECT_EQ(parse_instant("2024-02-29T00:00Z"), 1'709'164'800);
}

TEST(Instant, RefusesLocalTimesAndDatesThatDoNotExist)
{
    for (char const* text : {"2025-07-01T00:00:00", "2025-07-01", "2025-02-29T00:00:00Z",
                             "2025-13-01T00:00:00Z", "2025-07-01T24:00:00Z", "2025-07-01T00:60:00Z",
                             "2025-07-01T00:00:60Z", "2025-07-01T00:00:00.5Z",
                             "2025-07-01T00:00:00+2:00", "2025-07-01T00:00:00Zulu", "now", ""})
        EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(Instant, WritesWhatItReads)
{
    for (UnixSeconds instant : {UnixSeconds{0}, UnixSeconds{1'751'328'000}, UnixSeconds{-1},
                                UnixSeconds{951'782'400}, UnixSeconds{4'102'444'799}})
        EXPECT_EQ(parse_instant(format_instant(instant)), instant);
    EXPECT_EQ(format_instant(1'751'328'061), "2025-07-01T00:01:01Z");
}

TEST(Clock, CountsFromMondayMidnight)
{
    EXPECT_EQ(parse_clock("Mon 00:00")->seconds, 0);
    EXPECT_EQ(parse_clock("Sat 18:30")->seconds, 5 * 86'400 + 18 * 3'600 + 1'800);
    EXPECT_TRUE(parse_clock("Sat 18:30")->has_weekday);
    EXPECT_FALSE(parse_clock("18:30")->has_weekday);
    EXPECT_EQ(parse_clock("24:00")->seconds, 86'400);
    EXPECT_EQ(format_weekly(parse_clock("Sun 23:59")->seconds), "Sun 23:59");
}

TEST(Clock, RefusesOtherForms)
{
    for (char const* text :
         {"Saturday 00:00", "sat 00:00", "Sat", "25:00", "24:01", "8:00", "08:60", ""})
        EXPECT_FALSE(parse_clock(text)) << text;
}

}  // namespace
}  // namespace brink
