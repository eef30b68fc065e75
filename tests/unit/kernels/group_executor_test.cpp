// SPDX-License-Identifier: Apache-2.0
// How a group runs jobs.
#include <atomic>
#include <cstring>

#include <gtest/gtest.h>

#include "kernels/group_executor.hpp"
#include "tests/support/scenario_runner.hpp"
#include "tests/unit/kernels/desk.hpp"

namespace brink {
namespace {

using test::Desk;
using test::posting;

/// One row more among the prices, still within the kernels for four assets.
Desk const with_oracle{.oracles = "{ asset = \"COIN\", deviation = 0.01, delay = \"PT1H\" }"};

/// Outcomes of paths 0, 1, ... of several programs.
struct Outputs {
    std::vector<std::vector<double>> columns;
    std::vector<OutcomeSink> sinks;
    std::int64_t paths;

    Outputs(std::vector<Program<float>> const& programs, std::int64_t num_paths, double filled = 0)
        : paths{num_paths}
    {
        for (Program<float> const& program : programs)
            columns.emplace_back(
                static_cast<std::size_t>(program.num_scopes * num_columns * num_paths), filled);
        for (auto& of_one : columns)
            sinks.push_back({.columns = of_one.data(), .paths = num_paths});
    }
    /// Sinks of the paths from `first` on.
    [[nodiscard]] std::vector<OutcomeSink> sinks_from(std::int64_t first) const
    {
        std::vector<OutcomeSink> moved = sinks;
        for (OutcomeSink& sink : moved)
            sink.columns += first;
        return moved;
    }
};

struct Programs {
    std::vector<test::ScenarioRunner<float>> runners;
    std::vector<Program<float>> programs;
    std::vector<ProgramInput<float>> inputs;

    explicit Programs(std::vector<Desk> const& desks)
    {
        for (Desk const& desk : desks)
            runners.emplace_back(desk.text());
        for (auto const& runner : runners) {
            programs.push_back(runner.program());
            inputs.push_back(runner.input());
        }
    }
    [[nodiscard]] Outputs alone(std::int64_t paths) const
    {
        Outputs out{programs, paths};
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            ChunkJob const job{0, paths, out.sinks[i]};
            make_cpu_executor(inputs[i], 1)->run({&job, 1});
        }
        return out;
    }
};

std::vector<Desk> desks_of_balances(int count)
{
    std::vector<Desk> desks;
    for (int i = 0; i < count; ++i)
        desks.push_back({.balance = std::to_string(120 + 10 * i)});
    return desks;
}

void expect_same_columns(Outputs const& a, Outputs const& b)
{
    for (std::size_t i = 0; i < a.columns.size(); ++i)
        EXPECT_EQ(std::memcmp(a.columns[i].data(), b.columns[i].data(),
                              a.columns[i].size() * sizeof(double)),
                  0)
            << "program " << i;
}

TEST(GroupExecutor, RunsMoreProgramsThanOneTeamOnSeveralThreads)
{
    Programs const desks{desks_of_balances(37)};
    constexpr std::int64_t paths = 64 * 11 + 37;
    Outputs const together{desks.programs, paths};
    std::vector<OutcomeSink> const early = together.sinks, late = together.sinks_from(192);

    std::vector<GroupJob> const jobs{{192, paths - 192, late}, {0, 192, early}};
    make_cpu_group<float>(desks.inputs, 3)->run(jobs);

    expect_same_columns(together, desks.alone(paths));
}

TEST(GroupExecutor, RunsProgramsWithDifferentRowsOfOracles)
{
    Programs const desks{{{}, with_oracle}};
    constexpr std::int64_t paths = 100;
    ASSERT_EQ(desks.programs[0].num_assets + 1, desks.programs[1].num_assets);
    Outputs const together{desks.programs, paths};

    GroupJob const job{0, paths, together.sinks};
    make_cpu_group<float>(desks.inputs, 1)->run({&job, 1});

    expect_same_columns(together, desks.alone(paths));
}

/// Two kinds of accounts, each with several funds, one of them with owners that post.
std::vector<Desk> desks_that_look_alike()
{
    std::vector<Desk> desks;
    for (int i = 0; i < 20; ++i)
        desks.push_back({.balance = i % 3 == 0 ? "150" : "300",
                         .fund = std::to_string(5 * i),
                         .owner = i % 2 == 0 ? posting : ""});
    return desks;
}

TEST(GroupExecutor, RunsProgramsThatLookAlike)
{
    Programs const desks{desks_that_look_alike()};
    constexpr std::int64_t paths = 1'500;
    Outputs const together{desks.programs, paths};

    std::vector<OutcomeSink> const early = together.sinks, late = together.sinks_from(192);
    std::vector<GroupJob> const jobs{{192, paths - 192, late}, {0, 192, early}};
    make_cpu_group<float>(desks.inputs, 2)->run(jobs);

    expect_same_columns(together, desks.alone(paths));
}

TEST(GroupExecutor, RunsPathIdsOnBothSidesOfAMultipleOfTwoToThe32nd)
{
    Programs const desks{desks_that_look_alike()};
    constexpr std::int64_t paths = 256;
    std::uint64_t const first = (std::uint64_t{1} << 32) - 128;
    Outputs const together{desks.programs, paths}, alone{desks.programs, paths};

    GroupJob const job{first, paths, together.sinks};
    make_cpu_group<float>(desks.inputs, 1)->run({&job, 1});

    for (std::size_t i = 0; i < desks.inputs.size(); ++i) {
        ChunkJob const chunk{first, paths, alone.sinks[i]};
        make_cpu_executor(desks.inputs[i], 1)->run({&chunk, 1});
    }
    expect_same_columns(together, alone);
}

/// A follower's fan comes from its leader where that has one, and from its own run elsewhere.
TEST(GroupExecutor, RecordsTheFansThatAreAskedFor)
{
    Programs const desks{{{}, {.fund = "0.0"}, {.owner = posting}}};
    constexpr std::int64_t paths = 200;
    auto const fans_of = [&](bool together, std::vector<std::int64_t> const& fan_paths) {
        Outputs out{desks.programs, paths};
        std::vector<std::vector<float>> fans(3);
        for (std::size_t i = 0; i < 3; ++i) {
            fans[i].resize(static_cast<std::size_t>(desks.programs[i].fan_times * fan_paths[i]));
            if (fan_paths[i] > 0)
                out.sinks[i].fan = {fans[i].data(), fan_paths[i]};
        }
        GroupJob const job{0, paths, out.sinks};
        if (together)
            make_cpu_group<float>(desks.inputs, 1)->run({&job, 1});
        for (std::size_t i = 0; i < 3 && !together; ++i) {
            ChunkJob const chunk{0, paths, out.sinks[i]};
            make_cpu_executor(desks.inputs[i], 1)->run({&chunk, 1});
        }
        return fans;
    };

    for (std::vector<std::int64_t> const& fan_paths :
         {std::vector<std::int64_t>{200, 200, 200}, {200, 100, 0}, {0, 200, 100}, {100, 50, 150}})
        EXPECT_EQ(fans_of(true, fan_paths), fans_of(false, fan_paths));
}

TEST(GroupExecutor, RefusesProgramsOfDifferentMarkets)
{
    Programs const desks{{{}, {.volatility = "0.8"}}};

    EXPECT_THROW(static_cast<void>(make_cpu_group<float>(desks.inputs, 1)), std::logic_error);
}

TEST(GroupExecutor, SaysWhatItsProgramsTake)
{
    Programs const few{desks_of_balances(2)}, many{desks_of_balances(8)};

    std::size_t const one = make_cpu_executor(few.inputs[0], 1)->workspace_bytes();
    EXPECT_GE(make_cpu_group<float>(few.inputs, 1)->workspace_bytes(), 2 * one);
    EXPECT_GE(make_cpu_group<float>(many.inputs, 1)->workspace_bytes(), 8 * one);
    EXPECT_EQ(make_cpu_group<float>(few.inputs, 3)->workspace_bytes(),
              3 * make_cpu_group<float>(few.inputs, 1)->workspace_bytes());
}

std::atomic<int> asked{0};

TEST(GroupExecutor, EndsEarlyWhereAProgramIsAskedToStop)
{
    Programs desks{desks_of_balances(2)};
    desks.inputs[1].should_stop = [] { return ++asked > 2; };
    constexpr std::int64_t paths = 1'024 * 10;
    constexpr double untouched = -12345.0;
    Outputs const together{desks.programs, paths, untouched};

    asked = 0;
    GroupJob const job{0, paths, together.sinks};
    make_cpu_group<float>(desks.inputs, 1)->run({&job, 1});

    for (auto const& columns : together.columns) {
        EXPECT_NE(columns.front(), untouched);
        EXPECT_EQ(columns[static_cast<std::size_t>(paths) - 1], untouched);
    }
}

}  // namespace
}  // namespace brink
