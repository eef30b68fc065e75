// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <limits>
#include <string>
#include <vector>

#include "tests/bench/core_workload.hpp"

namespace brink::bench {
namespace {

/// [s] of processor time that this thread has used.
double thread_seconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// One run of the `core` case per iteration, on one thread. Reports asset-steps per second on
/// average and in the best iteration, which other load on the machine disturbs least.
template<class T, class Run>
void run_core_case(benchmark::State& state, Run run)
{
    auto const workload = make_core_workload<T>();
    std::vector<T> loss(core_num_paths), steps_survived(core_num_paths);

    double best_seconds = std::numeric_limits<double>::infinity();

    for (auto _ : state) {
        double const start = thread_seconds();
        run(workload, core_num_paths, core_num_steps, loss.data(), steps_survived.data());
        benchmark::DoNotOptimize(loss.data());
        benchmark::ClobberMemory();
        best_seconds = std::min(best_seconds, thread_seconds() - start);
    }

    double sum = 0, liquidated = 0;
    for (std::size_t p = 0; p < loss.size(); ++p) {
        sum += static_cast<double>(loss[p]);
        liquidated += steps_survived[p] < core_num_steps ? 1 : 0;
    }
    double const asset_steps = 1.0 * core_num_paths * core_num_steps * core_num_assets;
    using benchmark::Counter;
    state.counters["asset_steps/s"] =
        Counter(asset_steps, Counter::kIsIterationInvariantRate, Counter::kIs1000);
    state.counters["best_asset_steps/s"] = Counter(asset_steps / best_seconds);
    state.counters["mean_loss"] = sum / core_num_paths;
    state.counters["liquidated"] = liquidated / core_num_paths;
}

void register_engine(CoreEngine const* engine)
{
    if (engine == nullptr)
        return;
    std::string const name = std::string("core/") + engine->name;
    benchmark::RegisterBenchmark((name + "/float").c_str(),
                                 run_core_case<float, decltype(engine->run_float)>,
                                 engine->run_float)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark((name + "/double").c_str(),
                                 run_core_case<double, decltype(engine->run_double)>,
                                 engine->run_double)
        ->Unit(benchmark::kMillisecond);
}

[[maybe_unused]] bool const registered = [] {
    register_engine(core_engines().v3);
    register_engine(core_engines().v4);
    return true;
}();

}  // namespace
}  // namespace brink::bench
