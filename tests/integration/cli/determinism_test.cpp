// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "io/results/result_file.hpp"
#include "kernels/executor.hpp"
#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/file_bytes.hpp"

namespace brink::test {
namespace {

/// Three chunks, the last one short.
std::string const num_paths = "140000";

/// All bytes of a result file but for when, where and how fast it was made.
std::string datasets_of(std::filesystem::path const& path)
{
    Result result = read_result(path);
    Provenance& p = result.provenance;
    p.started = p.finished = p.host = p.devices = {};
    p.seconds = 0;
    p.manifest = {};
    TemporaryFolder const folder;
    write_result(folder / "same.h5", result);
    return file_bytes(folder / "same.h5");
}

/// Datasets of a run with 10 steps, so that it is short.
std::string run_and_read(Arguments const& more, ProgramSetting const& setting = {})
{
    TemporaryFolder const folder;
    Arguments arguments = run_arguments(folder / "q.h5", {"--set", "run.step=\"P1D\""}, num_paths);
    arguments.insert(arguments.end(), more.begin(), more.end());
    ProgramRun const run = brink(arguments, setting);
    EXPECT_EQ(run.status & ~3, 0) << run.err;  // 3: the limit of the scenario
    return datasets_of(folder / "q.h5");
}

TEST(Determinism, ThreadsAndBatchesChangeNoBit)
{
    std::string const expected = run_and_read({"--threads", "1", "--batch-chunks", "1"});

    EXPECT_TRUE(run_and_read({"--threads", "2", "--batch-chunks", "1"}) == expected);
    EXPECT_TRUE(run_and_read({"--threads", "2", "--batch-chunks", "3"}) == expected);
    EXPECT_TRUE(run_and_read({"--threads", "3"}) == expected);
    EXPECT_FALSE(run_and_read({"--seed", "2"}) == expected);
}

TEST(Determinism, ThreadsAndBatchesChangeNoBitInDouble)
{
    Arguments const base{"--set", "run.precision=\"double\"", "--threads", "1"};
    Arguments other = base;
    other.back() = "2";
    other.insert(other.end(), {"--batch-chunks", "2"});

    EXPECT_TRUE(run_and_read(base) == run_and_read(other));
}

TEST(Determinism, InstructionSetsChangeNoBit)
{
    if (cpu_isa() == "v3")
        GTEST_SKIP() << "this machine has x86-64-v3 only";
    ProgramSetting narrow;
    narrow.environment = {{"BRINK_ISA_MAX", "v3"}};

    EXPECT_TRUE(run_and_read({}) == run_and_read({}, narrow));
}

TEST(Determinism, PathsDoNotDependOnTheirNumber)
{
    TemporaryFolder const folder;
    Arguments const all{"--set", "output.outcomes=\"all\""};
    ASSERT_EQ(brink(run_arguments(folder / "few.h5", all, "500")).status & ~3, 0);
    ASSERT_EQ(brink(run_arguments(folder / "more.h5", all, "700")).status & ~3, 0);

    OutcomeRows const few = read_result(folder / "few.h5").rows;
    OutcomeRows more = read_result(folder / "more.h5").rows;

    ASSERT_EQ(few.paths.size(), 500);
    ASSERT_EQ(more.paths.size(), 700);
    for (std::size_t c = 0; c < few.columns.size(); ++c) {
        more.columns[c].resize(500);
        for (std::size_t i = 0; i < 500; ++i)
            EXPECT_TRUE(few.columns[c][i] == more.columns[c][i]
                        || (few.columns[c][i] != few.columns[c][i]
                            && more.columns[c][i] != more.columns[c][i]))
                << outcome_list[c].name << " of path " << i;
    }
}

}  // namespace
}  // namespace brink::test
