// SPDX-License-Identifier: Apache-2.0
// What a point of a sweep costs where points differ in rules only, over what it costs alone.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/program/build_program.hpp"
#include "io/config/scenario_reader.hpp"
#include "kernels/group_executor.hpp"

namespace brink::bench {
namespace {

constexpr std::int64_t paths = 8'192;

/// What the points of a sweep differ in.
enum class Axis {
    reserves,  ///< of owners: read by events only
    balances   ///< of accounts: read at every step
};

/// \param share from 0 up to 1
template<class T>
BuiltProgram<T> build_point(std::string const& file, Axis axis, double share)
{
    Problems problems;
    Scenario scenario = read_scenario(BRINK_SOURCE_DIR "/configs/" + file, {}, problems).scenario;
    if (axis == Axis::reserves)
        for (OwnerConfig& owner : scenario.owners)
            for (auto& [asset, amount] : owner.reserve)
                amount *= 0.5 + share;
    else
        for (AccountConfig& account : scenario.accounts)
            for (auto& [asset, amount] : account.balances)
                amount *= 0.99 + 0.02 * share;
    auto built = problems.empty() ? build_program<T>(scenario, problems) : std::nullopt;
    if (!built)
        throw std::runtime_error{file + " is refused"};
    return std::move(*built);
}

/// Points of a sweep, and memory for their outcomes.
template<class T>
class Points {
    std::vector<BuiltProgram<T>> built_;
    std::vector<std::vector<double>> columns_;
    std::vector<ProgramInput<T>> inputs_;
    std::vector<OutcomeSink> sinks_;

  public:
    Points(std::string const& file, Axis axis, std::int64_t count)
    {
        for (std::int64_t i = 0; i < count; ++i)
            built_.push_back(
                build_point<T>(file, axis, static_cast<double>(i) / static_cast<double>(count)));
        for (BuiltProgram<T> const& built : built_) {
            Program<T> const program = built.tables.view();
            columns_.emplace_back(
                static_cast<std::size_t>(program.num_scopes * num_columns * paths));
            sinks_.push_back({.columns = columns_.back().data(), .paths = paths});
            inputs_.push_back({program, built.market, built.padded_assets, built.tables.bytes()});
        }
    }
    void run_together(GroupExecutor& group)
    {
        GroupJob const job{0, paths, sinks_};
        group.run({&job, 1});
    }
    void run_one_by_one(std::vector<std::unique_ptr<Executor<T>>> const& executors)
    {
        for (std::size_t i = 0; i < executors.size(); ++i) {
            ChunkJob const job{0, paths, sinks_[i]};
            executors[i]->run({&job, 1});
        }
    }
    [[nodiscard]] std::vector<ProgramInput<T>> const& inputs() const { return inputs_; }
};

/// [s] of this process on all cores
double cpu_seconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// One iteration runs all points together and one by one, so that both see the same machine; the
/// counters are the least of all iterations, in CPU time. \param state.range(0) points
template<class T>
void run_sweep(benchmark::State& state, std::string const& file, Axis axis)
{
    Points<T> points{file, axis, state.range(0)};
    auto const group = make_cpu_group<T>(points.inputs(), 1);
    std::vector<std::unique_ptr<Executor<T>>> executors;
    for (ProgramInput<T> const& input : points.inputs())
        executors.push_back(make_cpu_executor(input, 1));
    double least_together = 1e30, least_alone = 1e30;
    for (auto _ : state) {
        double const start = cpu_seconds();
        points.run_together(*group);
        double const middle = cpu_seconds();
        points.run_one_by_one(executors);
        least_together = std::min(least_together, middle - start);
        least_alone = std::min(least_alone, cpu_seconds() - middle);
    }
    auto const count = static_cast<double>(state.range(0));
    state.counters["ms_per_point_together"] = 1e3 * least_together / count;
    state.counters["ms_per_point_alone"] = 1e3 * least_alone / count;
    state.counters["ratio"] = least_together / least_alone;
}

void run_float(benchmark::State& state, std::string const& file, Axis axis)
{
    run_sweep<float>(state, file, axis);
}
void run_double(benchmark::State& state, std::string const& file, Axis axis)
{
    run_sweep<double>(state, file, axis);
}

/// 1, 4, 16 and 64 points.
void set_points(benchmark::internal::Benchmark* bench)
{
    bench->RangeMultiplier(4)->Range(1, 64)->UseRealTime()->Unit(benchmark::kMillisecond);
}

std::string const quickstart = "quickstart.toml";
std::string const heston = "examples/stochastic_volatility.toml";
std::string const pegs = "examples/pegs.toml";

BENCHMARK_CAPTURE(run_float, quickstart_reserves, quickstart, Axis::reserves)->Apply(set_points);
BENCHMARK_CAPTURE(run_float, quickstart_balances, quickstart, Axis::balances)->Apply(set_points);
BENCHMARK_CAPTURE(run_double, quickstart_reserves, quickstart, Axis::reserves)->Apply(set_points);
BENCHMARK_CAPTURE(run_double, quickstart_balances, quickstart, Axis::balances)->Apply(set_points);
BENCHMARK_CAPTURE(run_float, heston_balances, heston, Axis::balances)->Apply(set_points);
BENCHMARK_CAPTURE(run_float, pegs_balances, pegs, Axis::balances)->Apply(set_points);

}  // namespace
}  // namespace brink::bench
