// SPDX-License-Identifier: Apache-2.0
// Sweeps as a user runs them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>

#include "host/merge/part_text.hpp"
#include "io/config/instant.hpp"
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

/// 24 points of half a day, on one thread a few seconds.
Arguments long_sweep(std::filesystem::path const& output, Arguments const& more = {})
{
    Arguments arguments{"run",      sweep_example,
                        "--paths",  "30000",
                        "--device", "cpu",
                        "--set",    "run.horizon=PT12H",
                        "--set",    "sweep.axis.volatility.count=6",
                        "--set",    "sweep.axis.correlation.count=4",
                        "-o",       output.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

/// Those of a result or checkpoint; none where none was run.
nlohmann::json points_in(std::filesystem::path const& file)
{
    auto const json = nlohmann::json::parse(brink({"inspect", file, "--json"}).out);
    return json.contains("sweep") ? json.at("sweep").at("points") : nlohmann::json::array();
}

std::size_t num_done(nlohmann::json const& points)
{
    return static_cast<std::size_t>(
        std::count_if(points.begin(), points.end(),
                      [](nlohmann::json const& point) { return point["paths"] > 0; }));
}

/// A sweep that was not interrupted, once for all tests.
nlohmann::json const& whole_sweep()
{
    static nlohmann::json const points = [] {
        TemporaryFolder const folder;
        EXPECT_EQ(brink(long_sweep(folder / "s.h5", {"-q"})).status, 0);
        return points_in(folder / "s.h5");
    }();
    return points;
}

TEST(SweepCommand, IsCutByADeadlineAndCompletedByTheSameCommand)
{
    TemporaryFolder const folder;
    // Time enough for the base on this machine, and too little for all points.
    ProgramRun cut;
    std::size_t done = 0;
    for (int seconds = 2; seconds <= 64 && done == 0; seconds *= 2) {
        auto const end = static_cast<UnixSeconds>(std::time(nullptr)) + seconds;
        cut = brink(
            long_sweep(folder / "s.h5", {"--threads", "1", "--deadline", format_instant(end)}));
        done = cut.status == 0 ? num_done(points_in(folder / "s.h5")) : 0;
    }
    ASSERT_GE(done, 1U) << cut.err;
    if (done == whole_sweep().size())
        GTEST_SKIP() << "too fast to be cut";
    EXPECT_THAT(cut.err, HasSubstr("stopped by the deadline"));
    EXPECT_THAT(files_in(folder.path()), testing::ElementsAre("s.h5"));

    ProgramRun const whole = brink(long_sweep(folder / "s.h5"));

    EXPECT_EQ(whole.status, 0) << whole.err;
    EXPECT_EQ(points_in(folder / "s.h5"), whole_sweep());
    EXPECT_THAT(whole.out, testing::Not(HasSubstr("stopped by")));
    EXPECT_THAT(brink(long_sweep(folder / "s.h5")).err, HasSubstr("nothing to do"));
}

TEST(SweepCommand, SaysThatACheckpointHasNoPointsYet)
{
    PartFile part;
    part.kind = "checkpoint";
    part.provenance.hashed_keys = {{"sweep.kind", "\"grid\""}};

    EXPECT_THAT(part_text(part), HasSubstr("sweep: no point done yet"));
    part.provenance.hashed_keys = {};
    EXPECT_THAT(part_text(part), testing::Not(HasSubstr("sweep")));
}

TEST(SweepCommand, MakesAResultOfItsCheckpointAfterTheDeadline)
{
    TemporaryFolder const folder;
    ProgramSetting setting;
    setting.signal = SIGTERM;
    setting.signal_when = folder / "s.h5.checkpoint";
    ProgramRun const stopped = brink(
        long_sweep(folder / "s.h5", {"--threads", "1", "--checkpoint-every", "PT0S"}), setting);
    ASSERT_EQ(stopped.status, 75) << stopped.err;
    EXPECT_THAT(stopped.err, HasSubstr("of 24 points of the sweep done; "));
    ProgramRun const inspect = brink({"inspect", folder / "s.h5.checkpoint"});
    EXPECT_THAT(inspect.out, HasSubstr("of 24 points done"));
    EXPECT_THAT(inspect.out, HasSubstr("    volatility = 0.5, correlation = 0"));
    std::size_t const done = num_done(points_in(folder / "s.h5.checkpoint"));
    ASSERT_GE(done, 1U);
    Arguments const late{"--deadline", "2025-01-01T00:00:00Z"};

    ProgramRun const cut = brink(long_sweep(folder / "s.h5", late));

    EXPECT_EQ(cut.status, 0) << cut.err;
    EXPECT_THAT(cut.err,
                HasSubstr("with " + std::to_string(done) + " of 24 points of the sweep done"));
    EXPECT_EQ(num_done(points_in(folder / "s.h5")), done);
    EXPECT_THAT(files_in(folder.path()), testing::ElementsAre("s.h5"));
    // Nothing is added to it then, and all of the rest by a run with time.
    ProgramRun const again = brink(long_sweep(folder / "s.h5", late));
    EXPECT_EQ(again.status, 0);
    EXPECT_THAT(again.err, HasSubstr("the result is left as it is"));
    EXPECT_EQ(brink(long_sweep(folder / "s.h5", {"-q"})).status, 0);
    EXPECT_EQ(points_in(folder / "s.h5"), whole_sweep());
}

}  // namespace
}  // namespace brink::test
