// SPDX-License-Identifier: Apache-2.0
// Sweeps that several processes run, each a share of the paths and of the points.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <ctime>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "io/config/instant.hpp"
#include "io/results/part_file.hpp"
#include "io/results/result_file.hpp"
#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/file_bytes.hpp"
#include "tests/support/hdf5_datasets.hpp"

namespace brink::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Two markets with two runs each, and a third point that repeats the first: 6 points, 4 runs.
std::string const two_axes =
    R"(sweep.axis=[{ name = "vol", key = "market.volatility_scale", values = [0.8, 2.5] },
    { name = "reserve", values = [
        { name = "some", set = { "owner.fund.reserve.USDT" = 1e6 } },
        { name = "none", set = { "owner.fund.reserve.USDT" = 0 } },
        { name = "as some", set = { "owner.fund.reserve.USDT" = 1_000_000 } }] }])";

std::string const crash =
    R"(scenario=[{ name = "crash", shocks = [{ begin = "PT1H", assets = ["BTC"], price = -0.2 }] }])";

/// One of 65,536 and a short one.
std::string const two_chunks = "70000";
std::string const one_chunk = "3000";

class SweepShards : public testing::Test {
  protected:
    TemporaryFolder folder_;
    std::filesystem::path output_ = folder_ / "all.h5";

    std::filesystem::path part(int number) const
    {
        return folder_ / ("p" + std::to_string(number));
    }

    /// The quickstart, half a day long, with a stress scenario and the sweep.
    static ProgramRun run(std::filesystem::path const& output, std::string const& paths,
                          Arguments const& more = {})
    {
        Arguments arguments{"run",     quickstart, "--device", "cpu",          "--set",
                            two_axes,  "--set",    crash,      "--set",        "run.horizon=PT12H",
                            "--paths", paths,      "-o",       output.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return brink(arguments);
    }

    ProgramRun run_shard(int number, int count, std::string const& paths,
                         Arguments const& more = {"-q"}) const
    {
        Arguments all{"--shard", std::to_string(number) + "/" + std::to_string(count)};
        all.insert(all.end(), more.begin(), more.end());
        return run(part(number), paths, all);
    }

    void run_shards(int count, std::string const& paths) const
    {
        for (int number = 1; number <= count; ++number) {
            ProgramRun const shard = run_shard(number, count, paths);
            ASSERT_EQ(shard.status, 0) << shard.err;
        }
    }

    ProgramRun merge(std::vector<int> const& numbers, Arguments const& more = {}) const
    {
        Arguments arguments{"merge", "-o", output_.string()};
        for (int const number : numbers)
            arguments.push_back(part(number).string());
        arguments.insert(arguments.end(), more.begin(), more.end());
        return brink(arguments);
    }

    /// Names of what differs from the result of one process.
    static std::vector<std::string> differences(std::filesystem::path const& output,
                                                std::string const& paths)
    {
        static std::map<std::string, std::map<std::string, std::string>> wholes;
        auto& whole = wholes[paths];
        if (whole.empty()) {
            TemporaryFolder const folder;
            EXPECT_EQ(run(folder / "q.h5", paths, {"-q"}).status, 0);
            whole = datasets_in(folder / "q.h5");
            EXPECT_TRUE(whole.contains("sweep/difference_se"));
            EXPECT_TRUE(whole.contains("state/1/whole/moments") || paths == one_chunk);
        }
        auto merged = datasets_in(output);
        std::vector<std::string> names;
        for (auto const& [name, bytes] : whole)
            if (!merged.contains(name) || merged[name] != bytes)
                names.push_back(name);
        for (auto const& [name, bytes] : merged)
            if (!whole.contains(name))
                names.push_back(name);
        return names;
    }
};

TEST_F(SweepShards, MergeIntoTheResultOfOneProcess)
{
    for (int const count : {1, 3, 5}) {
        run_shards(count, two_chunks);
        std::vector<int> numbers;
        for (int number = count; number >= 1; --number)
            numbers.push_back(number);

        ProgramRun const merged = merge(numbers, {"--force"});

        ASSERT_EQ(merged.status, 0) << merged.err;
        EXPECT_THAT(merged.out, HasSubstr("Sweep (grid), 6 points"));
        EXPECT_THAT(differences(output_, two_chunks), IsEmpty()) << count << " shards";
        for (int const number : numbers)
            std::filesystem::remove(part(number));
    }
    EXPECT_THAT(files_in(folder_.path()), ElementsAre("all.h5"));
    // Started again without shards there is nothing left to do.
    EXPECT_THAT(run(output_, two_chunks).err, HasSubstr("nothing to do"));
}

TEST_F(SweepShards, MergeWhereMostHaveNoPathsAndSomeNoPoints)
{
    run_shards(7, one_chunk);

    // Of 4 runs in 7 shards the first, third and fifth have none.
    EXPECT_EQ(read_part(part(1)).sweep.num_run(), 0U);
    EXPECT_EQ(read_part(part(2)).sweep.num_run(), 2U);  // it and the one that repeats it
    EXPECT_EQ(merge({7, 5, 3, 1, 2, 4, 6}).status, 0);
    EXPECT_THAT(differences(output_, one_chunk), IsEmpty());
    // Those that have nothing may be left out.
    EXPECT_EQ(merge({6, 7, 2, 4}, {"--force"}).status, 0);
    EXPECT_THAT(differences(output_, one_chunk), IsEmpty());
}

TEST_F(SweepShards, MergeInSteps)
{
    run_shards(4, one_chunk);
    std::filesystem::path const left = folder_ / "left";
    std::filesystem::path const right = folder_ / "right";
    ASSERT_EQ(brink({"merge", "--partial", part(2), part(1), "-o", left}).status, 0);
    ASSERT_EQ(brink({"merge", "--partial", part(4), part(3), "-o", right}).status, 0);
    EXPECT_THAT(brink({"inspect", left}).out, HasSubstr("shards 1 to 2 of 4"));

    ProgramRun const apart = brink({"merge", "--partial", part(1), part(3), "-o", output_});
    ProgramRun const merged = brink({"merge", right, left, "-o", output_});

    EXPECT_EQ(apart.status, 66);
    EXPECT_THAT(apart.err, HasSubstr("incomplete: 1 of 4 points of the sweep are in no part (shard "
                                     "2/4): vol = 0.8, reserve = none"));
    EXPECT_EQ(merged.status, 0) << merged.err;
    EXPECT_THAT(differences(output_, one_chunk), IsEmpty());
}

TEST_F(SweepShards, ThatAreMissingOrDamagedAreNamedWithTheirPoints)
{
    run_shards(4, one_chunk);

    ProgramRun const missing = merge({4, 1});
    std::string bytes = file_bytes(part(3));
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    write_bytes(part(3), bytes);
    ProgramRun const damaged = merge({1, 2, 3, 4});

    EXPECT_EQ(missing.status, 66);
    EXPECT_THAT(missing.err,
                HasSubstr("incomplete: 2 of 4 points of the sweep are in no part (shards 2/4, "
                          "3/4): vol = 0.8, reserve = none; vol = 2.5, reserve = some"));
    EXPECT_EQ(damaged.status, 66);
    EXPECT_THAT(damaged.err, HasSubstr("p3: the file is damaged"));
    EXPECT_THAT(damaged.err, HasSubstr("in no part (shard 3/4): vol = 2.5, reserve = some"));
    EXPECT_FALSE(std::filesystem::exists(output_));
}

TEST_F(SweepShards, ThatOverlapAreNamedWithTheirPoints)
{
    run_shards(2, one_chunk);
    std::filesystem::copy_file(part(1), part(5));
    ASSERT_EQ(run(part(3), one_chunk, {"-q", "--shard", "2/4"}).status, 0);

    ProgramRun const twice = merge({1, 5, 2});
    ProgramRun const overlap = merge({1, 2, 3});

    EXPECT_EQ(twice.status, 65);
    EXPECT_THAT(twice.err, HasSubstr("p5: shard 1/2 is given twice: it is in "));
    EXPECT_EQ(overlap.status, 65) << overlap.err;
    EXPECT_THAT(overlap.err, HasSubstr("1 of its points of the sweep are also in "));
    EXPECT_THAT(overlap.err, HasSubstr(": vol = 0.8, reserve = none\n"));
    EXPECT_FALSE(std::filesystem::exists(output_));
}

TEST_F(SweepShards, TakeThePlaceOfASweepThatADeadlineCut)
{
    run_shards(2, one_chunk);
    ASSERT_EQ(merge({1, 2}).status, 0);
    EXPECT_THAT(merge({1, 2}).err, HasSubstr("nothing to do"));
    Result cut = read_result(output_);
    cut.sweep.points[1] = {};
    write_result(output_, cut);

    EXPECT_THAT(merge({2, 1}).err, HasSubstr("wrote '"));
    EXPECT_THAT(differences(output_, one_chunk), IsEmpty());
}

TEST_F(SweepShards, TellWhichPointsAreTheirs)
{
    std::filesystem::path const lines = folder_ / "lines";
    ProgramRun const shard = run_shard(2, 3, one_chunk, {"--progress", lines.string()});
    ASSERT_EQ(shard.status, 0) << shard.err;
    EXPECT_THAT(shard.err, HasSubstr("sweep: 1 point in shard 2/3, 2 runs of 3,000 paths"));
    std::vector<nlohmann::json> parts;
    std::stringstream text{file_bytes(lines)};
    for (std::string line; std::getline(text, line);)
        parts.push_back(nlohmann::json::parse(line));
    ASSERT_FALSE(parts.empty());
    EXPECT_EQ(parts.back()["part"], 2);
    EXPECT_EQ(parts.back()["shard"], "2/3");
    EXPECT_EQ(parts.back()["points"], 2);  // its own and the base
    EXPECT_EQ(parts.back()["paths_of"], 6'000);

    ProgramRun const inspect = brink({"inspect", part(2)});
    EXPECT_THAT(inspect.out, HasSubstr("sweep: 1 of 1 points done, of 6 in all\n    vol = 0.8, "
                                       "reserve = none\n"));
    auto const json = nlohmann::json::parse(brink({"inspect", part(2), "--json"}).out);
    EXPECT_EQ(json["num_points"], 1);
    EXPECT_EQ(json["sweep"]["points"].size(), 6U);
    // It is complete, and no result.
    EXPECT_THAT(run_shard(2, 3, one_chunk, {}).err, HasSubstr("is complete: shard 2/3"));
    EXPECT_THAT(run_shard(3, 8, one_chunk, {}).err,
                HasSubstr("sweep: no points are left to run in shard 3/8"));
    EXPECT_THAT(brink({"inspect", part(3)}).out, HasSubstr("sweep: no points in this share"));
}

/// 24 points, of which half make a shard that runs for seconds on one thread.
Arguments long_shard(std::filesystem::path const& output, std::string const& shard,
                     Arguments const& more = {})
{
    Arguments arguments{
        "run",      BRINK_SOURCE_DIR "/configs/examples/sweep_correlation_volatility.toml",
        "--device", "cpu",
        "--paths",  "30000",
        "--set",    "run.horizon=P1D",
        "--set",    "sweep.axis.volatility.count=6",
        "-o",       output.string()};
    if (!shard.empty())
        arguments.insert(arguments.end(), {"--shard", shard});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

TEST_F(SweepShards, GoOnFromTheirCheckpoints)
{
    ProgramSetting setting;
    setting.signal = SIGTERM;
    setting.signal_when = part(1).string() + ".checkpoint";
    ProgramRun const stopped = brink(
        long_shard(part(1), "1/2", {"--threads", "1", "--checkpoint-every", "PT0S"}), setting);
    ASSERT_EQ(stopped.status, 75) << stopped.err;
    EXPECT_THAT(stopped.err, HasSubstr("of 12 points of the sweep done; "));
    std::size_t const done = read_part(setting.signal_when).sweep.num_run();
    ASSERT_GE(done, 1U);
    EXPECT_THAT(brink({"inspect", setting.signal_when}).out,
                HasSubstr("sweep: " + std::to_string(done) + " of 12 points done, of 24 in all"));
    ProgramRun const early = brink({"merge", setting.signal_when, "-o", output_});
    EXPECT_EQ(early.status, 65);
    EXPECT_THAT(early.err, HasSubstr("its shard is not done yet"));

    ProgramRun const rest = brink(long_shard(part(1), "1/2"));
    ASSERT_EQ(brink(long_shard(part(2), "2/2", {"-q"})).status, 0);
    ASSERT_EQ(merge({1, 2}).status, 0);

    EXPECT_EQ(rest.status, 0) << rest.err;
    EXPECT_THAT(rest.err, HasSubstr("with 0 of 0 paths and " + std::to_string(done)
                                    + " points of the sweep"));
    EXPECT_EQ(brink(long_shard(folder_ / "whole.h5", "", {"-q"})).status, 0);
    EXPECT_EQ(datasets_in(output_), datasets_in(folder_ / "whole.h5"));
    EXPECT_THAT(files_in(folder_.path()), ElementsAre("all.h5", "p1", "p2", "whole.h5"));
}

TEST_F(SweepShards, AreUnfinishedAfterADeadline)
{
    std::string const soon = format_instant(static_cast<UnixSeconds>(std::time(nullptr)) + 2);

    ProgramRun const cut = brink(long_shard(
        part(1), "1/2", {"--threads", "1", "--set", "run.horizon=P60D", "--deadline", soon}));
    ProgramRun const late = brink(long_shard(
        part(1), "1/2", {"--set", "run.horizon=P60D", "--deadline", "2025-01-01T00:00:00Z"}));

    EXPECT_EQ(cut.status, 75) << cut.err;
    EXPECT_THAT(cut.err, HasSubstr("stopped by the deadline"));
    EXPECT_THAT(cut.err, HasSubstr("of 12 points of the sweep done; "));
    EXPECT_EQ(late.status, 64);
    EXPECT_THAT(late.err, HasSubstr("has passed, and the shard is not done"));
    EXPECT_THAT(files_in(folder_.path()), ElementsAre("p1.checkpoint"));
}

}  // namespace
}  // namespace brink::test
