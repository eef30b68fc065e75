// SPDX-License-Identifier: Apache-2.0
// What each price model costs: the path program of four assets held as collateral, which never
// comes near a call, so that prices are most of the work.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cmath>

#include <stdexcept>
#include <string>
#include <vector>

#include "host/program/build_program.hpp"
#include "io/config/scenario_reader.hpp"
#include "kernels/executor.hpp"

namespace brink::bench {
namespace {

constexpr std::int64_t paths = 32'768;

/// \param market keys of [market]; \param asset keys of each asset
std::string scenario_of(std::string const& market, std::string const& asset)
{
    std::string text = R"(
[run]
as_of = 2025-01-01T00:00:00Z
horizon = "P10D"
step = "PT1H"
[market]
)" + market + R"(
[market.correlation]
assets = ["A", "B", "C", "D"]
matrix = [[1, 0.8, 0.6, 0.6], [0.8, 1, 0.6, 0.6], [0.6, 0.6, 1, 0.6], [0.6, 0.6, 0.6, 1]]
[[venue]]
name = "v"
call = "health"
call_health = 1.5
collateral = [
)";
    for (char const name : {'A', 'B', 'C', 'D'})
        text += fmt::format("    {{ asset = \"{}\", tiers = [{{ floor = 0, ratio = 0.9 }}] }},\n",
                            name);
    text +=
        "]\n[[account]]\nname = \"main\"\nvenue = \"v\"\nbalances = { A = 1, B = 1, C = 1, D = "
        "1 }\n";
    for (char const name : {'A', 'B', 'C', 'D'})
        text += fmt::format("[[asset]]\nname = \"{}\"\nprice = 100\nvolatility = 0.9\n{}\n", name,
                            asset);
    return text;
}

void run_model(benchmark::State& state, std::string const& market, std::string const& asset)
{
    Problems problems;
    ReadResult const read = read_scenario_text(scenario_of(market, asset), "models", {}, problems);
    auto built = problems.empty() ? build_program<float>(read.scenario, problems) : std::nullopt;
    if (!built) {
        for (Problem const& problem : problems.problems())
            state.SkipWithError(format_problem(problem, "error").c_str());
        return;
    }
    Program<float> const program = built->tables.view();
    std::vector<double> columns(static_cast<std::size_t>(program.num_scopes * num_columns * paths));
    ChunkJob const job{0, paths, {.columns = columns.data(), .paths = paths}};
    auto const executor = make_cpu_executor(
        ProgramInput<float>{program, built->market, built->padded_assets, built->tables.bytes()},
        1);

    for (auto _ : state)
        executor->run({&job, 1});

    state.counters["s/asset_step"] = benchmark::Counter(
        1.0 * paths * program.num_steps * program.num_assets,
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// Four years of hourly rows, as `[market]` keys.
std::string const& hourly_history()
{
    static std::string const text = [] {
        std::string rows =
            "model = \"historical\"\n[market.history]\nassets = [\"A\", \"B\", "
            "\"C\", \"D\"]\ninterval = \"PT1H\"\nblock_length = \"P1D\"\n"
            "returns = [";
        for (int i = 0; i < 4 * 365 * 24; ++i)
            rows += fmt::format("[{:.4g}, {:.4g}, {:.4g}, {:.4g}],", 0.01 * std::sin(1.1 * i),
                                0.01 * std::sin(1.3 * i), 0.01 * std::sin(1.7 * i),
                                0.01 * std::sin(1.9 * i));
        return rows + "]";
    }();
    return text;
}

#define BRINK_MODEL(name, market, asset)              \
    BENCHMARK_CAPTURE(run_model, name, market, asset) \
        ->Name("models/" #name)                       \
        ->UseRealTime()                               \
        ->Unit(benchmark::kMillisecond)

BRINK_MODEL(gbm, "", "");
BRINK_MODEL(student_t, "model = \"student_t\"\ndegrees_of_freedom = 4", "");
BRINK_MODEL(copula, "copula = \"student_t\"\ndegrees_of_freedom = 4", "");
BRINK_MODEL(moving_rate, "",
            "funding = { mean = 0.1, half_life = \"P3D\", sd = 0.2, spot_correlation = 0.4 }");
BRINK_MODEL(merton, "model = \"merton\"", "jumps = { rate = 20, mean = -0.04, sd = 0.06 }");
BRINK_MODEL(kou, "model = \"kou\"",
            "jumps = { rate = 40, up_probability = 0.4, up_mean = 0.03, down_mean = 0.04 }");
BRINK_MODEL(common_jumps,
            "common_jumps = [{ rate = 20, mean = -0.04, sd = 0.06, loadings = { A = 1, B = 1, C = "
            "1, D = 1 } }]",
            "");
BRINK_MODEL(heston, "model = \"heston\"",
            "heston = { mean_reversion = 4, vol_of_vol = 1.5, spot_vol_correlation = -0.4 }");
BRINK_MODEL(gjr_garch, "model = \"gjr_garch\"\ndegrees_of_freedom = 6",
            "garch = { alpha = 0.05, gamma = 0.05, beta = 0.9 }");

BRINK_MODEL(
    regimes,
    "[[market.regimes]]\nname = \"calm\"\nmean_duration = \"P30D\"\n[[market.regimes]]\nname "
    "= \"crash\"\nmean_duration = \"P3D\"\nvolatility = 3",
    "");

BRINK_MODEL(shocks,
            "shocks = [{ begin = \"P1D\", price = -0.1, duration = \"P1D\" }, { begin = \"P2D\", "
            "volatility = 2, correlation = 0.3 }]",
            "");
BRINK_MODEL(peg, "model = \"peg\"",
            "peg = { half_life = \"PT6H\", depeg_rate = 2, depeg_size = 0.05, depeg_half_life = "
            "\"P2D\", exchange_rate = 100 }");
BRINK_MODEL(bootstrap, hourly_history(), "");
BRINK_MODEL(filtered_bootstrap, hourly_history(),
            "garch = { interval = \"PT1H\", alpha = 0.05, gamma = 0.05, beta = 0.9 }");

#undef BRINK_MODEL

}  // namespace
}  // namespace brink::bench
