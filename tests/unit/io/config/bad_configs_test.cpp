// SPDX-License-Identifier: Apache-2.0
#include "io/config/scenario_reader.hpp"
#include "tests/support/bad_config_cases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace brink {
namespace {

using test::BadConfigCase;

std::string const folder = std::string{BRINK_SOURCE_DIR} + "/tests/integration/bad_configs";

class BadConfig : public testing::TestWithParam<BadConfigCase> {};

std::string messages_of(Problems const& problems)
{
    std::string text;
    for (Problem const& problem : problems.problems())
        text += format_problem(problem, "error") + '\n';
    return text;
}

TEST_P(BadConfig, IsRefusedWithItsMessagesAndExitCode)
{
    BadConfigCase const& bad = GetParam();
    Problems problems;

    (void)read_scenario(bad.config, bad.overrides, problems);

    std::string const messages = messages_of(problems);
    if (bad.stage == "host") {
        EXPECT_TRUE(problems.empty()) << messages;
        return;
    }
    EXPECT_EQ(static_cast<int>(problems.exit_code()), bad.exit_code) << messages;
    for (std::string const& expected : bad.expected)
        EXPECT_THAT(messages, testing::HasSubstr(expected));
    if (bad.count) {
        EXPECT_EQ(problems.problems().size(), *bad.count) << messages;
    }
}

TEST_P(BadConfig, ExpectsAtLeastOneMessage)
{
    EXPECT_FALSE(GetParam().expected.empty());
    EXPECT_NE(GetParam().exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(Files, BadConfig, testing::ValuesIn(test::read_bad_config_cases(folder)),
                         [](auto const& tested) { return tested.param.name; });

TEST(BadConfigs, AreManyEnoughToCoverTheReader)
{
    EXPECT_GE(test::read_bad_config_cases(folder).size(), 45U);
}

}  // namespace
}  // namespace brink
