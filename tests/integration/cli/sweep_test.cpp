// SPDX-License-Identifier: Apache-2.0
// Sweeps as a user runs them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/integration/cli/brink_cli.hpp"

namespace brink::test {
namespace {

using testing::HasSubstr;

std::string const sweep_example =
    BRINK_SOURCE_DIR "/configs/examples/sweep_correlation_volatility.toml";

/// A small sweep of the example: 2 x 2 points.
Arguments sweep_arguments(std::string const& command, std::filesystem::path const& output,
                          Arguments const& more = {})
{
    Arguments arguments{command,    sweep_example,
                        "--paths",  "600",
                        "--device", "cpu",
                        "--set",    "sweep.axis.volatility.count=2",
                        "--set",    "sweep.axis.correlation.count=2",
                        "-o",       output.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

TEST(SweepCommand, WritesEveryPointWithItsDifference)
{
    TemporaryFolder const folder;
    ProgramRun const run = brink(sweep_arguments("run", folder / "s.h5"));
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr("Sweep (grid), 4 points"));
    EXPECT_THAT(run.out, HasSubstr("volatility = 2.5, correlation = 0.9"));

    auto const json = nlohmann::json::parse(brink({"inspect", folder / "s.h5", "--json"}).out);
    nlohmann::json const& points = json.at("sweep").at("points");
    ASSERT_EQ(points.size(), 4u);
    EXPECT_EQ(points[1].at("at").at("correlation"), 0.9);
    nlohmann::json const& loss = points[3].at("statistics").at("book").at("loss").at("mean");
    double const base =
        json.at("statistics").at("book").at("loss").at("mean").at("value").get<double>();
    EXPECT_EQ(loss.at("difference").get<double>(), loss.at("value").get<double>() - base);
    EXPECT_GT(loss.at("difference_se").get<double>(), 0);
}

TEST(SweepCommand, GivesAPointWhatOptionsGive)
{
    TemporaryFolder const folder;
    ASSERT_EQ(brink(sweep_arguments("run", folder / "s.h5", {"-q"})).status, 0);
    ProgramRun const alone =
        brink({"run", sweep_example, "--paths", "600", "--device", "cpu", "-q", "--json", "-o",
               folder / "one.h5", "--set", "market.volatility_scale=2.5", "--set",
               "market.correlation.blend=0.9", "--set", "sweep.axis.volatility.count=2", "--set",
               "sweep.axis.correlation.count=2"});
    ASSERT_EQ(alone.status, 0) << alone.err;

    auto const sweep = nlohmann::json::parse(brink({"inspect", folder / "s.h5", "--json"}).out);
    auto const single = nlohmann::json::parse(alone.out);
    auto point = sweep.at("sweep").at("points")[3].at("statistics").at("book");
    for (auto& outcome : point)
        for (auto& statistic : outcome) {
            statistic.erase("difference");
            statistic.erase("difference_se");
        }
    EXPECT_EQ(point, single.at("statistics").at("book"));
}

TEST(SweepCommand, LeavesAFinishedSweepAndRefusesAnother)
{
    TemporaryFolder const folder;
    ASSERT_EQ(brink(sweep_arguments("run", folder / "s.h5", {"-q"})).status, 0);

    ProgramRun const again = brink(sweep_arguments("run", folder / "s.h5"));
    ProgramRun const other =
        brink(sweep_arguments("run", folder / "s.h5", {"--set", "sweep.axis.volatility.to=3"}));

    EXPECT_EQ(again.status, 0);
    EXPECT_THAT(again.out, HasSubstr("Sweep (grid), 4 points"));
    EXPECT_EQ(other.status, 65);
    EXPECT_THAT(other.err, HasSubstr("sweep.axis.volatility.to"));
}

TEST(SweepCommand, SaysHowManyPointsThereAre)
{
    TemporaryFolder const folder;

    EXPECT_THAT(brink({"validate", sweep_example}).out, HasSubstr("20 sweep points"));
    EXPECT_THAT(brink(sweep_arguments("plan", folder / "s.h5")).out,
                HasSubstr("4 points after the base"));
}

TEST(SweepCommand, FindsAMistakeOfAPointBeforeTheFirstPath)
{
    TemporaryFolder const folder;
    ProgramRun const run = brink(sweep_arguments(
        "run", folder / "s.h5", {"--set", "sweep.axis.volatility.key=asset.BTC.volatilty"}));

    EXPECT_EQ(run.status, 78);
    EXPECT_THAT(run.err, HasSubstr("at the point volatility = 0.5, correlation = 0"));
    EXPECT_THAT(run.err, HasSubstr("did you mean \"volatility\"?"));
    EXPECT_TRUE(files_in(folder.path()).empty());
}

TEST(SweepCommand, IsNotRunInShards)
{
    TemporaryFolder const folder;
    ProgramRun const run = brink(sweep_arguments("run", folder / "s.h5", {"--shard", "1/2"}));

    EXPECT_EQ(run.status, 64);
    EXPECT_THAT(run.err, HasSubstr("a sweep is not run in shards"));
}

}  // namespace
}  // namespace brink::test
