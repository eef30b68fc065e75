// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/file_bytes.hpp"

namespace brink::test {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

std::vector<Json> json_lines(std::string const& text)
{
    std::vector<Json> lines;
    std::istringstream stream{text};
    for (std::string line; std::getline(stream, line);)
        lines.push_back(Json::parse(line));
    return lines;
}

Arguments stress_arguments(std::filesystem::path const& output, Arguments const& more)
{
    Arguments arguments{"run",     BRINK_SOURCE_DIR "/configs/examples/stress.toml",
                        "--paths", "500",
                        "-o",      output.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

TEST(Progress, GoesToStandardErrorInLinesWhereThatIsNoTerminal)
{
    TemporaryFolder const folder;
    ProgramRun const run = brink(stress_arguments(folder / "s.h5", {}));

    ASSERT_EQ(run.status & ~3, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr("{\"event\":\"started\",\"seq\":0,"));
    EXPECT_THAT(run.err, HasSubstr("{\"event\":\"finished\",\"seq\":1,"));
}

TEST(Progress, GoesToAFileWhichOneRunAfterTheOtherAddsTo)
{
    TemporaryFolder const folder;
    Arguments const arguments =
        stress_arguments(folder / "s.h5", {"-q", "--force", "--progress", folder / "p.jsonl"});

    ProgramRun const first = brink(arguments);
    ASSERT_EQ(first.status & ~3, 0) << first.err;
    ASSERT_EQ(brink(arguments).status & ~3, 0);

    EXPECT_THAT(first.err, testing::Not(HasSubstr("event")));
    std::vector<Json> const lines = json_lines(file_bytes(folder / "p.jsonl"));
    ASSERT_EQ(lines.size(), 2 * 2);
    EXPECT_EQ(lines[0]["scenarios"], 4);  // the base and three stress scenarios
    EXPECT_EQ(lines[1]["event"], "finished");
    EXPECT_EQ(lines[1]["seq"], 1);
    EXPECT_EQ(lines[1]["paths"], 500);
    EXPECT_EQ(lines[2]["seq"], 0);
}

TEST(Progress, OnStandardOutputLeavesNothingButJson)
{
    TemporaryFolder const folder;
    ProgramRun const run =
        brink(run_arguments(folder / "q.h5", {"--progress", "-", "--json"}, "1000"));

    ASSERT_EQ(run.status, 0) << run.err;
    std::vector<Json> const lines = json_lines(run.out);
    ASSERT_EQ(lines.size(), 3);
    EXPECT_EQ(lines[1]["paths"], 1000);
    EXPECT_EQ(lines[2]["paths"], 1000);
    EXPECT_FALSE(lines[2].contains("event"));
}

TEST(Progress, OfAShardIsThatOfItsPaths)
{
    TemporaryFolder const folder;
    ProgramRun const run = brink(run_arguments(
        folder / "q.h5", {"--progress", "-", "--shard", "2/2", "--set", "run.horizon=PT12H"},
        "200000"));

    ASSERT_EQ(run.status, 0) << run.err;
    Json const last = json_lines(run.out).back();
    EXPECT_EQ(last["shard"], "2/2");
    EXPECT_EQ(last["chunks_of"], 2);  // of four chunks of 65,536
    EXPECT_EQ(last["paths"], 200'000 - 2 * 65'536);
}

TEST(Progress, ThatCannotBeWrittenDoesNotEndTheRun)
{
    TemporaryFolder const folder;
    ProgramRun const run = brink(run_arguments(folder / "q.h5", {"--progress", "/dev/full"}));

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr("warning: '/dev/full': lines are missing"));
    EXPECT_EQ(run.err.find("missing"), run.err.rfind("missing")) << run.err;
}

TEST(Log, KeepsWhatQuietLeavesOut)
{
    TemporaryFolder const folder;
    ProgramRun const run = brink(run_arguments(folder / "q.h5", {"--log", folder / "run.log"}));

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.err, "");
    std::string const log = file_bytes(folder / "run.log");
    EXPECT_THAT(log, testing::ContainsRegex("^[0-9-]+T[0-9:.]+Z \\[[0-9]+\\] info: brink "));
    EXPECT_THAT(log, HasSubstr("info: wrote '" + (folder / "q.h5").string()));
    EXPECT_THAT(log, HasSubstr("info: exit code 0\n"));
}

TEST(Log, HasTheProblemsOfTheScenario)
{
    TemporaryFolder const folder;
    ProgramRun const run =
        brink(run_arguments(folder / "q.h5", {"--log", folder / "run.log", "--set", "run.frob=1"}));

    EXPECT_EQ(run.status, 78);
    EXPECT_THAT(file_bytes(folder / "run.log"), HasSubstr("run.frob"));
    EXPECT_THAT(file_bytes(folder / "run.log"), HasSubstr("exit code 78"));
}

TEST(Log, IsPutAsideWhereItIsFull)
{
    TemporaryFolder const folder;
    Arguments const arguments =
        run_arguments(folder / "q.h5", {"--log", folder / "run.log", "--log-size", "64k"}, "100");
    write_bytes(folder / "run.log", std::string(65'500, 'x'));
    write_bytes(folder / "run.1.log", "of the week before");

    ASSERT_EQ(brink(arguments).status, 0);

    EXPECT_LT(std::filesystem::file_size(folder / "run.log"), 2'000);
    EXPECT_GE(std::filesystem::file_size(folder / "run.1.log"), 65'500);
    EXPECT_EQ(files_in(folder.path()), (Arguments{"q.h5", "run.1.log", "run.log"}));
}

TEST(Log, ThatCannotBeOpenedIs73)
{
    TemporaryFolder const folder;
    for (char const* option : {"--log", "--progress"}) {
        ProgramRun const run = brink(run_arguments(folder / "q.h5", {option, "/proc/no/such.log"}));

        EXPECT_EQ(run.status, 73) << run.err;
        EXPECT_THAT(run.err, HasSubstr("/proc/no/such.log")) << option;
    }
    EXPECT_EQ(brink(run_arguments(folder / "q.h5", {"--log-size", "1k"})).status, 64);
    EXPECT_TRUE(files_in(folder.path()).empty());
}

}  // namespace
}  // namespace brink::test
