// SPDX-License-Identifier: Apache-2.0
// What each kind of requirement costs a step: the path program of four assets and one account that
// never comes near a call, against the same paths with an account that holds the numeraire only.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "host/program/build_program.hpp"
#include "io/config/scenario_reader.hpp"
#include "kernels/executor.hpp"

namespace brink::bench {
namespace {

constexpr std::int64_t paths = 16'384;
constexpr char const* coins[] = {"A", "B", "C", "D"};

/// The parts in which cases differ.
struct MarginCase {
    std::string venue{};        ///< further keys of [[venue]], before its sub-tables
    std::string schedule{};     ///< keys of the schedule of four perpetuals; empty: none
    std::string instruments{};  ///< further [[instrument]] tables, with the venue's tables for them
    std::string ratio_tiers{"{ floor = 0, ratio = 1 }"};  ///< of the coins
    std::string balances{"USD = 1e9"};
    std::string holdings{};          ///< further keys of [[account]]
    std::int32_t searches_grids{1};  ///< 0: every scenario is revalued
};

std::string scenario_of(MarginCase const& margin)
{
    std::string text =
        "[run]\nas_of = 2025-01-01T00:00:00Z\nhorizon = \"P10D\"\nstep = \"PT1H\"\n"
        "[[asset]]\nname = \"USD\"\nprice = 1\nmodel = \"fixed\"\n";
    for (char const* const name : coins)
        text += fmt::format("[[asset]]\nname = \"{}\"\nprice = 100\nvolatility = 0.9\n", name);
    text += "[[venue]]\nname = \"v\"\ncall = \"health\"\ncall_health = 1.5\n" + margin.venue
            + "collateral = [ { asset = \"USD\", tiers = [{ floor = 0, ratio = 1 }] },\n";
    for (char const* const name : coins)
        text += fmt::format("    {{ asset = \"{}\", tiers = [{}] }},\n", name, margin.ratio_tiers);
    text += "]\nborrow = [{ asset = \"USD\", rate = 0.05 }]\n";
    std::string positions;
    if (!margin.schedule.empty()) {
        text += "[[venue.schedules]]\ninstruments = [\"PA\", \"PB\", \"PC\", \"PD\"]\n"
                + margin.schedule + "\n";
        for (char const* const name : coins) {
            text += fmt::format(
                "[[instrument]]\nname = \"P{}\"\nvenue = \"v\"\nkind = \"linear_perp\"\nbase = "
                "\"{}\"\nquote = \"USD\"\n",
                name, name);
            positions +=
                fmt::format("{{ instrument = \"P{}\", size = 1e4, entry_price = 100 }}, ", name);
        }
    }
    text += margin.instruments + "[[account]]\nname = \"a\"\nvenue = \"v\"\nbalances = { "
            + margin.balances + " }\n" + margin.holdings;
    return positions.empty() ? text : text + "positions = [" + positions + "]\n";
}

/// Brackets from 0 to 12 million, so that a position of 1 million is inside.
std::string brackets(int count)
{
    std::string text = "tiers = [";
    for (int k = 0; k < count; ++k)
        text += fmt::format("{{ floor = {}, maintenance_rate = {} }}, ", 1e6 * k * k / 10.0,
                            0.005 * (k + 1));
    return text + "]";
}

/// Four options on A.
std::string options()
{
    std::string text;
    for (int i = 0; i < 4; ++i) {
        text += fmt::format(
            "[[instrument]]\nname = \"O{}\"\nvenue = \"v\"\nkind = \"{}\"\nbase = \"A\"\nquote = "
            "\"USD\"\nstrike = {}\nexpiry = 2025-02-28T08:00:00Z\nvolatility = 0.8\n",
            i, i % 2 == 0 ? "call" : "put", 85 + 10 * i);
    }
    return text;
}

/// \param sizes of the four, > 0: bought
std::string option_positions(int o0, int o1, int o2, int o3)
{
    return fmt::format(
        "positions = [{{ instrument = \"O0\", size = {} }}, {{ instrument = \"O1\", size "
        "= {} }}, {{ instrument = \"O2\", size = {} }}, {{ instrument = \"O3\", size = {} "
        "}}]\n",
        o0, o1, o2, o3);
}
std::string const sold = option_positions(-100, -100, -100, -100);
std::string const bought = option_positions(100, 100, 100, 100);
std::string const mixed = option_positions(-100, 100, 100, -100);

void run_margin(benchmark::State& state, MarginCase const& margin)
{
    Problems problems;
    ReadResult const read = read_scenario_text(scenario_of(margin), "margin", {}, problems);
    auto built = problems.empty() ? build_program<float>(read.scenario, problems) : std::nullopt;
    if (!built) {
        for (Problem const& problem : problems.problems())
            state.SkipWithError(format_problem(problem, "error").c_str());
        return;
    }
    Program<float> program = built->tables.view();
    program.searches_grids = margin.searches_grids;
    std::vector<double> columns(static_cast<std::size_t>(program.num_scopes * num_columns * paths));
    ChunkJob const job{0, paths, {.columns = columns.data(), .paths = paths}};
    auto const executor = make_cpu_executor(
        ProgramInput<float>{program, built->market, built->padded_assets, built->tables.bytes()},
        1);

    for (auto _ : state)
        executor->run({&job, 1});

    state.counters["s/step"] = benchmark::Counter(
        1.0 * paths * program.num_steps,
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

std::string const grid =
    "requirement = \"grid\"\ngrid = { short_power = 0.3, long_power = 0.13, scenarios = [{ spot = "
    "[-0.16, -0.12, -0.08, -0.04, 0.0, 0.04, 0.08, 0.12, 0.16], volatility = [-0.22, 0.4] }, { "
    "spot = [-0.66, -0.33, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0], volatility = [0.4], weight = 0.3 }] }\n";

#define BRINK_MARGIN(name, ...)                                 \
    BENCHMARK_CAPTURE(run_margin, name, MarginCase __VA_ARGS__) \
        ->Name("margin/" #name)                                 \
        ->UseRealTime()                                         \
        ->Unit(benchmark::kMillisecond)

BRINK_MARGIN(prices_only, {});
BRINK_MARGIN(flat, {.schedule = brackets(1)});
BRINK_MARGIN(marginal_12, {.schedule = brackets(12)});
BRINK_MARGIN(whole_position_12, {.schedule = "kind = \"whole_position\"\n" + brackets(12)});
BRINK_MARGIN(affine, {.schedule = "kind = \"affine\"\nunit = \"base\"\ntiers = [{ floor = 0, "
                                  "maintenance_rate = 0.01, maintenance_slope = 1e-7 }]"});
BRINK_MARGIN(square_root,
             {.schedule = "kind = \"square_root\"\nunit = \"base\"\ntiers = [{ floor = "
                          "0, maintenance_rate = 0.01, maintenance_slope = 1e-5 }]"});
BRINK_MARGIN(collateral_flat, {.balances = "USD = 1e9, A = 1e4, B = 1e4, C = 1e4, D = 1e4"});
BRINK_MARGIN(collateral_slabs_5,
             {.ratio_tiers = "{ floor = 0, ratio = 1 }, { floor = 5e5, ratio = 0.95 }, { floor = "
                             "1e6, ratio = 0.9 }, { floor = 2e6, ratio = 0.8 }, { floor = 5e6, "
                             "ratio = 0 }",
              .balances = "USD = 1e9, A = 1e4, B = 1e4, C = 1e4, D = 1e4"});
BRINK_MARGIN(collateral_over_debt, {.venue = "health = \"collateral_over_debt\"\n",
                                    .ratio_tiers = "{ floor = 0, ratio = 0.8 }",
                                    .balances = "A = 1e4, B = 1e4, C = 1e4, D = 1e4",
                                    .holdings = "loans = [{ asset = \"USD\", amount = 1e5 }]\n"});
BRINK_MARGIN(options_by_formula_4,
             {.instruments = "[[venue.schedules]]\ninstruments = [\"O*\"]\nkind = "
                             "\"short_option\"\noption = { initial_rate = 0.15, maintenance_rate "
                             "= 0.075 }\n"
                             + options(),
              .holdings = sold});
BRINK_MARGIN(options_on_grid_4, {.venue = grid, .instruments = options(), .holdings = sold});
BRINK_MARGIN(options_bought_on_grid_4,
             {.venue = grid, .instruments = options(), .holdings = bought});
BRINK_MARGIN(options_mixed_on_grid_4, {.venue = grid, .instruments = options(), .holdings = mixed});
BRINK_MARGIN(perpetuals_on_grid_4, {.venue = grid, .schedule = brackets(1)});
BRINK_MARGIN(options_on_grid_4_all_scenarios,
             {.venue = grid, .instruments = options(), .holdings = sold, .searches_grids = 0});
BRINK_MARGIN(options_mixed_on_grid_4_all_scenarios,
             {.venue = grid, .instruments = options(), .holdings = mixed, .searches_grids = 0});
BRINK_MARGIN(perpetuals_on_grid_4_all_scenarios,
             {.venue = grid, .schedule = brackets(1), .searches_grids = 0});

#undef BRINK_MARGIN

}  // namespace
}  // namespace brink::bench
