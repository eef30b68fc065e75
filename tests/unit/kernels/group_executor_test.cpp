// SPDX-License-Identifier: Apache-2.0
// What a group takes for one market, and how it runs jobs.
#include <atomic>
#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "kernels/group_executor.hpp"
#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

/// A perpetual on COIN, held by one account, in a market with regimes, jumps, a rate that moves and
/// a shock; each key can be changed.
struct Desk {
    std::string seed{"7"};
    std::string horizon{"P2D"};
    std::string as_of{"2025-01-06T00:00:00Z"};
    std::string volatility{"0.9"};
    std::string correlation{"0.5"};
    std::string jump_rate{"20"};
    std::string stormy_volatility{"2.0"};
    std::string stormy_depth{"0.5"};
    std::string shock{"-0.05"};
    std::string depth{"0.7"};
    std::string borrow_cap{"0.4"};
    std::string borrow_half_life{"P3D"};
    std::string balance{"150"};
    std::string oracles{};

    [[nodiscard]] std::string text() const
    {
        return fmt::format(R"(
[run]
name = "desk"
as_of = {as_of}
horizon = "{horizon}"
step = "PT1H"
seed = {seed}
[market]
regimes = [
    {{ name = "calm", mean_duration = "P2D" }},
    {{ name = "stormy", mean_duration = "P1D", volatility = {stormy}, depth = {stormy_depth} }},
]
shocks = [
    {{ begin = "PT6H", assets = ["COIN"], price = {shock} }},
    {{ begin = "PT7H", depth = {depth} }},
]
[market.correlation]
assets = ["COIN", "STAKED"]
matrix = [[1.0, {correlation}], [{correlation}, 1.0]]
[[asset]]
name = "COIN"
price = 100
volatility = {volatility}
model = "merton"
jump_rate = {jump_rate}
jump_mean = -0.02
jump_volatility = 0.05
[[asset]]
name = "STAKED"
price = 110
volatility = 0.8
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
borrow = {{ mean = 0.1, sd = 0.05, half_life = "{half_life}", cap = {cap} }}
[[venue]]
name = "v"
call = "health"
call_health = 1.5
insurance_fund = 10.0
liquidation = {{ price = "market", fee = 0.01 }}
schedules = [{{ instruments = ["COINUSD"], tiers = [{{ floor = 0, maintenance_rate = 0.05, max_leverage = 10 }}] }}]
collateral = [
    {{ asset = "USD", tiers = [{{ floor = 0, ratio = 1.0 }}] }},
    {{ asset = "STAKED", tiers = [{{ floor = 0, ratio = 0.8 }}] }},
]
borrow = [{{ asset = "USD", rate = 0.1 }}]
oracle = [{oracles}]
[[instrument]]
name = "COINUSD"
venue = "v"
kind = "linear_perp"
base = "COIN"
quote = "USD"
funding_rate_per_interval = 0.0005
[[account]]
name = "a"
venue = "v"
balances = {{ USD = {balance}, STAKED = 0.5 }}
positions = [{{ instrument = "COINUSD", size = 10.0, entry_price = 100.0 }}]
)",
                           fmt::arg("seed", seed), fmt::arg("horizon", horizon),
                           fmt::arg("as_of", as_of), fmt::arg("volatility", volatility),
                           fmt::arg("correlation", correlation), fmt::arg("jump_rate", jump_rate),
                           fmt::arg("stormy", stormy_volatility),
                           fmt::arg("stormy_depth", stormy_depth), fmt::arg("shock", shock),
                           fmt::arg("depth", depth), fmt::arg("cap", borrow_cap),
                           fmt::arg("half_life", borrow_half_life), fmt::arg("balance", balance),
                           fmt::arg("oracles", oracles));
    }
};

using Runner = test::ScenarioRunner<float>;

bool have_same_market(Desk const& a, Desk const& b)
{
    Runner const first{a.text()}, second{b.text()};
    return same_market(first.input(), second.input()) && same_market(second.input(), first.input());
}

TEST(SameMarket, IsWhatNoRuleChanges)
{
    EXPECT_TRUE(have_same_market({}, {}));
    EXPECT_TRUE(have_same_market({}, {.balance = "200"}));
    EXPECT_TRUE(have_same_market({}, {.as_of = "2025-01-07T05:00:00Z"}));
}

TEST(SameMarket, LeavesOutWhatProgramsReadOfMarketTablesForThemselves)
{
    EXPECT_TRUE(have_same_market({}, {.stormy_depth = "0.9"}));
    EXPECT_TRUE(have_same_market({}, {.depth = "0.3"}));
    EXPECT_TRUE(have_same_market({}, {.borrow_cap = "0.3"}));
}

TEST(SameMarket, IsNotThatOfOtherNumbers)
{
    EXPECT_FALSE(have_same_market({}, {.seed = "8"}));
    EXPECT_FALSE(have_same_market({}, {.horizon = "P3D"}));
    EXPECT_FALSE(have_same_market({}, {.volatility = "0.91"}));
    EXPECT_FALSE(have_same_market({}, {.correlation = "0.6"}));
    EXPECT_FALSE(have_same_market({}, {.jump_rate = "21"}));
    EXPECT_FALSE(have_same_market({}, {.stormy_volatility = "2.1"}));
    EXPECT_FALSE(have_same_market({}, {.shock = "-0.06"}));
    EXPECT_FALSE(have_same_market({}, {.borrow_half_life = "P4D"}));
}

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
    std::vector<Runner> runners;
    std::vector<Program<float>> programs;
    std::vector<ProgramInput<float>> inputs;

    explicit Programs(std::vector<Desk> const& desks)
    {
        for (Desk const& desk : desks)
            runners.emplace_back(desk.text());
        for (Runner const& runner : runners) {
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
    constexpr std::int64_t paths = 64 * 100;
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
