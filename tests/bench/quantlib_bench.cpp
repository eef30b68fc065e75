// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include <ql/math/randomnumbers/rngtraits.hpp>
#include <ql/methods/montecarlo/multipathgenerator.hpp>
#include <ql/processes/geometricbrownianprocess.hpp>
#include <ql/processes/stochasticprocessarray.hpp>

namespace {

namespace ql = QuantLib;

/// The paths of the `core` case (4 correlated GBM assets, 288 steps) by QuantLib's
/// MultiPathGenerator, in double: prices only, without the margin check that the engine makes.
void run_quantlib_paths(benchmark::State& state)
{
    constexpr int num_paths = 1024, num_steps = 288, num_assets = 4;
    double const volatility[num_assets] = {0.6, 0.8, 0.9, 0.02};
    ql::Matrix correlation(num_assets, num_assets, 0.0);
    double const rows[num_assets][num_assets] = {
        {1, 0.8, 0.7, 0.05}, {0.8, 1, 0.75, 0.05}, {0.7, 0.75, 1, 0.05}, {0.05, 0.05, 0.05, 1}};
    std::vector<ql::ext::shared_ptr<ql::StochasticProcess1D>> processes;
    for (int i = 0; i < num_assets; ++i) {
        for (int j = 0; j < num_assets; ++j)
            correlation[i][j] = rows[i][j];
        processes.push_back(
            ql::ext::make_shared<ql::GeometricBrownianMotionProcess>(1.0, 0.0, volatility[i]));
    }
    auto const process = ql::ext::make_shared<ql::StochasticProcessArray>(processes, correlation);
    ql::TimeGrid const grid(1.0 / 365, num_steps);
    auto const sequence = ql::PseudoRandom::make_sequence_generator(num_assets * num_steps, 42);
    ql::MultiPathGenerator<ql::PseudoRandom::rsg_type> generator(process, grid, sequence);

    for (auto _ : state) {
        double sum = 0;
        for (int p = 0; p < num_paths; ++p)
            sum += generator.next().value[0].back();
        benchmark::DoNotOptimize(sum);
    }
    state.counters["asset_steps/s"] = benchmark::Counter(
        1.0 * num_paths * num_steps * num_assets, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(run_quantlib_paths)->Name("quantlib_paths/double")->Unit(benchmark::kMillisecond);

}  // namespace
