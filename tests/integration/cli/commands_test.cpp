// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "io/results/outcomes.hpp"
#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/file_bytes.hpp"

namespace brink::test {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

TEST(Inspect, ShowsWhatTheRunPrinted)
{
    TemporaryFolder const folder;
    ProgramRun const run =
        brink({"run", quickstart, "--paths", "2000", "-o", folder / "q.h5", "--json"});
    ASSERT_EQ(run.status & ~3, 0) << run.err;

    ProgramRun const json = brink({"inspect", folder / "q.h5", "--json"});
    ProgramRun const summary = brink({"inspect", folder / "q.h5"});

    EXPECT_EQ(json.status, 0);
    Json const whole = Json::parse(json.out);
    EXPECT_EQ(whole["statistics"], Json::parse(run.last_line())["statistics"]);
    EXPECT_EQ(whole["provenance"]["paths"], 2000);
    EXPECT_EQ(summary.out + run.last_line() + "\n", run.out);
}

TEST(Inspect, PrintsAScenarioThatRunsToTheSameHash)
{
    TemporaryFolder const folder;
    ASSERT_EQ(brink(run_arguments(folder / "q.h5", {"--set", "run.step=\"PT2H\""})).status & ~3, 0);
    write_bytes(folder / "again.toml", brink({"inspect", folder / "q.h5", "--config"}).out);

    ProgramRun const again = brink({"run", folder / "again.toml", "-o", folder / "q.h5"});

    EXPECT_EQ(again.status & ~3, 0) << again.err;
    EXPECT_THAT(again.err, HasSubstr("is complete"));
}

TEST(Inspect, SaysWhereAResultComesFrom)
{
    TemporaryFolder const folder;
    ProgramSetting setting;
    setting.environment = {{"SLURM_JOB_ID", "4711"}, {"SLURM_RESTART_COUNT", "2"}};
    ASSERT_EQ(brink(run_arguments(folder / "q.h5"), setting).status & ~3, 0);

    ProgramRun const page = brink({"inspect", folder / "q.h5", "--provenance"});
    Json const json = Json::parse(brink({"inspect", folder / "q.h5", "--json"}).out)["provenance"];

    EXPECT_EQ(page.status, 0) << page.err;
    for (char const* part : {"program ", "flags ", "scheduler    SLURM_JOB_ID=4711\n",
                             "restarts     2\n", "config ", "quickstart.toml\n"})
        EXPECT_THAT(page.out, HasSubstr(part));
    EXPECT_EQ(json["restarts"], 2);
    EXPECT_EQ(json["inputs"][0]["bytes"], std::filesystem::file_size(quickstart));
    EXPECT_EQ(json["inputs"][0]["sha256"].get<std::string>().size(), 64);
    EXPECT_EQ(json["inputs"][1]["role"], "include");
    EXPECT_GT(json["peak_memory_bytes"].get<double>(), 1e6);
}

TEST(Validate, SaysThatAScenarioIsValid)
{
    ProgramRun const run = brink({"validate", quickstart});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr("valid"));
}

TEST(Validate, PrintsTheScenarioAsUnderstood)
{
    ProgramRun const run = brink({"validate", quickstart, "--print", "--seed", "11"});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr("seed = 11"));
    TemporaryFolder const folder;
    write_bytes(folder / "whole.toml", run.out);
    EXPECT_EQ(brink({"validate", folder / "whole.toml", "--print"}).out, run.out);
}

TEST(Plan, SaysWhatARunTakes)
{
    ProgramRun const text = brink({"plan", quickstart});
    ProgramRun const json = brink({"plan", quickstart, "--json", "--paths", "100000000"});

    EXPECT_EQ(text.status, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("16 of 65,536 paths"));
    Json const plan = Json::parse(json.out);
    EXPECT_EQ(plan["chunk_paths"], 65'536);
    EXPECT_EQ(plan["tails_on_disk"], true);
    EXPECT_LT(plan["memory_bytes"].get<double>(), 2147483648.0);
}

TEST(List, NamesEveryOutcome)
{
    ProgramRun const run = brink({"list", "--configs", BRINK_SOURCE_DIR "/configs"});

    EXPECT_EQ(run.status, 0);
    for (OutcomeInfo const& info : outcome_list)
        EXPECT_THAT(run.out, HasSubstr(std::string{info.name}));
    EXPECT_THAT(run.out, HasSubstr("binance_usdm.toml"));
}

TEST(List, SaysWhatVenuesRestOn)
{
    ProgramRun const run = brink({"list", "venues", "--configs", BRINK_SOURCE_DIR "/configs"});

    EXPECT_EQ(run.status, 0);
    EXPECT_THAT(run.out, HasSubstr("okx                   2023-08-23  PT1H  OKX help"));
    EXPECT_THAT(run.out, HasSubstr("UNVERIFIED: liquidation.fee, collateral.USDT, collateral.BTC\n"
                                   "    inferred: schedules\n"
                                   "    assumed: collateral.USDC\n"));
    EXPECT_THAT(run.out, testing::Not(HasSubstr("bad_debt")));
}

TEST(List, ShowsTheSourceOfEachTable)
{
    ProgramRun const run =
        brink({"list", "venues", "--tables", "--configs", BRINK_SOURCE_DIR "/configs"});

    EXPECT_EQ(run.status, 0);
    EXPECT_THAT(run.out, HasSubstr("schedules.AAVE-USDT-SWAP    2023-08-02  OKX announcement"));
    EXPECT_EQ(brink({"list", "--tables"}).status, 64);
    EXPECT_EQ(brink({"list", "venuse"}).status, 64);
}

TEST(List, ReportsAWrongVenueFileAndListsTheOthers)
{
    TemporaryFolder const folder;
    std::filesystem::create_directory(folder / "venues");
    std::ofstream{folder / "venues/bad.toml"} << "unverified = [\"liquidation.fees\"]\n";
    std::ofstream{folder / "venues/good.toml"} << "source = \"a page\"\n";

    ProgramRun const run = brink({"list", "venues", "--configs", folder / ""});

    EXPECT_EQ(run.status, 78);
    EXPECT_THAT(run.out, HasSubstr("a page"));
    EXPECT_THAT(run.err, HasSubstr("did you mean \"fee\"?"));
}

TEST(ExitCodes, StandInTheDocumentation)
{
    std::string const page = file_bytes(BRINK_SOURCE_DIR "/docs/exit-codes.md");
    ProgramRun const run = brink({"exit-codes"});
    Json const json = Json::parse(brink({"exit-codes", "--json"}).out);

    EXPECT_EQ(run.status, 0);
    std::vector<std::string> codes;
    for (Json const& row : json["exit_codes"]) {
        auto const text = [&](char const* key) { return row[key].get<std::string>(); };
        std::string const code = std::to_string(row["code"].get<int>());
        codes.push_back(code);
        EXPECT_THAT(page, HasSubstr("| " + code + " | " + text("action") + " | " + text("meaning")
                                    + " | " + text("advice") + " |"));
        EXPECT_THAT(run.out, testing::ContainsRegex(" " + code + "  " + text("action") + " "));
        EXPECT_THAT(run.out, HasSubstr(text("meaning") + ": " + text("advice") + "\n"));
    }
    EXPECT_THAT(codes, testing::ElementsAre("0", "3", "64", "65", "66", "69", "70", "73", "74",
                                            "75", "78"));
    EXPECT_THAT(page, HasSubstr("| 128+n | " + json["signals"]["action"].get<std::string>()));
}

TEST(Help, IsThereForEveryCommand)
{
    for (char const* command :
         {"run", "validate", "plan", "inspect", "replay", "assess", "list", "exit-codes"}) {
        ProgramRun const run = brink({command, "--help"});
        EXPECT_EQ(run.status, 0) << command;
        EXPECT_THAT(run.out, HasSubstr("--help")) << command;
    }
    EXPECT_EQ(brink({"--help"}).status, 0);
    EXPECT_THAT(brink({"--version"}).out, HasSubstr("commit"));
}

TEST(Assess, ReportsEveryAccountWithoutSimulation)
{
    ProgramRun const json = brink({"assess", quickstart, "--json"});
    ProgramRun const table = brink({"assess", quickstart, "--price", "BTC=61000"});

    EXPECT_EQ(json.status, 0) << json.err;
    EXPECT_EQ(Json::parse(json.out)["accounts"][0]["account"], "main");
    EXPECT_EQ(table.status, 0) << table.err;
    EXPECT_THAT(table.out, HasSubstr("61000"));
    EXPECT_EQ(Json::parse(json.out)["accounts"][0]["required_cash"]["asset"], "USDT");
    EXPECT_EQ(Json::parse(json.out)["accounts"][0]["required_cash"]["amount"], 0.0);
    EXPECT_THAT(table.out, HasSubstr("cash to the call level: "));
}

TEST(Assess, RefusesPricesOfUnknownAssets)
{
    EXPECT_EQ(brink({"assess", quickstart, "--price", "DOGE=1"}).status, 64);
}

TEST(Assess, FollowsPricesFromStandardInput)
{
    ProgramSetting setting;
    setting.input = "{\"BTC\": 107000}\n{\"BTC\": 106900}\n{\"BTC\": 40000}\n";

    ProgramRun const run = brink({"assess", quickstart, "--watch", "-"}, setting);

    EXPECT_EQ(run.status, 0) << run.err;
    std::istringstream lines{run.out};
    std::vector<std::size_t> changed;
    for (std::string line; std::getline(lines, line);)
        changed.push_back(Json::parse(line)["accounts"].size());
    // All accounts at first, none while nothing happens, the one that is called or worse then.
    EXPECT_EQ(changed, (std::vector<std::size_t>{1, 0, 1}));
}

TEST(Assess, ReportsABrokenUpdateAndGoesOn)
{
    ProgramSetting setting;
    setting.input = "{\"BTC\": 107000}\nBTC 1\n{\"BTC\": 40000}\n";

    ProgramRun const run = brink({"assess", quickstart, "--watch", "-"}, setting);

    EXPECT_EQ(run.status, 65);
    EXPECT_THAT(run.err, HasSubstr("2"));
    EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2);
}

}  // namespace
}  // namespace brink::test
