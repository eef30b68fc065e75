// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <stdexcept>
#include <vector>

#include "host/program/build_program.hpp"
#include "io/config/scenario_reader.hpp"
#include "kernels/executor.hpp"

namespace brink::bench {
namespace {

constexpr std::int64_t paths = 65'536;  // one chunk

template<class T>
BuiltProgram<T> build_quickstart()
{
    Problems problems;
    ReadResult const read =
        read_scenario(BRINK_SOURCE_DIR "/configs/quickstart.toml", {}, problems);
    auto built = build_program<T>(read.scenario, problems);
    if (!built)
        throw std::runtime_error{"configs/quickstart.toml is refused"};
    return std::move(*built);
}

/// One chunk of the quickstart's paths per iteration: the whole path program, events and outcome
/// columns, without the statistics. \param state.range(0) threads
template<class T>
void run_quickstart(benchmark::State& state)
{
    BuiltProgram<T> const built = build_quickstart<T>();
    Program<T> const program = built.tables.view();
    std::vector<double> columns(static_cast<std::size_t>(program.num_scopes * num_columns * paths));
    OutcomeSink const sink{.columns = columns.data(), .paths = paths};
    ChunkJob const job{0, paths, sink};
    auto const executor = make_cpu_executor(
        ProgramInput<T>{program, built.market, built.padded_assets, built.tables.bytes()},
        static_cast<int>(state.range(0)));

    for (auto _ : state)
        executor->run({&job, 1});

    double const steps = 1.0 * paths * program.num_steps;
    state.counters["asset_steps/s"] = benchmark::Counter(
        steps * program.num_assets, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["path_steps/s"] =
        benchmark::Counter(steps, benchmark::Counter::kIsIterationInvariantRate);
}

BENCHMARK_TEMPLATE(run_quickstart, float)
    ->Name("quickstart/float")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_TEMPLATE(run_quickstart, double)
    ->Name("quickstart/double")
    ->Arg(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace brink::bench
