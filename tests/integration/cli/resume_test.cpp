// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <ctime>
#include <filesystem>
#include <map>
#include <string>

#include "io/config/instant.hpp"
#include "io/results/part_file.hpp"
#include "tests/integration/cli/brief_runs.hpp"
#include "tests/support/file_bytes.hpp"

namespace brink::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Resume : public testing::Test {
  protected:
    TemporaryFolder folder_;
    std::filesystem::path output_ = folder_ / "q.h5";

    /// Stop a run after a chunk, and before its end unless that is near.
    ProgramRun stopped(std::string const& of = "20000000")
    {
        ProgramSetting setting;
        setting.signal = SIGTERM;
        setting.signal_when = output_.string() + ".checkpoint";
        return brief({"--paths", of, "--batch-chunks", "1", "-o", output_, "--checkpoint-every",
                      "PT0S", "--threads", "1"},
                     setting);
    }
};

TEST_F(Resume, GoesOnFromTheCheckpointOfAStoppedRun)
{
    ProgramRun const first = stopped();
    ASSERT_EQ(first.status, 75) << first.err;
    EXPECT_THAT(first.err, HasSubstr("stopped by SIGTERM"));
    EXPECT_THAT(first.err, HasSubstr("run the same command again to go on"));
    EXPECT_THAT(files_in(folder_.path()), ElementsAre("q.h5.checkpoint"));
    std::uint64_t const done = read_part(output_.string() + ".checkpoint").runs[0].whole.end_chunk;
    ASSERT_GE(done, 1U);

    ProgramRun const second = brief({"--paths", std::to_string(65'536 * done + 9), "-o", output_});

    EXPECT_EQ(second.status, 0) << second.err;
    EXPECT_THAT(second.err, HasSubstr("going on from"));
    EXPECT_THAT(files_in(folder_.path()), ElementsAre("q.h5"));
}

TEST_F(Resume, GivesTheNumbersOfAnUninterruptedRun)
{
    std::string checkpoint;
    if (stopped(paths).status == 75) {
        checkpoint = file_bytes(output_.string() + ".checkpoint");
        ASSERT_EQ(brief_run(output_, paths).status, 0);
    }

    EXPECT_EQ(numbers_in(output_), uninterrupted());
    EXPECT_THAT(files_in(folder_.path()), ElementsAre("q.h5"));
    if (checkpoint.empty())
        return;
    // As a process leaves it that is killed after its result.
    write_bytes(output_.string() + ".checkpoint", checkpoint);
    EXPECT_EQ(brief_run(output_, paths).status, 0);
    EXPECT_THAT(files_in(folder_.path()), ElementsAre("q.h5"));
}

TEST_F(Resume, StopsByItselfBeforeItsTimeIsUp)
{
    ProgramRun const run =
        brief({"--paths", "200000000", "-q", "-o", output_, "--max-walltime", "PT0.1S"});

    EXPECT_EQ(run.status, 75) << run.err;
    EXPECT_THAT(run.err, HasSubstr("stopped by --max-walltime"));
    EXPECT_FALSE(std::filesystem::exists(output_));
}

TEST_F(Resume, ExtendsAFinishedRun)
{
    ASSERT_EQ(brief_run(output_, "140000").status, 0);

    ProgramRun const run = brief({"--paths", paths, "-o", output_});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr("with 131,072 of 200,000 paths"));
    EXPECT_EQ(numbers_in(output_), uninterrupted());
}

TEST_F(Resume, RunsAnewWhatKeepsNoChunks)
{
    ASSERT_EQ(brief_run(output_, "140000", {"--set", "output.extendable=false"}).status, 0);

    ProgramRun const run = brief({"--paths", paths, "-o", output_});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr("keeps no chunks"));
    EXPECT_EQ(numbers_in(output_), uninterrupted());
}

TEST_F(Resume, RefusesTheCheckpointOfAnotherScenario)
{
    ASSERT_EQ(stopped().status, 75);
    std::string const before = file_bytes(output_.string() + ".checkpoint");

    ProgramRun const run = brief_run(output_, paths, {"--seed", "8"});

    EXPECT_EQ(run.status, 65);
    EXPECT_THAT(run.err, HasSubstr("first differing key run.seed: 20250701 there, 8 here"));
    EXPECT_EQ(file_bytes(output_.string() + ".checkpoint"), before);
    EXPECT_EQ(brief_run(output_, "2000", {"--seed", "8", "--force"}).status, 0);
    EXPECT_THAT(files_in(folder_.path()), ElementsAre("q.h5"));
}

TEST_F(Resume, StartsAnewFromADamagedCheckpoint)
{
    ASSERT_EQ(stopped().status, 75);
    std::filesystem::path const checkpoint = output_.string() + ".checkpoint";
    std::string bytes = file_bytes(checkpoint);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    write_bytes(checkpoint, bytes);

    ProgramRun const run = brief({"--paths", paths, "-o", output_});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr("damaged"));
    EXPECT_EQ(numbers_in(output_), uninterrupted());
}

TEST_F(Resume, EndsAtADeadlineWithTheResultOfThePathsDone)
{
    std::string const soon = format_instant(static_cast<UnixSeconds>(std::time(nullptr)) + 6);

    ProgramRun const run = brief({"--paths", "500000000", "--threads", "1", "--batch-chunks", "1",
                                  "-o", output_, "--deadline", soon});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr("stopped by the deadline"));
    EXPECT_THAT(files_in(folder_.path()), ElementsAre("q.h5"));
    std::uint64_t const done = read_provenance(output_).paths;
    EXPECT_EQ(brief_run(folder_ / "same.h5", std::to_string(done)).status, 0);
    EXPECT_EQ(numbers_in(folder_ / "same.h5"), numbers_in(output_));
}

std::string const long_ago = "2025-01-01T00:00:00Z";

TEST_F(Resume, RefusesADeadlineThatHasPassed)
{
    ProgramRun const past = brink(run_arguments(output_, {"--deadline", long_ago}));
    ProgramRun const set =
        brink(run_arguments(output_, {"--set", "stop.deadline=\"" + long_ago + "\""}));

    EXPECT_EQ(past.status, 64);
    EXPECT_THAT(past.err, HasSubstr("error: --deadline: 2025-01-01T00:00:00Z has passed"));
    EXPECT_EQ(set.status, 78);
    EXPECT_THAT(set.err, HasSubstr("stop.deadline: 2025-01-01T00:00:00Z has passed"));
    EXPECT_TRUE(files_in(folder_.path()).empty());
}

TEST_F(Resume, RefusesTimesThatAreNone)
{
    for (char const* text : {"", "tomorrow", "25:00", "2025-01-01"})
        EXPECT_EQ(brink(run_arguments(output_, {"--deadline", text})).status, 64) << text;
    for (char const* text : {"", "1h", "-PT1H"})
        EXPECT_EQ(brink(run_arguments(output_, {"--max-walltime", text})).status, 64) << text;
}

TEST_F(Resume, ShowsAResultWhoseDeadlineHasPassed)
{
    ASSERT_EQ(brief_run(output_, "3000").status, 0);
    std::string const before = file_bytes(output_);

    ProgramRun const same = brief({"--paths", "3000", "-o", output_, "--deadline", long_ago});
    ProgramRun const more = brief({"--paths", "4000", "-o", output_, "--deadline", long_ago});

    EXPECT_EQ(same.status, 0) << same.err;
    EXPECT_THAT(same.err, HasSubstr("nothing to do"));
    EXPECT_EQ(more.status, 0) << more.err;
    EXPECT_THAT(more.err, HasSubstr("the result is left as it is"));
    EXPECT_EQ(file_bytes(output_), before);
}

TEST_F(Resume, MakesAResultOfItsCheckpointAfterTheDeadline)
{
    ASSERT_EQ(stopped().status, 75);
    std::uint64_t const done = read_part(output_.string() + ".checkpoint").runs[0].whole.end_chunk;

    ProgramRun const run = brief({"--paths", "20000000", "-o", output_, "--deadline", long_ago});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr("which make the result"));
    EXPECT_THAT(files_in(folder_.path()), ElementsAre("q.h5"));
    EXPECT_EQ(read_provenance(output_).paths, 65'536 * done);
}

TEST_F(Resume, SaysWhichSettingMakesACheckpointUseless)
{
    ASSERT_EQ(stopped().status, 75);
    std::uint64_t const done = read_part(output_.string() + ".checkpoint").runs[0].whole.end_chunk;

    ProgramRun const run = brief_run(output_, std::to_string(65'536 * done + 9),
                                     {"--set", "output.outcomes=all", "--threads", "2"});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr("it was run with output.outcomes = \"tail\", not \"all\"; the "
                                   "run starts anew"));
}

TEST_F(Resume, ListsTheKeysThatTheHashCovers)
{
    ASSERT_EQ(brief_run(output_, "1000").status, 0);
    std::map<std::string, std::string> const keys = read_provenance(output_).hashed_keys;

    EXPECT_TRUE(keys.contains("run.seed"));
    for (auto const& [key, value] : keys)
        EXPECT_FALSE(key.starts_with("output.") || key.starts_with("limits.")
                     || key.starts_with("stop.") || key == "run.name" || key == "run.paths")
            << key;
}

}  // namespace
}  // namespace brink::test
