// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/io/config/scenario_text.hpp"

#include <gmock/gmock.h>

namespace brink {
namespace {

using test::messages_for;
using test::read_good;
using test::replaced;
using test::small_scenario;
using testing::HasSubstr;

std::string with_response_keys(std::string const& keys)
{
    return replaced(small_scenario, "target_health = 2", "target_health = 2\n" + keys);
}

ResponseConfig response_with(std::string const& keys)
{
    return read_good(with_response_keys(keys)).scenario.owners[0].response[0];
}

TEST(Windows, OfTheWeekMayRunOverItsEnd)
{
    auto const windows =
        response_with("outages = [{ from = \"Sat 00:00\", until = \"Mon 00:00\" }]").outages;

    ASSERT_EQ(windows.size(), 1U);
    EXPECT_TRUE(windows[0].weekly);
    EXPECT_EQ(windows[0].from, 5 * 86'400);
    EXPECT_EQ(windows[0].until, 0);
}

TEST(Windows, WithoutWeekdayStandForEveryDay)
{
    auto const windows =
        response_with("outages = [{ from = \"22:00\", until = \"06:00\" }]").outages;

    ASSERT_EQ(windows.size(), 7U);
    EXPECT_EQ(windows[0].from, 22 * 3'600);
    EXPECT_EQ(windows[0].until, 86'400 + 6 * 3'600);
    EXPECT_EQ(windows[6].from, 6 * 86'400 + 22 * 3'600);
    EXPECT_EQ(windows[6].until, 6 * 3'600);  // Monday again
}

TEST(Windows, OfInstantsHaveAnOrder)
{
    auto const windows = response_with(
                             "outages = [{ from = 2025-07-01T06:00:00Z, "
                             "until = \"2025-07-01T09:00:00+01:00\" }]")
                             .outages;

    ASSERT_EQ(windows.size(), 1U);
    EXPECT_FALSE(windows[0].weekly);
    EXPECT_EQ(windows[0].until - windows[0].from, 7'200);
    EXPECT_THAT(messages_for(with_response_keys("outages = [{ from = 2025-07-02T00:00:00Z, "
                                                "until = 2025-07-01T00:00:00Z }]")),
                HasSubstr("ends before it begins"));
}

TEST(Windows, NeedBothEndsAndNothingElse)
{
    EXPECT_THAT(messages_for(with_response_keys("outages = [{ from = \"Sat 00:00\" }]")),
                HasSubstr("must be a table with the keys from and until"));
    EXPECT_THAT(messages_for(with_response_keys(
                    "outages = [{ from = \"Sat 00:00\", until = \"Sun 00:00\", why = \"x\" }]")),
                HasSubstr("outages[0].why: unknown key"));
    EXPECT_THAT(messages_for(with_response_keys(
                    "outages = [{ from = \"Saturday\", until = \"Sun 00:00\" }]")),
                HasSubstr("outages[0].from: is not a time of the week in UTC"));
}

TEST(Delays, AreADurationOrADistribution)
{
    EXPECT_EQ(response_with("").delay.a, 0);
    EXPECT_EQ(response_with("delay = \"PT2H\"").delay.a, 7'200);
    DelayConfig const uniform =
        response_with("delay = { distribution = \"uniform\", min = \"PT1H\", max = \"PT6H\" }")
            .delay;
    EXPECT_EQ(uniform.kind, DelayKind::uniform);
    EXPECT_EQ(uniform.a, 3'600);
    EXPECT_EQ(uniform.b, 21'600);
    DelayConfig const lognormal =
        response_with("delay = { distribution = \"lognormal\", median = \"PT3H\", sigma = 0.6 }")
            .delay;
    EXPECT_EQ(lognormal.a, 10'800);
    EXPECT_EQ(lognormal.b, 0.6);
}

TEST(Delays, RefuseWhatTheirDistributionLacksOrDoesNotKnow)
{
    EXPECT_THAT(
        messages_for(with_response_keys("delay = { distribution = \"uniform\", min = \"PT6H\", "
                                        "max = \"PT1H\" }")),
        HasSubstr("delay.max: is shorter than min"));
    EXPECT_THAT(messages_for(with_response_keys("delay = { distribution = \"exponential\" }")),
                HasSubstr("delay.mean: required key is missing"));
    EXPECT_THAT(messages_for(with_response_keys(
                    "delay = { distribution = \"fixed\", value = \"PT1H\", sigma = 1 }")),
                HasSubstr("delay.sigma: unknown key"));
    EXPECT_THAT(messages_for(with_response_keys("delay = { median = \"PT1H\" }")),
                HasSubstr("delay.distribution: required key is missing"));
}

}  // namespace
}  // namespace brink
