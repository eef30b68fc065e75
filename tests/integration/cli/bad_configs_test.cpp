// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/bad_config_cases.hpp"

namespace brink::test {
namespace {

std::string const folder_of_cases = BRINK_SOURCE_DIR "/tests/integration/bad_configs";

class BadConfigRun : public testing::TestWithParam<BadConfigCase> {};

TEST_P(BadConfigRun, EndsWithItsMessagesAndCodeAndLeavesNoFile)
{
    BadConfigCase const& bad = GetParam();
    TemporaryFolder const folder;
    Arguments arguments{"run", bad.config, "-o", folder / "result.h5"};
    for (std::string const& setting : bad.overrides)
        arguments.insert(arguments.end(), {"--set", setting});

    ProgramRun const run = brink(arguments);

    EXPECT_EQ(run.status, bad.exit_code) << run.err;
    for (std::string const& expected : bad.expected)
        EXPECT_THAT(run.err, testing::HasSubstr(expected));
    EXPECT_TRUE(files_in(folder.path()).empty());
    EXPECT_TRUE(run.out.empty()) << run.out;
}

INSTANTIATE_TEST_SUITE_P(Files, BadConfigRun,
                         testing::ValuesIn(read_bad_config_cases(folder_of_cases)),
                         [](auto const& tested) { return tested.param.name; });

}  // namespace
}  // namespace brink::test
