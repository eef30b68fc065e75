// SPDX-License-Identifier: Apache-2.0
#include "host/run/stress_scenarios.hpp"

#include "host/run/side_by_side.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "io/results/result_lookup.hpp"
#include "io/results/summary.hpp"

namespace brink::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string const book = R"(
[[asset]]
name = "BTC"
price = 100_000
volatility = 0.5
execution = { depth_2pct_usd = 1e7 }
[[asset]]
name = "USDT"
price = 1
model = "fixed"
[[venue]]
name = "v"
collateral = [{ asset = "USDT", tiers = [{ floor = 0, ratio = 1 }] }]
[[venue.schedules]]
instruments = ["BTCUSDT"]
tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 20 }]
[[instrument]]
name = "BTCUSDT"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
funding_rate_per_interval = 0.0001
[[account]]
name = "a"
venue = "v"
balances = { USDT = 30_000 }
positions = [{ instrument = "BTCUSDT", size = 2, entry_price = 100_000, leverage = 10 }]
)";

std::string const head =
    "[run]\nas_of = 2025-01-01T00:00:00Z\nhorizon = \"P4D\"\nstep = \"PT8H\"\npaths = 2_000\n";

std::string const two_scenarios = R"(
[[scenario]]
name = "crash"
shocks = [{ begin = "P1D", assets = ["BTC"], price = -0.1, duration = "P1D" },
          { begin = "P1D", volatility = 2, depth = 0.2, funding = -3 }]
[[scenario]]
name = "rally"
[[scenario.shocks]]
price = 0.2
)";

struct Ran {
    Problems problems;
    ReadResult input;
    Result result;

    explicit Ran(std::string const& text)
        : input{read_scenario_text(head + text + book, "test.toml", {}, problems)}
    {
        EngineOptions const engine_options{DeviceChoice{DeviceChoice::Kind::cpu, {}}, 1};
        if (!problems.empty() || !check_stresses(input.scenario, problems)) {
            ADD_FAILURE() << format_problem(problems.problems().front(), "error");
            return;
        }
        auto const plan = [](Scenario const& scenario, ScenarioEngine const& engine,
                             std::uint64_t batch_chunks, std::uint64_t scenarios) {
            PlanRequest request;
            request.parallel_paths = engine.info().parallel_paths;
            request.batch_chunks = batch_chunks;
            request.side_by_side = scenarios;
            return make_plan(scenario, engine.shape(), request);
        };
        SideBySide runs{input, make_engine(input.scenario, engine_options, problems),
                        {engine_options, 1, plan}};
        while (!runs.is_done())
            EXPECT_TRUE(runs.run_batch());
        result = runs.finish();
    }
};

std::vector<std::string> scopes_of(Result const& result)
{
    std::vector<std::string> scopes;
    for (ScopeResult const& scope : result.scopes)
        scopes.push_back(scope.scope);
    return scopes;
}

void expect_equal_books(ScopeResult const& a, ScopeResult const& b)
{
    ASSERT_EQ(a.outcomes.size(), b.outcomes.size());
    for (std::size_t i = 0; i < a.outcomes.size(); ++i) {
        EXPECT_EQ(a.outcomes[i].histogram.counts, b.outcomes[i].histogram.counts);
        ASSERT_EQ(a.outcomes[i].statistics.size(), b.outcomes[i].statistics.size());
        for (std::size_t s = 0; s < a.outcomes[i].statistics.size(); ++s) {
            Estimate const &x = a.outcomes[i].statistics[s], &y = b.outcomes[i].statistics[s];
            EXPECT_TRUE(x.value == y.value || (std::isnan(x.value) && std::isnan(y.value)))
                << a.outcomes[i].outcome << " " << x.name;
        }
    }
    ASSERT_EQ(a.worst_paths.size(), b.worst_paths.size());
    for (std::size_t i = 0; i < a.worst_paths.size(); ++i)
        EXPECT_EQ(a.worst_paths[i].path, b.worst_paths[i].path);
    ASSERT_EQ(a.fans.size(), b.fans.size());
    for (std::size_t i = 0; i < a.fans.size(); ++i)
        EXPECT_EQ(a.fans[i].quantiles, b.fans[i].quantiles);
}

TEST(StressScenarios, AddsTheBookOfEachToTheBase)
{
    Ran const base{""}, ran{two_scenarios};

    EXPECT_THAT(scopes_of(ran.result),
                ElementsAre("book", "account:a", "scenario:crash", "scenario:rally"));
    expect_equal_books(ran.result.scopes[0], base.result.scopes[0]);
}

/// A scenario is its shocks on top of the base, on the same random numbers.
TEST(StressScenarios, GivesWhatARunWithTheSameShocksGives)
{
    Ran const ran{two_scenarios};
    Ran const crash{R"(
[[market.shocks]]
begin = "P1D"
assets = ["BTC"]
price = -0.1
duration = "P1D"
[[market.shocks]]
begin = "P1D"
volatility = 2
depth = 0.2
funding = -3
)"};

    expect_equal_books(ran.result.scopes[2], crash.result.scopes[0]);
    double const in_base = find_estimate(ran.result.scopes[0], "liquidated", "prob")->value;
    double const in_crash = find_estimate(ran.result.scopes[2], "liquidated", "prob")->value;
    EXPECT_GT(in_crash, in_base + 0.3);
}

/// Twelve payments at t_1 .. t_12; from one day on, t_3 .. t_12, at -3 times.
TEST(StressScenarios, PaysFundingByTheShock)
{
    Ran const ran{
        "[[scenario]]\nname = \"negative\"\n"
        "shocks = [{ begin = \"P1D\", funding = -3 }]\n"};
    auto const funding = [&](std::size_t scope) {
        return find_estimate(ran.result.scopes[scope], "funding", "mean")->value;
    };

    // Payments follow the price, which is near 100,000 in the mean.
    EXPECT_NEAR(funding(2) / funding(0), (2 - 3 * 10) / 12.0, 0.02);
}

TEST(StressScenarios, JudgesLimitsOverAll)
{
    Ran const ran{two_scenarios
                  + "[limits]\n\"scenario:crash.liquidated.prob\" = 0.0001\n"
                    "\"scenario:rally.loss.mean\" = 1e9\n"};

    ASSERT_EQ(ran.result.provenance.limits_breached.size(), 1u);
    EXPECT_THAT(ran.result.provenance.limits_breached[0],
                HasSubstr("scenario:crash.liquidated.prob = "));
    EXPECT_TRUE(ran.result.provenance.warnings.empty());
}

TEST(StressScenarios, StandsBesideTheBaseInTheSummary)
{
    std::string const text = summary_text(Ran{two_scenarios}.result);

    std::size_t const at = text.find("\nScenario ");
    ASSERT_NE(at, std::string::npos) << text;
    std::size_t const base = text.find("(base)", at), crash = text.find("  crash ", at),
                      rally = text.find("  rally ", at);
    EXPECT_LT(base, crash);
    EXPECT_LT(crash, rally);
    EXPECT_NE(rally, std::string::npos);
}

TEST(StressScenarios, ChecksThatEachBuilds)
{
    Problems problems;
    ReadResult const input = read_scenario_text(
        head + "[[scenario]]\nname = \"slow\"\nshocks = [{ duration = \"P4D\", depth = 0.1 }]\n"
            + book,
        "test.toml", {"run.step=PT15M"}, problems);

    ASSERT_TRUE(problems.empty());
    EXPECT_FALSE(check_stresses(input.scenario, problems));
    ASSERT_EQ(problems.problems().size(), 1u);
    EXPECT_EQ(problems.problems()[0].where.key, "scenario[0].shocks[0].duration");
}

}  // namespace
}  // namespace brink::test
