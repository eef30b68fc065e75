// SPDX-License-Identifier: Apache-2.0
#include "io/config/problem.hpp"

#include <gtest/gtest.h>

namespace brink {
namespace {

TEST(Problems, ExitWithTheFirstOf64And66And78And65)
{
    Problems problems;
    EXPECT_EQ(problems.exit_code(), ExitCode::ok);

    problems.add({}, "a", "", ExitCode::unavailable);
    EXPECT_EQ(problems.exit_code(), ExitCode::unavailable);
    problems.add({}, "a", "", ExitCode::data);
    EXPECT_EQ(problems.exit_code(), ExitCode::data);
    problems.add({}, "a", "", ExitCode::config);
    EXPECT_EQ(problems.exit_code(), ExitCode::config);
    problems.add({}, "a", "", ExitCode::no_input);
    EXPECT_EQ(problems.exit_code(), ExitCode::no_input);
    problems.add({}, "a", "", ExitCode::usage);
    EXPECT_EQ(problems.exit_code(), ExitCode::usage);
}

TEST(Problems, WarningsDoNotFail)
{
    Problems problems;
    problems.warn({}, "long step");

    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(problems.exit_code(), ExitCode::ok);
    EXPECT_EQ(problems.warnings().size(), 1U);
}

TEST(Problems, AreWrittenLikeACompilerDoes)
{
    EXPECT_EQ(format_problem({{"a.toml", 3, 7, "run.step"}, "is bad", "try \"PT1H\""}, "error"),
              "a.toml:3:7: error: run.step: is bad (try \"PT1H\")");
    EXPECT_EQ(format_problem({{"--set run.step=1", 0, 0, "run.step"}, "is bad", ""}, "warning"),
              "--set run.step=1: warning: run.step: is bad");
}

TEST(Located, NamesTheTableWhereAKeyIsAbsent)
{
    Located located;
    located.where = {"a.toml", 10, 1, "asset[0]"};
    located.keys["price"] = {"a.toml", 12, 1, "asset[0].price"};

    EXPECT_EQ(located.at("price").line, 12);
    EXPECT_EQ(located.at("drift").line, 10);
    EXPECT_EQ(located.at("drift").key, "asset[0].drift");
    EXPECT_FALSE(located.has("drift"));
}

}  // namespace
}  // namespace brink
