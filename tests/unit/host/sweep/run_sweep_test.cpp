// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/run_sweep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "host/run/stop_signal.hpp"
#include "host/sweep/point_input.hpp"
#include "io/results/result_lookup.hpp"
#include "tests/support/run_paths.hpp"

namespace brink::test {
namespace {

using testing::HasSubstr;

std::string const swept_book = R"(
[run]
as_of = 2025-01-01T00:00:00Z
horizon = "P4D"
step = "PT8H"
paths = 3_000
[[asset]]
name = "BTC"
price = 100_000
volatility = 0.5
[[asset]]
name = "ETH"
price = 2_000
volatility = 0.7
[[asset]]
name = "USDT"
price = 1
model = "fixed"
[market.correlation]
level = 0.6
[[venue]]
name = "v"
collateral = [
    { asset = "USDT", tiers = [{ floor = 0, ratio = 1 }] },
    { asset = "ETH", tiers = [{ floor = 0, ratio = 0.9 }] },
]
[[venue.schedules]]
instruments = ["BTCUSDT"]
tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 20 }]
[[instrument]]
name = "BTCUSDT"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
[[owner]]
name = "o"
reserve = { USDT = 5_000 }
[[owner.response]]
action = "post"
asset = "USDT"
target_health = 3
[[account]]
name = "a"
owner = "o"
venue = "v"
balances = { USDT = 20_000, ETH = 2 }
positions = [{ instrument = "BTCUSDT", size = 2, entry_price = 100_000, leverage = 10 }]
)";

ReadResult read_swept(std::string const& sweep, std::vector<std::string> const& overrides = {})
{
    Problems problems;
    ReadResult input = read_scenario_text(swept_book + sweep, "test.toml", overrides, problems);
    EXPECT_TRUE(problems.empty()) << (problems.empty()
                                          ? ""
                                          : format_problem(problems.problems().front(), "error"));
    return input;
}

EngineOptions const swept_engine{DeviceChoice{DeviceChoice::Kind::cpu, {}}, 1};

Plan plan_swept(Scenario const& scenario, ScenarioEngine const& engine, std::uint64_t batch_chunks,
                std::uint64_t /*scenarios*/)
{
    PlanRequest request;
    request.parallel_paths = engine.info().parallel_paths;
    request.batch_chunks = batch_chunks;
    return make_plan(scenario, engine.shape(), request);
}

SweepRun sweep_of(ReadResult const& input, Shard shard = {}, SweepKeeping keeping = {})
{
    Problems problems;
    auto const checked = check_sweep_points(input, problems);
    if (!checked) {
        ADD_FAILURE() << format_problem(problems.problems().front(), "error");
        return {};
    }
    return run_sweep(input, *checked, {swept_engine, 1, plan_swept}, nullptr, std::move(keeping),
                     shard);
}

/// A run of its own with options in place of the sweep.
Result single_run(std::vector<std::string> const& overrides)
{
    ReadResult input = read_swept("", overrides);
    Problems problems;
    auto const engine = make_engine(input.scenario, swept_engine, problems);
    return run_paths(input, *engine, plan_swept(input.scenario, *engine, 0, 1), 1);
}

bool same_number(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

void expect_same(ScopeResult const& point, ScopeResult const& run)
{
    ASSERT_EQ(point.outcomes.size(), run.outcomes.size());
    for (std::size_t o = 0; o < run.outcomes.size(); ++o) {
        ASSERT_EQ(point.outcomes[o].statistics.size(), run.outcomes[o].statistics.size());
        EXPECT_EQ(point.outcomes[o].count, run.outcomes[o].count);
        for (std::size_t s = 0; s < run.outcomes[o].statistics.size(); ++s) {
            Estimate const& x = point.outcomes[o].statistics[s];
            Estimate const& y = run.outcomes[o].statistics[s];
            EXPECT_TRUE(same_number(x.value, y.value) && same_number(x.se, y.se)
                        && same_number(x.lo, y.lo) && same_number(x.hi, y.hi))
                << run.outcomes[o].outcome << ' ' << x.name;
        }
    }
}

Estimate estimate_at(SweepResult const& sweep, std::size_t point, std::string const& outcome,
                     std::string const& statistic)
{
    return *find_estimate(sweep.points[point].scopes.at(0), outcome, statistic);
}

/// One axis moves the market, the other rules: points of one market run together.
std::string const mixed_grid = R"(
[sweep]
scopes = ["book", "account:a"]
[[sweep.axis]]
key = "market.volatility_scale"
values = [1, 1.6]
[[sweep.axis]]
name = "reserve"
key = "owner.o.reserve.USDT"
values = [0, 5_000, 50_000]
)";

TEST(RunSweep, GivesAtEachPointWhatARunWithTheSameOptionsGives)
{
    SweepResult const sweep = sweep_of(read_swept(mixed_grid)).result;

    ASSERT_EQ(sweep.points.size(), 6u);
    std::size_t p = 0;
    for (std::string const scale : {"1", "1.6"})
        for (std::string const reserve : {"0", "5_000", "50_000"}) {
            Result const run =
                single_run({"market.volatility_scale=" + scale, "owner.o.reserve.USDT=" + reserve});
            expect_same(sweep.points[p].scopes[0], run.scopes[0]);
            expect_same(sweep.points[p].scopes[1], run.scopes[1]);
            EXPECT_EQ(sweep.points[p].scenario_hash, run.provenance.scenario_hash);
            EXPECT_EQ(sweep.points[p].paths, 3'000u);
            ++p;
        }
}

TEST(RunSweep, DiffersFromTheConfigAsItStands)
{
    SweepResult const sweep = sweep_of(read_swept(mixed_grid)).result;
    Result const base = single_run({});
    Estimate const& mean = *find_estimate(base.scopes[0], "loss", "mean");

    for (std::size_t p = 0; p < sweep.points.size(); ++p) {
        Estimate const loss = estimate_at(sweep, p, "loss", "mean");
        EXPECT_EQ(loss.difference, loss.value - mean.value);
    }
    // Point 1 has the base's numbers under other names: volatility times 1, the reserve it has.
    EXPECT_EQ(estimate_at(sweep, 1, "loss", "es_0.99").difference, 0);
    EXPECT_EQ(estimate_at(sweep, 1, "loss", "es_0.99").difference_se, 0);
    // The reserve moves few paths, volatility all: paired errors tell them apart.
    EXPECT_LT(estimate_at(sweep, 0, "loss", "mean").difference_se, 0.5 * mean.se);
    EXPECT_GT(estimate_at(sweep, 3, "loss", "mean").difference_se, 0.2 * mean.se);
}

TEST(RunSweep, DiffersFromTheBaseThatIsWritten)
{
    SweepResult const sweep =
        sweep_of(read_swept(mixed_grid, {"sweep.base={\"owner.o.reserve.USDT\" = 50_000}"})).result;

    EXPECT_EQ(sweep.base, "owner.o.reserve.USDT = 50000");
    EXPECT_EQ(estimate_at(sweep, 2, "loss", "mean").difference, 0);
    EXPECT_NE(estimate_at(sweep, 1, "loss", "mean").difference, 0);
}

TEST(RunSweep, RunsNamedSettingsAndRepeatsWhatIsTheSame)
{
    SweepResult const sweep = sweep_of(read_swept(R"(
[sweep]
kind = "zip"
[[sweep.axis]]
name = "policy"
values = [
    { name = "late", set = { "owner.o.response.post.delay" = "P1D" } },
    { name = "never", set = { "owner.o.response.post.probability" = 0.0 } },
    { name = "late too", set = { "owner.o.response.post.delay" = "PT24H" } },
]
)"))
                                  .result;

    EXPECT_EQ(sweep.axes[0].labels[2], "late too");
    EXPECT_EQ(sweep.points[0].scenario_hash, sweep.points[2].scenario_hash);
    expect_same(sweep.points[2].scopes[0], sweep.points[0].scopes[0]);
    EXPECT_GT(estimate_at(sweep, 1, "liquidated", "prob").value,
              estimate_at(sweep, 0, "liquidated", "prob").value);
}

TEST(RunSweep, RunsTheShareOfAShardWithItsDifferences)
{
    ReadResult const input = read_swept(mixed_grid);
    SweepResult const whole = sweep_of(input).result;

    SweepRun const run = sweep_of(input, {2, 4});  // of 6 runs: [1, 3)
    SweepRun const none = sweep_of(input, {1, 8});

    EXPECT_TRUE(run.is_complete);
    EXPECT_EQ(run.result.num_run(), 2u);
    for (std::size_t const p : {1u, 2u}) {
        expect_same(run.result.points[p].scopes[0], whole.points[p].scopes[0]);
        Estimate const own = estimate_at(run.result, p, "loss", "mean");
        Estimate const there = estimate_at(whole, p, "loss", "mean");
        EXPECT_EQ(own.difference, there.difference);
        EXPECT_EQ(own.difference_se, there.difference_se);
    }
    EXPECT_TRUE(none.is_complete);
    EXPECT_EQ(none.result.num_run(), 0u);
    EXPECT_EQ(none.result.points.size(), 6u);
}

TEST(RunSweep, KeepsPointsBeforeMoreTimeIsSpentThanMayBeLost)
{
    ReadResult const input = read_swept(R"(
[sweep]
[[sweep.axis]]
key = "owner.o.reserve.USDT"
values = [1_000, 2_000, 3_000]
)");
    std::vector<std::size_t> patient, hasty;

    sweep_of(input, {}, {{}, [&](SweepResult const& s) { patient.push_back(s.num_run()); }, 1e6});
    sweep_of(input, {}, {{}, [&](SweepResult const& s) { hasty.push_back(s.num_run()); }, 0});

    EXPECT_THAT(patient, testing::ElementsAre(3));
    EXPECT_THAT(hasty, testing::ElementsAre(1, 2, 3));
}

TEST(RunSweep, LeavesPointsEmptyThatItCannotReach)
{
    StopSignals const signals;
    StopSignals::stop_at(StopSignals::Clock::now(), StopReason::deadline);

    SweepRun const run = sweep_of(read_swept(mixed_grid));

    EXPECT_FALSE(run.is_complete);
    ASSERT_EQ(run.result.points.size(), 6u);
    EXPECT_TRUE(run.result.points[0].scenario_hash.empty());
    EXPECT_TRUE(run.result.points[0].scopes.empty());
}

TEST(CheckSweep, SaysOnceWhatIsWrongAtManyPoints)
{
    Problems problems;
    ReadResult const input = read_swept(R"(
[sweep]
[[sweep.axis]]
key = "market.correlation.level"
values = [-0.9, 0.2, 1.0]
[[sweep.axis]]
name = "size"
key = "account.a.positions.BTCUSDT.sise"
values = [1, 2, 3, 4]
)");

    EXPECT_FALSE(check_sweep_points(input, problems).has_value());
    ASSERT_EQ(problems.problems().size(), 4u);  // a value of an axis each
    Problem const& first = problems.problems()[0];
    EXPECT_EQ(first.where.key, "sweep.axis[1].values[0]");
    EXPECT_THAT(first.reason, HasSubstr("at the point level = -0.9, size = 1: "
                                        "account.a.positions.BTCUSDT.sise = 1: unknown key (and "
                                        "so at 2 more points)"));
    EXPECT_THAT(first.suggestion, HasSubstr("size"));
}

}  // namespace
}  // namespace brink::test
