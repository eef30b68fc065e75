// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "io/results/result_file.hpp"
#include "tests/integration/cli/brink_cli.hpp"

namespace brink::test {
namespace {

using Json = nlohmann::json;

class Replay : public testing::Test {
  protected:
    TemporaryFolder folder;
    std::string file = folder / "q.h5";
    Result result;

    void SetUp() override
    {
        // Two chunks, so that worst paths lie in both.
        ASSERT_EQ(brink(run_arguments(file, {"--set", "run.step=\"P1D\""}, "100000")).status & ~3,
                  0);
        result = read_result(file);
        ASSERT_FALSE(result.scopes.front().worst_paths.empty());
    }
};

TEST_F(Replay, GivesTheLossOfTheWorstPathsBitForBit)
{
    for (WorstPath const& worst : result.scopes.front().worst_paths) {
        ProgramRun const run =
            brink({"replay", file, std::to_string(worst.path), "--format", "json"});

        ASSERT_EQ(run.status, 0) << run.err;
        EXPECT_EQ(Json::parse(run.out)["outcomes"]["loss"].get<double>(), worst.loss);
        EXPECT_NE(run.err.find("bit for bit"), std::string::npos) << run.err;
    }
}

TEST_F(Replay, EndsWithTheLossOfTheLedger)
{
    std::string const path = std::to_string(result.scopes.front().worst_paths.back().path);

    Json const ledger = Json::parse(brink({"replay", file, path, "--format", "json"}).out);

    auto const value = [](Json const& step) {
        double const nav = step["accounts"]["main"]["nav"].get<double>();
        return std::max(nav, 0.0) + step["outside"]["fund"].get<double>();
    };
    double const loss = value(ledger["steps"].front()) - value(ledger["steps"].back());
    // Ledger and run add up the same money in another order, some ten numbers below 1e8 USD.
    EXPECT_NEAR(loss, ledger["outcomes"]["loss"].get<double>(), 10 * 1e8 * 2.3e-16);
    EXPECT_EQ(ledger["steps"].size(), 11);
}

TEST_F(Replay, OfAScenarioIsThatOfItsResult)
{
    std::string const path = std::to_string(result.scopes.front().worst_paths.front().path);

    ProgramRun const from_result = brink({"replay", file, path, "--format", "csv"});
    ProgramRun const from_config =
        brink({"replay", quickstart, path, "--format", "csv", "--set", "run.step=\"P1D\""});

    EXPECT_EQ(from_config.status, 0) << from_config.err;
    EXPECT_EQ(from_config.out, from_result.out);
    EXPECT_FALSE(from_config.out.empty());
}

TEST_F(Replay, PrintsATableOfEvents)
{
    std::string const path = std::to_string(result.scopes.front().worst_paths.front().path);

    ProgramRun const brief = brink({"replay", file, path});
    ProgramRun const full = brink({"replay", file, path, "--all-steps"});

    EXPECT_NE(brief.out.find("step 0 "), std::string::npos);
    EXPECT_NE(brief.out.find("step 10 "), std::string::npos);
    EXPECT_NE(brief.out.find("margin call"), std::string::npos) << brief.out;
    EXPECT_LT(brief.out.size(), full.out.size());
}

TEST_F(Replay, FlagsWhatDiffersFromTheResult)
{
    result.scopes.front().worst_paths.front().loss += 1;
    write_result(file, result);

    ProgramRun const run =
        brink({"replay", file, std::to_string(result.scopes.front().worst_paths.front().path)});

    EXPECT_EQ(run.status, 0);
    EXPECT_NE(run.err.find("differs from the result: loss"), std::string::npos) << run.err;
}

TEST_F(Replay, SaysWhereTheArithmeticIsAnother)
{
    result.provenance.arithmetic = "strict-abacus";
    write_result(file, result);

    EXPECT_NE(brink({"replay", file, "0"}).err.find("strict-abacus"), std::string::npos);
}

TEST_F(Replay, RefusesPathsThatTheRunDidNotHave)
{
    ProgramRun const run = brink({"replay", file, "100000"});

    EXPECT_EQ(run.status, 64);
    EXPECT_NE(run.err.find("paths are 0 to 99999"), std::string::npos) << run.err;
    EXPECT_EQ(brink({"replay", file, "99999"}).status, 0);
    EXPECT_EQ(brink({"replay", file, "0", "--set", "run.seed=1"}).status, 64);
}

}  // namespace
}  // namespace brink::test
