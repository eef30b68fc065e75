// SPDX-License-Identifier: Apache-2.0
#include "host/run/stress_scenarios.hpp"

#include "host/run/side_by_side.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <optional>

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

    /// \param saved_for hand what was run after a batch to another run, which goes on
    explicit Ran(std::string const& text, std::vector<std::string> const& overrides = {},
                 std::optional<SavedFor> saved_for = {})
        : input{read_scenario_text(head + text + book, "test.toml", overrides, problems)}
    {
        EngineOptions const engine_options{DeviceChoice{DeviceChoice::Kind::cpu, {}}, 1};
        if (!problems.empty() || !check_stresses(input, problems)) {
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
        auto const start = [&] {
            return std::make_unique<SideBySide>(
                input, make_engine(input.scenario, engine_options, problems),
                ScenarioRunner{engine_options, 1, plan});
        };
        std::unique_ptr<SideBySide> runs = start();
        if (saved_for) {
            EXPECT_TRUE(runs->run_batch());
            std::unique_ptr<SideBySide> next = start();
            next->restore(runs->save(*saved_for));
            runs = std::move(next);
        }
        while (!runs->is_done())
            EXPECT_TRUE(runs->run_batch());
        result = runs->finish();
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
    EXPECT_FALSE(check_stresses(input, problems));
    ASSERT_EQ(problems.problems().size(), 1u);
    EXPECT_EQ(problems.problems()[0].where.key, "scenario[0].shocks[0].duration");
}

std::string const sets = R"(
[[scenario]]
name = "wild and thin"
set = { "market.volatility_scale" = 1.5, "account.a.balances.USDT" = 20_000 }
[[scenario]]
name = "both"
set = { "asset.BTC.volatility" = 0.75 }
shocks = [{ begin = "P1D", price = -0.05 }]
)";

TEST(StressScenarios, SetKeysAsARunWithOptionsDoes)
{
    Ran const ran{sets};
    Ran const wild{"[market]\nvolatility_scale = 1.5\n", {"account.a.balances.USDT=20_000"}};
    Ran const both{"[[market.shocks]]\nbegin = \"P1D\"\nprice = -0.05\n",
                   {"asset.BTC.volatility=0.75"}};

    expect_equal_books(ran.result.scopes[2], wild.result.scopes[0]);
    expect_equal_books(ran.result.scopes[3], both.result.scopes[0]);
}

TEST(StressScenarios, HaveDifferencesFromTheBaseWithPairedErrors)
{
    Ran const ran{sets};
    auto const at = [&](std::size_t scope, char const* outcome, char const* statistic) {
        return *find_estimate(ran.result.scopes[scope], outcome, statistic);
    };

    for (std::size_t const scope : {2, 3}) {
        Estimate const mean = at(scope, "loss", "mean"), es = at(scope, "loss", "es_0.99"),
                       liquidated = at(scope, "liquidated", "prob");
        EXPECT_EQ(mean.difference, mean.value - at(0, "loss", "mean").value);
        EXPECT_EQ(es.difference, es.value - at(0, "loss", "es_0.99").value);
        // Volatility times 1.5 stretches each path: the same paths are bad, so that the difference
        // has less error than two independent runs would give it.
        EXPECT_LT(mean.difference_se, std::hypot(mean.se, at(0, "loss", "mean").se));
        EXPECT_GT(mean.difference_se, 0);
        EXPECT_LT(liquidated.difference_se,
                  std::hypot(liquidated.se, at(0, "liquidated", "prob").se));
    }
    EXPECT_TRUE(std::isnan(at(0, "loss", "mean").difference));
}

/// Bit for bit, where the outcomes of every path are saved.
TEST(StressScenarios, HaveTheSameDifferencesInARunThatIsGoneOnWith)
{
    std::vector<std::string> const two_chunks{"run.paths=100_000"};
    Ran const whole{sets, two_chunks}, resumed{sets, two_chunks, SavedFor::checkpoint},
        extended{sets, two_chunks, SavedFor::extension};

    for (std::size_t const scope : {2, 3}) {
        auto const at = [&](Ran const& ran, char const* statistic) {
            return *find_estimate(ran.result.scopes[scope], "loss", statistic);
        };
        for (char const* const statistic : {"mean", "sd", "es_0.99", "var_0.99"}) {
            EXPECT_EQ(at(resumed, statistic).difference, at(whole, statistic).difference);
            EXPECT_EQ(at(resumed, statistic).difference_se, at(whole, statistic).difference_se);
            EXPECT_TRUE(std::isnan(at(extended, statistic).difference));
        }
    }
    EXPECT_THAT(extended.result.provenance.warnings,
                testing::Contains(testing::HasSubstr("no differences from the base")));
}

/// A key that is not there, a value out of range, and one that the scenario may not set.
TEST(StressScenarios, SayAtTheirKeysWhatCannotBeSet)
{
    Problems problems;
    ReadResult const input = read_scenario_text(
        head
            + "[[scenario]]\nname = \"x\"\nset = { \"asset.BTC.volatilty\" = 1, "
              "\"asset.BTC.volatility\" = -1 }\n"
            + book,
        "test.toml", {}, problems);

    ASSERT_TRUE(problems.empty());
    EXPECT_FALSE(check_stresses(input, problems));
    ASSERT_EQ(problems.problems().size(), 2u);
    for (Problem const& problem : problems.problems())
        EXPECT_TRUE(problem.where.key.starts_with("scenario[0].set.")) << problem.where.key;
}

}  // namespace
}  // namespace brink::test
