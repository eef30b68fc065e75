// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
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
    EXPECT_NE(run.out.find("differs: loss of book"), std::string::npos) << run.out;
}

TEST_F(Replay, CarriesWhatItWasMadeFromAndTheDifferencesInJson)
{
    std::string const path = std::to_string(result.scopes.front().worst_paths.front().path);
    auto const ledger = [&] {
        return Json::parse(brink({"replay", file, path, "--format", "json"}).out);
    };
    Json const same = ledger();
    result.provenance.arithmetic = "strict-abacus";
    result.scopes.front().worst_paths.front().loss += 1;
    write_result(file, result);
    Json const other = ledger();

    EXPECT_EQ(same["path"], std::stoull(path));
    EXPECT_EQ(same["seed"], result.provenance.seed);
    EXPECT_EQ(same["scenario_hash"], result.provenance.scenario_hash);
    EXPECT_EQ(same["result_scenario_hash"], result.provenance.scenario_hash);
    EXPECT_EQ(same["arithmetic"], same["result_arithmetic"]);
    EXPECT_EQ(same["differences"], Json::array());
    EXPECT_EQ(other["result_arithmetic"], "strict-abacus");
    EXPECT_EQ(other["arithmetic"], same["arithmetic"]);
    ASSERT_EQ(other["differences"].size(), 1);
    EXPECT_EQ(other["differences"][0]["outcome"], "loss");
    EXPECT_EQ(other["differences"][0]["recorded"].get<double>(),
              same["outcomes"]["loss"].get<double>() + 1);
    EXPECT_EQ(other["differences"][0]["regenerated"], same["outcomes"]["loss"]);
}

TEST_F(Replay, ShowsTheCollateralOfEveryAccountAndStep)
{
    Json const ledger = Json::parse(brink({"replay", file, "0", "--format", "json"}).out);

    // 40 BTC, 800 ETH, 10,000 SOL, 3e6 USDT, 1e6 USDC at the opening prices; haircuts take some.
    double const market = 40 * 107'081.2 + 800 * 2'484.0 + 10'000 * 154.74 + 4e6;
    Json const& opening = ledger["steps"][0]["accounts"]["main"];
    EXPECT_NEAR(opening["collateral_at_market"].get<double>(), market, 1);
    EXPECT_LT(opening["collateral"].get<double>(), market);
    EXPECT_GT(opening["collateral"].get<double>(), 0.9 * market);
    EXPECT_EQ(opening["balances"]["ETH"], 800.0);
    EXPECT_EQ(opening["positions"]["SOLUSDT"], -30'000.0);
    for (Json const& step : ledger["steps"]) {
        Json const& main = step["accounts"]["main"];
        double const nav = main["collateral_at_market"].get<double>()
                           + main["unrealised_pnl"].get<double>() - main["debt"].get<double>();
        EXPECT_NEAR(main["nav"].get<double>(), nav, 1e-6);
    }
}

TEST(ReplayOfLiquidations, EventRowsAddUpToTheOutcomesOfTheWorstPaths)
{
    TemporaryFolder const folder;
    std::string const file = folder / "t.h5";
    std::string const config = BRINK_SOURCE_DIR "/configs/examples/tiered_liquidation.toml";
    ASSERT_EQ(brink({"run", config, "--paths", "4096", "-q", "-o", file}).status & ~3, 0);
    Result const result = read_result(file);
    std::size_t num_liquidations = 0;

    for (WorstPath const& worst : result.scopes.front().worst_paths) {
        Json const ledger = Json::parse(
            brink({"replay", file, std::to_string(worst.path), "--format", "json"}).out);
        std::map<std::string, double> sums;
        for (Json const& step : ledger["steps"])
            for (Json const& event : step["events"]) {
                std::string const kind = event["event"];
                double const fee = event.value("fee", 0.0);
                double const cost =
                    fee + event.value("slippage", 0.0) + event.value("forfeited", 0.0);
                bool const response =
                    kind == "post_requested" || kind == "reduced" || kind == "swapped";
                sums[response ? "topup_cost" : "liquidation_cost"] += cost;
                sums["fees"] += fee;
                if (kind == "position_closed" || kind == "position_taken_over")
                    sums["liquidated_notional"] += event["value"].get<double>();
                if (kind == "post_credited")
                    sums["topup_total"] += event["value"].get<double>();
                if (kind == "deficit" || kind == "fund_draw" || kind == "bad_debt")
                    sums[kind] += event["value"].get<double>();
                num_liquidations += kind == "liquidated" ? 1 : 0;
            }
        for (char const* outcome : {"topup_cost", "liquidation_cost", "fees", "topup_total",
                                    "liquidated_notional", "deficit", "fund_draw", "bad_debt"})
            // A thousand roundings of numbers below 1e9.
            EXPECT_NEAR(ledger["outcomes"][outcome].get<double>(), sums[outcome],
                        1e3 * 1e9 * 2.3e-16)
                << outcome << " of path " << worst.path;
    }

    EXPECT_GE(num_liquidations, 20);
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
