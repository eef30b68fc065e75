// SPDX-License-Identifier: Apache-2.0
#include "tests/support/run_paths.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <csignal>

#include "host/run/stop_signal.hpp"
#include "io/results/json.hpp"
#include "io/results/result_lookup.hpp"
#include "tests/unit/host/run/fake_engine.hpp"

#include <nlohmann/json.hpp>

namespace brink {
namespace {

using test::FakeEngine;

constexpr std::uint64_t num_paths = 5'000;  // 78 chunks of 64 and a rest of 8

/// Work so large that a chunk has 64 paths.
RunShape small_chunks()
{
    RunShape shape;
    shape.paths = num_paths;
    shape.steps = 10'000'000;
    shape.assets = 2;
    shape.accounts = 1;
    shape.scopes = 3;
    shape.account_scopes = 1;
    shape.fan_paths = 101;
    shape.account_fan_paths = 67;
    shape.fan_times = 3;
    shape.fan_stride = 2;
    shape.step_seconds = 60;
    return shape;
}

ReadResult input_of(RunShape const& shape)
{
    ReadResult input;
    input.scenario.run.paths = shape.paths;
    input.scenario.run.name = "fake";
    input.scenario.statistics.worst_paths = 5;
    input.scenario.statistics.fan_paths = shape.fan_paths;
    return input;
}

Result run_with(RunShape const& shape, int threads, std::uint64_t batch, ReadResult const& input)
{
    FakeEngine engine{shape};
    PlanRequest request;
    request.batch_chunks = batch;
    Plan const plan = make_plan(input.scenario, shape, request);
    return run_paths(input, engine, plan, threads);
}

std::string numbers_of(Result const& result)
{
    std::string text = json_line(statistics_json(result));
    for (ScopeResult const& scope : result.scopes) {
        for (WorstPath const& worst : scope.worst_paths)
            text += std::to_string(worst.path) + " ";
        for (Fan const& fan : scope.fans)
            text += Json(fan.quantiles).dump();
    }
    for (std::size_t i = 0; i < result.parts.means.size(); ++i)
        text += Json(result.parts.means[i]).dump() + Json(result.parts.se[i]).dump();
    text += Json(result.tails.at("loss")).dump() + Json(result.rows.paths).dump()
            + Json(result.rows.columns).dump() + Json(result.account_table.mean).dump()
            + Json(result.account_table.se).dump();
    return text;
}

TEST(RunPaths, GivesTheSameBitsForAnyThreadsAndBatches)
{
    RunShape shape = small_chunks();
    shape.account_table = true;
    ReadResult const input = input_of(shape);
    std::string const expected = numbers_of(run_with(shape, 1, 1, input));

    EXPECT_EQ(numbers_of(run_with(shape, 2, 1, input)), expected);
    EXPECT_EQ(numbers_of(run_with(shape, 2, 3, input)), expected);
    EXPECT_EQ(numbers_of(run_with(shape, 2, 1'000, input)), expected);
}

TEST(RunPaths, GivesTheSameBitsWhereTheExecutorReduces)
{
    RunShape const shape = small_chunks();
    ReadResult const input = input_of(shape);
    FakeEngine engine{shape};
    PlanRequest request;
    request.reduces = true;
    request.batch_chunks = 3;
    Plan const plan = make_plan(input.scenario, shape, request);
    ASSERT_TRUE(plan.reduced);

    Result const reduced = run_paths(input, engine, plan, 2);
    Result const expected = run_with(shape, 1, 2, input);

    EXPECT_EQ(numbers_of(reduced), numbers_of(expected));
    EXPECT_EQ(reduced.provenance.invalid_paths, 1);
}

TEST(RunPaths, CountsEveryPathOnceAndInvalidOnesApart)
{
    RunShape const shape = small_chunks();

    Result const result = run_with(shape, 2, 3, input_of(shape));

    // Path 5 is invalid; the next would be 10,012.
    EXPECT_EQ(result.provenance.invalid_paths, 1);
    for (ScopeResult const& scope : result.scopes) {
        ASSERT_EQ(scope.outcomes.size(), outcome_list.size()) << scope.scope;
        EXPECT_EQ(find_outcome(scope, "loss")->count, num_paths - 1) << scope.scope;
    }
}

TEST(RunPaths, GivesTheBookAndEachAccountTheFanOfItsOwnPathsAndGroupsNone)
{
    RunShape const shape = small_chunks();

    Result const result = run_with(shape, 2, 3, input_of(shape));

    // Path 5 is invalid. The engine's health is the path id, and its negative for the account.
    auto const middle = [](ScopeResult const& scope) { return scope.fans.at(0).quantiles[2][0]; };
    EXPECT_EQ(result.scopes[0].fans[0].paths, 101);
    EXPECT_EQ(result.scopes[1].fans[0].paths, 67);
    EXPECT_EQ(middle(result.scopes[0]), 50);
    EXPECT_EQ(middle(result.scopes[1]), -34);
    EXPECT_EQ(result.scopes[1].fans[0].times, (std::vector<double>{0, 120, 240}));
    EXPECT_EQ(result.scopes[2].scope, "group:n=2");
    EXPECT_TRUE(result.scopes[2].fans.empty());
}

TEST(RunPaths, FindsTheLargestLosses)
{
    RunShape const shape = small_chunks();
    FakeEngine const engine{shape};
    std::vector<WorstPath> expected;
    for (std::uint64_t path = 0; path < num_paths; ++path)
        if (engine.outcome(Column::mark, path) == 0)
            expected.push_back({path, engine.outcome(Column::loss, path)});
    std::sort(expected.begin(), expected.end(),
              [](WorstPath const& a, WorstPath const& b) { return a.loss > b.loss; });

    Result const result = run_with(shape, 2, 7, input_of(shape));

    std::vector<WorstPath> const& worst = result.scopes[0].worst_paths;
    ASSERT_EQ(worst.size(), 5);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(worst[i].path, expected[i].path);
        EXPECT_EQ(worst[i].loss, expected[i].loss);
    }
    // An account's are ranked by what it lost itself.
    std::vector<WorstPath> const& of_account = result.scopes[1].worst_paths;
    ASSERT_EQ(of_account.size(), 5);
    for (WorstPath const& path : of_account)
        EXPECT_EQ(path.loss, engine.outcome(Column::loss_account, path.path));
    EXPECT_TRUE(std::is_sorted(of_account.begin(), of_account.end(),
                               [](auto const& a, auto const& b) { return a.loss > b.loss; }));
    // 5 % of the paths: rows in the order of path ids, all at least as bad as the 250th.
    ASSERT_EQ(result.rows.paths.size(), 250);
    EXPECT_TRUE(std::is_sorted(result.rows.paths.begin(), result.rows.paths.end()));
    for (float const loss : result.rows.columns[0])
        EXPECT_GE(loss, static_cast<float>(expected[249].loss));
}

TEST(RunPaths, SplitsTheMeanLossIntoParts)
{
    RunShape const shape = small_chunks();

    Result const result = run_with(shape, 2, 3, input_of(shape));

    double sum = 0;
    for (double const mean : result.parts.means)
        sum += mean;
    double const loss = find_estimate(result.scopes[0], "loss", "mean")->value;
    // Seven means of amounts below 1e6, each rounded by less than 1e6 x 2^-52 x log2(5000) steps.
    EXPECT_NEAR(sum, loss, 7 * 1e6 * 2.3e-16 * 13);
    EXPECT_EQ(result.parts.names.front(), "market");
    EXPECT_LT(result.parts.means.back(), 0);
}

TEST(RunPaths, ReadsTheFanFromTheFirstPaths)
{
    RunShape const shape = small_chunks();

    Result const result = run_with(shape, 2, 2, input_of(shape));

    ASSERT_EQ(result.scopes[0].fans.size(), 1);
    Fan const& fan = result.scopes[0].fans[0];
    EXPECT_EQ(fan.paths, 101);
    EXPECT_EQ(fan.times, (std::vector<double>{0, 120, 240}));
    // Values are path ids + 100 t over paths 0 to 100 without 5: the 50th of 100 is path 50.
    EXPECT_EQ(fan.levels[2], "0.5");
    EXPECT_EQ(fan.quantiles[2][0], 50);
    EXPECT_EQ(fan.quantiles[2][2], 250);
}

TEST(RunPaths, SumsUpEveryAccountOfALargeBook)
{
    RunShape shape = small_chunks();
    shape.accounts = 3;
    shape.account_table = true;
    ReadResult input = input_of(shape);
    input.scenario.statistics.exceedances = {1.5};

    Result const result = run_with(shape, 2, 4, input);

    AccountTable const& table = result.account_table;
    ASSERT_EQ(table.accounts.size(), 3);
    ASSERT_EQ(table.outcomes.size(), num_table_columns);
    // The first account has the book's loss, the others their number.
    EXPECT_NEAR(table.mean[0][0], find_estimate(result.scopes[0], "loss", "mean")->value, 1e-6);
    EXPECT_EQ(table.mean[0][2], 2);
    EXPECT_EQ(table.sd[0][2], 0);
    EXPECT_EQ(table.events[1][0], 0);
    EXPECT_EQ(table.exceedances[0][1], 0);
    EXPECT_EQ(table.exceedances[0][2], num_paths - 1);
}

TEST(RunPaths, KeepsAllRowsWhereAsked)
{
    RunShape const shape = small_chunks();
    ReadResult input = input_of(shape);
    input.scenario.output.outcomes = OutcomeColumns::all;

    Result const result = run_with(shape, 2, 3, input);

    ASSERT_EQ(result.rows.paths.size(), num_paths);
    EXPECT_EQ(result.rows.kept, "all");
    EXPECT_EQ(result.rows.paths[4'999], 4'999);
}

TEST(RunPaths, StopsBetweenBatches)
{
    RunShape const shape = small_chunks();
    ReadResult const input = input_of(shape);
    FakeEngine engine{shape};
    engine.on_run = [&] {
        if (engine.num_runs == 2)
            std::raise(SIGTERM);
    };
    PlanRequest request;
    request.batch_chunks = 4;
    Plan const plan = make_plan(input.scenario, shape, request);
    StopSignals const signals;

    EXPECT_THROW(static_cast<void>(run_paths(input, engine, plan, 1)), std::runtime_error);

    EXPECT_EQ(engine.num_runs, 2);
}

}  // namespace
}  // namespace brink
