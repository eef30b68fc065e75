// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernels/executor.hpp"
#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/file_bytes.hpp"

namespace brink::test {
namespace {

TEST(Failure, OfTheCommandLineIs64)
{
    for (Arguments const& arguments : {Arguments{},
                                       {"frob"},
                                       {"run"},
                                       {"run", quickstart, "--no-such"},
                                       {"run", quickstart, "--threads", "0"},
                                       {"run", quickstart, "--paths", "many"},
                                       {"run", quickstart, "--paths", "0"},
                                       {"run", quickstart, "--seed", "9223372036854775808"},
                                       {"inspect", "any.h5", "--json", "--config"},
                                       {"run", quickstart, "--device", "gpu"},
                                       {"run", quickstart, "-o", "{seed}.h5"},
                                       {"replay", quickstart, "0", "--format", "xml"},
                                       {"replay", quickstart, "1000000"},
                                       {"assess", quickstart, "--price", "BTC"}}) {
        ProgramRun const run = brink(arguments);
        EXPECT_EQ(run.status, 64) << ::testing::PrintToString(arguments) << run.err;
        EXPECT_FALSE(run.err.empty()) << ::testing::PrintToString(arguments);
    }
}

TEST(Failure, NamesTheNearestCommand)
{
    EXPECT_NE(brink({"rum"}).err.find("did you mean \"run\""), std::string::npos);
}

TEST(Failure, PrintsAllMistakesAndTheFirstCode)
{
    ProgramRun const run =
        brink({"run", quickstart, "--device", "gpu", "--set", "market.frob=1", "-o", "{x}.h5"});

    EXPECT_EQ(run.status, 64);
    for (char const* part : {"unknown device 'gpu'", "frob", "unknown placeholder {x}"})
        EXPECT_NE(run.err.find(part), std::string::npos) << part << "\n" << run.err;
}

TEST(Failure, OfAMissingFileIs66)
{
    EXPECT_EQ(brink({"run", "/no/such.toml"}).status, 66);
    EXPECT_EQ(brink({"inspect", "/no/such.h5"}).status, 66);
    EXPECT_EQ(brink({"replay", "/no/such.h5", "0"}).status, 66);
    EXPECT_EQ(brink({"assess", quickstart, "--watch", "/no/such.jsonl"}).status, 66);
}

TEST(Failure, OfAFileThatIsNoResultIs65)
{
    TemporaryFolder const folder;
    write_bytes(folder / "no.h5", "[run]\nname = \"text\"\n");
    write_bytes(folder / "NO.H5", "[run]\nname = \"text\"\n");
    EXPECT_EQ(brink({"replay", folder / "NO.H5", "0"}).status, 65);
    ProgramRun const replay = brink({"replay", folder / "no.h5", "0"});

    EXPECT_EQ(brink({"inspect", quickstart}).status, 65);
    EXPECT_EQ(replay.status, 65);
    EXPECT_NE(replay.err.find("HDF5"), std::string::npos) << replay.err;
}

TEST(Failure, OfAnOptionOfTheScenarioIs78)
{
    TemporaryFolder const folder;

    EXPECT_EQ(brink(run_arguments(folder / "q.h5", {"--set", "run.frob=1"})).status, 78);
    EXPECT_EQ(
        brink({"run", quickstart, "--set", "run.paths=0", "-q", "-o", folder / "q.h5"}).status, 78);
    EXPECT_EQ(
        brink(run_arguments(folder / "q.h5", {"--set", "limits.\"book.loss.es_0.5\"=1"})).status,
        78);
    EXPECT_TRUE(files_in(folder.path()).empty());
}

TEST(Failure, OfANumberThatIsNoneIs64)
{
    TemporaryFolder const folder;

    EXPECT_EQ(brink(run_arguments(folder / "q.h5", {}, "-5")).status, 64);
    EXPECT_EQ(brink(run_arguments(folder / "q.h5", {"--seed", "-1"})).status, 64);
    EXPECT_EQ(brink({"replay", quickstart, "99999999999999999999"}).status, 64);
    EXPECT_TRUE(files_in(folder.path()).empty());
}

TEST(Failure, OfANumberOfPathsSaysWhatIsWrongWithIt)
{
    TemporaryFolder const folder;
    for (auto const& [paths, message] : std::vector<std::pair<std::string, std::string>>{
             {"1.5",
              "\"1.5\" is no whole number of paths from 1 on, such as 1000000, 1_000_000 or 1e6"},
             {"-5", "\"-5\" is no whole number of paths"},
             {"-1e3", "\"-1e3\" is no whole number of paths"},
             {"1e-3", "\"1e-3\" is no whole number of paths"},
             {"_100", "\"_100\" is no whole number of paths"},
             {"1__0", "\"1__0\" is no whole number of paths"},
             {"1e6x", "\"1e6x\" is no whole number of paths"},
             {"nan", "\"nan\" is no whole number of paths"},
             {"1e30", "\"1e30\" paths are too many; 2^47 are the most"},
             {"inf", "\"inf\" paths are too many; 2^47 are the most"}}) {
        ProgramRun const run = brink(run_arguments(folder / "q.h5", {}, paths));

        EXPECT_EQ(run.status, 64) << paths;
        EXPECT_NE(run.err.find(message), std::string::npos) << run.err;
    }
    EXPECT_TRUE(files_in(folder.path()).empty());
}

TEST(Failure, OfAnAbsentDeviceIs69)
{
    if (!cuda_devices().empty())
        GTEST_SKIP() << "this machine has a GPU";
    TemporaryFolder const folder;

    ProgramRun const run = brink(run_arguments(folder / "q.h5", {"--device", "cuda"}));

    EXPECT_EQ(run.status, 69) << run.err;
    EXPECT_TRUE(files_in(folder.path()).empty());
}

TEST(Failure, OfMemoryIs69WithTheNumber)
{
    TemporaryFolder const folder;

    // 1e12 rows of more than 100 bytes are more than any machine has.
    ProgramRun const run = brink(
        run_arguments(folder / "q.h5", {"--set", "output.outcomes=\"all\""}, "1000000000000"));

    EXPECT_EQ(run.status, 69) << run.err;
    EXPECT_NE(run.err.find("the run needs"), std::string::npos) << run.err;
    EXPECT_TRUE(files_in(folder.path()).empty());
}

TEST(Failure, OfAFolderThatCannotBeWrittenIs73)
{
    EXPECT_EQ(brink(run_arguments("/proc/brink/q.h5")).status, 73);
    TemporaryFolder const folder;
    EXPECT_EQ(brink(run_arguments(folder.path(), {"--force"})).status, 73);
    EXPECT_EQ(brink(run_arguments(folder.path())).status, 73);
    EXPECT_EQ(brink(run_arguments("/dev/null")).status, 73);
    EXPECT_EQ(brink(run_arguments("")).status, 64);
    if (::geteuid() == 0)
        return;  // root may write anywhere
    ::chmod(folder.path().c_str(), 0500);
    EXPECT_EQ(brink(run_arguments(folder / "q.h5")).status, 73);
    ::chmod(folder.path().c_str(), 0700);
}

TEST(Failure, OfAFullDiskIs74AndLeavesNothing)
{
    TemporaryFolder const folder;
    ProgramSetting setting;
    setting.file_size_limit = 100'000;  // the result has some megabytes

    ProgramRun const run = brink(run_arguments(folder / "q.h5", {}, "4000"), setting);

    EXPECT_EQ(run.status, 74) << run.err;
    EXPECT_TRUE(files_in(folder.path()).empty());
}

/// A small disk of its own: a tmpfs that a private mount namespace holds. The shell prints what
/// lies in it after brink, whose status it hands on.
class SmallDisk : public testing::Test {
    static Arguments in_namespace(std::string const& script, std::string const& folder)
    {
        Arguments arguments{"--mount"};
        if (::geteuid() != 0)
            arguments.insert(arguments.end(), {"--user", "--map-root-user"});
        std::string const mount = "mount -t tmpfs -o size=256k tmpfs \"$0\" || exit 199; ";
        arguments.insert(arguments.end(), {"/bin/sh", "-c", mount + script, folder});
        return arguments;
    }

  protected:
    static constexpr char const* unshare = "/usr/bin/unshare";
    TemporaryFolder folder_;

    void SetUp() override
    {
        bool const exists = ::access(unshare, X_OK) == 0;
        if (!exists || run_program(unshare, in_namespace("exit 0", folder_.path())).status != 0)
            GTEST_SKIP() << "no private tmpfs can be mounted here";
    }

    /// `brink run` of the quickstart with result q.h5 on the small disk.
    ProgramRun run(Arguments const& options, std::string const& paths) const
    {
        Arguments const all = run_arguments(folder_ / "q.h5", options, paths);
        std::string script = "'" BRINK_EXECUTABLE "'";
        for (std::string const& argument : all)
            script += " '" + argument + "'";
        script += " >&2; status=$?; ls -A \"$0\"; exit $status";
        return run_program(unshare, in_namespace(script, folder_.path()));
    }
};

TEST_F(SmallDisk, ThatIsFullIs74AndKeepsNothing)
{
    ProgramRun const full = run({}, "4000");

    EXPECT_EQ(full.status, 74) << full.err;
    EXPECT_NE(full.err.find("No space left on device"), std::string::npos) << full.err;
    EXPECT_EQ(full.out, "");
}

TEST_F(SmallDisk, WithoutRoomForExactTailsIs69BeforeAnythingRuns)
{
    ProgramRun const refused = run({}, "100000000");

    EXPECT_EQ(refused.status, 69) << refused.err;
    EXPECT_NE(refused.err.find("exact tails need"), std::string::npos) << refused.err;
    EXPECT_EQ(refused.out, "");
}

TEST(Failure, LeavesAnExistingResultUntouched)
{
    TemporaryFolder const folder;
    ASSERT_EQ(brink(run_arguments(folder / "q.h5")).status, 0);
    std::string const before = file_bytes(folder / "q.h5");
    ProgramSetting setting;
    setting.file_size_limit = 100'000;

    ProgramRun const run =
        brink(run_arguments(folder / "q.h5", {"--force", "--seed", "9"}, "4000"), setting);

    EXPECT_EQ(run.status, 74) << run.err;
    EXPECT_EQ(file_bytes(folder / "q.h5"), before);
    EXPECT_EQ(files_in(folder.path()).size(), 1);
}

}  // namespace
}  // namespace brink::test
