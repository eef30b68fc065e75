// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "io/results/result_file.hpp"
#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/file_bytes.hpp"

namespace brink::test {
namespace {

TEST(Run, LeavesAResultAndPrintsASummary)
{
    TemporaryFolder const folder;

    ProgramRun const run = brink({"run", quickstart, "--paths", "2000", "-o", folder / "q.h5"});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(files_in(folder.path()), std::vector<std::string>{"q.h5"});
    EXPECT_NE(run.out.find("margin call"), std::string::npos) << run.out;
    Result const result = read_result(folder / "q.h5");
    EXPECT_EQ(result.provenance.paths, 2000);
    EXPECT_EQ(result.scopes.size(), 2);
    EXPECT_EQ(result.scopes[1].scope, "account:main");
}

TEST(Run, PrintsOneLineOfJsonLast)
{
    TemporaryFolder const folder;

    ProgramRun const run = brink(run_arguments(folder / "q.h5", {"--json"}));

    auto const json = nlohmann::json::parse(run.last_line());
    EXPECT_EQ(json["paths"], 2000);
    EXPECT_EQ(json["scenario_hash"].get<std::string>().size(), 64);
    EXPECT_GT(json["seconds"].get<double>(), 0);
    EXPECT_FALSE(json["devices"].get<std::string>().empty());
    for (char const* scope : {"book", "account:main"})
        for (char const* member : {"value", "se", "lo", "hi", "n_tail"})
            EXPECT_TRUE(json["statistics"][scope]["loss"]["es_0.99"].contains(member)) << scope;
    // -q leaves nothing else on standard output.
    EXPECT_EQ(run.out, run.last_line() + "\n");
}

TEST(Run, AppliesOptionsOverTheScenario)
{
    TemporaryFolder const folder;

    ProgramRun const run =
        brink(run_arguments(folder / "q.h5", {"--seed", "7", "--set", "market.model=\"gbm\"",
                                              "--set", "run.step=\"PT2H\""}));

    EXPECT_EQ(run.status, 0) << run.err;
    Provenance const provenance = read_provenance(folder / "q.h5");
    EXPECT_EQ(provenance.seed, "7");
    EXPECT_EQ(provenance.steps, 120);
    EXPECT_EQ(provenance.overrides.size(), 4);
}

TEST(Run, DoesNothingWhereTheResultIsComplete)
{
    TemporaryFolder const folder;
    ASSERT_EQ(brink(run_arguments(folder / "q.h5")).status, 0);
    std::string const before = file_bytes(folder / "q.h5");

    ProgramRun const again =
        brink({"run", quickstart, "--paths", "2000", "-o", folder / "q.h5", "--json"});

    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_NE(again.err.find("is complete"), std::string::npos) << again.err;
    EXPECT_EQ(file_bytes(folder / "q.h5"), before);
    EXPECT_EQ(nlohmann::json::parse(again.last_line())["paths"], 2000);
}

TEST(Run, LeavesAResultWithMorePathsAsItIs)
{
    TemporaryFolder const folder;
    ASSERT_EQ(brink(run_arguments(folder / "q.h5")).status, 0);
    std::string const before = file_bytes(folder / "q.h5");

    ProgramRun const fewer = brink({"run", quickstart, "--paths", "1000", "-o", folder / "q.h5"});

    EXPECT_EQ(fewer.status, 0) << fewer.err;
    EXPECT_NE(fewer.err.find("left as it is"), std::string::npos) << fewer.err;
    EXPECT_EQ(file_bytes(folder / "q.h5"), before);
}

TEST(Run, IsSilentWhereItIsQuietAndHasNothingToDo)
{
    TemporaryFolder const folder;
    ASSERT_EQ(brink(run_arguments(folder / "q.h5")).status, 0);

    for (char const* paths : {"2000", "1000"}) {
        ProgramRun const again = brink(run_arguments(folder / "q.h5", {}, paths));

        EXPECT_EQ(again.status, 0) << again.err;
        EXPECT_EQ(again.err, "") << paths;
        EXPECT_EQ(again.out, "") << paths;
    }
}

TEST(Run, TakesRoundNumbersOfPathsAsPeopleWriteThem)
{
    TemporaryFolder const folder;
    for (char const* paths : {"1e3", "1_000", "1.0e3", "1000"}) {
        ProgramRun const run = brink(run_arguments(folder / "q.h5", {"--json", "--force"}, paths));

        ASSERT_EQ(run.status, 0) << run.err;
        EXPECT_EQ(nlohmann::json::parse(run.last_line())["paths"], 1'000) << paths;
    }
}

TEST(Run, RecordsWarningsOfSettingsWithoutEffect)
{
    TemporaryFolder const folder;
    ProgramRun const run =
        brink(run_arguments(folder / "q.h5", {"--set", "asset.SOL.volatility=117", "--set",
                                              "limits.\"book.liquidated.prob\"=1"}));

    EXPECT_EQ(run.status, 0) << run.err;
    std::string const message =
        "--set asset.SOL.volatility=117: warning: asset[2].volatility: 117 is 11700 % a year: a "
        "fraction is expected (if 117 % is meant, write 1.17)";
    EXPECT_NE(run.err.find(message), std::string::npos) << run.err;
    EXPECT_THAT(read_provenance(folder / "q.h5").warnings, testing::Contains(message));
}

TEST(Run, RunsAgainForMorePaths)
{
    TemporaryFolder const folder;
    ASSERT_EQ(brink(run_arguments(folder / "q.h5", {}, "1000")).status, 0);

    ASSERT_EQ(brink(run_arguments(folder / "q.h5", {}, "3000")).status, 0);

    EXPECT_EQ(read_provenance(folder / "q.h5").paths, 3000);
}

TEST(Run, RefusesToReplaceAnotherScenarioUnlessForced)
{
    TemporaryFolder const folder;
    ASSERT_EQ(brink(run_arguments(folder / "q.h5")).status, 0);
    std::string const before = file_bytes(folder / "q.h5");
    std::string const hash = read_provenance(folder / "q.h5").scenario_hash;

    ProgramRun const other =
        brink(run_arguments(folder / "q.h5", {"--set", "asset.0.volatility=0.7"}));
    EXPECT_EQ(other.status, 65);
    EXPECT_NE(other.err.find(hash), std::string::npos) << other.err;
    EXPECT_NE(other.err.find("asset.BTC.volatility"), std::string::npos) << other.err;
    EXPECT_EQ(file_bytes(folder / "q.h5"), before);

    EXPECT_EQ(brink(run_arguments(folder / "q.h5", {"--seed", "2", "--force"})).status, 0);
    EXPECT_EQ(read_provenance(folder / "q.h5").seed, "2");
}

TEST(Run, RefusesToReplaceAFileOfAnotherKind)
{
    TemporaryFolder const folder;
    write_bytes(folder / "notes.h5", "not a result");

    ProgramRun const run = brink(run_arguments(folder / "notes.h5"));

    EXPECT_EQ(run.status, 65) << run.err;
    EXPECT_EQ(file_bytes(folder / "notes.h5"), "not a result");
}

TEST(Run, FillsInThePatternOfTheOutput)
{
    TemporaryFolder const folder;

    ASSERT_EQ(brink(run_arguments(folder / "new/{name}-{as_of}-{hash}.h5")).status, 0);

    auto const files = files_in(folder / "new");
    ASSERT_EQ(files.size(), 1);
    EXPECT_TRUE(files[0].starts_with("quickstart-20250701T000000Z-")) << files[0];
    EXPECT_EQ(files[0].size(), std::string{"quickstart-20250701T000000Z-.h5"}.size() + 16);
}

TEST(Run, WritesBelowOutByDefault)
{
    TemporaryFolder const folder;
    ProgramSetting setting;
    setting.folder = folder.path();

    ASSERT_EQ(brink({"run", quickstart, "--paths", "500", "-q"}, setting).status, 0);

    EXPECT_EQ(files_in(folder / "out"), std::vector<std::string>{"quickstart.h5"});
}

TEST(Run, EndsWithThreeWhereALimitIsBreached)
{
    TemporaryFolder const folder;
    Arguments const breach{"--set", "limits.\"book.called.prob\"=0.0001"};

    ProgramRun const run = brink(run_arguments(folder / "q.h5", breach));

    EXPECT_EQ(run.status, 3) << run.err;
    EXPECT_NE(run.err.find("book.called.prob"), std::string::npos) << run.err;
    EXPECT_EQ(read_provenance(folder / "q.h5").limits_breached.size(), 1);
    // The finished result under the same limit, and without it.
    EXPECT_EQ(brink(run_arguments(folder / "q.h5", breach)).status, 3);
    EXPECT_EQ(brink(run_arguments(folder / "q.h5")).status, 0);
}

}  // namespace
}  // namespace brink::test
