// SPDX-License-Identifier: Apache-2.0
#include "io/config/duration.hpp"

#include <gtest/gtest.h>

namespace brink {
namespace {

TEST(Duration, ReadsDesignatorsInTheirOrder)
{
    EXPECT_EQ(parse_duration("PT5M"), 300);
    EXPECT_EQ(parse_duration("P10D"), 864'000);
    EXPECT_EQ(parse_duration("P1DT12H"), 129'600);
    EXPECT_EQ(parse_duration("P1W"), 604'800);
    EXPECT_EQ(parse_duration("PT0.5S"), 0.5);
    EXPECT_EQ(parse_duration("PT1H30M5S"), 5'405);
    EXPECT_EQ(parse_duration("PT0S"), 0);
}

TEST(Duration, RefusesWhatHasNoFixedLengthOrNoForm)
{
    for (char const* text : {"P1M", "P1Y",  "PT",      "P",     "",       "5m",    "PT5",
                             "P5",  "PTM",  "PT5M3H",  "P1DT",  "-PT5M",  "PT-5M", "pt5m",
                             "P1H", "PT1D", "PT1..5S", "PT.5S", "P1DT1D", "PT5M ", "PT1e3S"})
        EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Duration, WritesWhatItReads)
{
    for (double seconds :
         {0.0, 0.25, 1.0, 59.0, 60.0, 3'600.0, 86'399.0, 86'400.0, 129'600.0, 604'800.0, 864'000.5})
        EXPECT_EQ(parse_duration(format_duration(seconds)), seconds) << format_duration(seconds);
    EXPECT_EQ(format_duration(129'600), "P1DT12H");
    EXPECT_EQ(format_duration(864'000), "P10D");
    EXPECT_EQ(format_duration(0), "PT0S");
}

TEST(Duration, GuessesWhatAHumanMeant)
{
    EXPECT_EQ(guess_duration("5m"), "PT5M");
    EXPECT_EQ(guess_duration("10 days"), "P10D");
    EXPECT_EQ(guess_duration("1h"), "PT1H");
    EXPECT_EQ(guess_duration("3600"), "PT1H");
    EXPECT_EQ(guess_duration("2w"), "P14D");
    EXPECT_EQ(guess_duration("soon"), "");
}

}  // namespace
}  // namespace brink
