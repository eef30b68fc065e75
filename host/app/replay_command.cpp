// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>
#include <memory>
#include <optional>

#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/app/scenario_options.hpp"
#include "host/program/scenario_hash.hpp"
#include "host/replay/ledger_output.hpp"
#include "host/replay/stored_path.hpp"
#include "host/run/provenance.hpp"
#include "host/run/stress_scenarios.hpp"
#include "io/config/references.hpp"
#include "io/results/result_file.hpp"
#include "io/results/view_parts.hpp"

namespace brink {
namespace {

struct ReplayOptions {
    std::string source;
    std::uint64_t path{0};
    std::string format{"table"};
    std::vector<std::string> settings;
    std::string stress;  ///< empty: the base
    bool all_steps{false};
};

/// The scenario to replay, and the result that it came from, if any.
struct ReplaySource {
    std::optional<Result> stored;
    ReadResult input;
    EngineOptions engine{DeviceChoice{DeviceChoice::Kind::cpu, {}}, 1};
    bool lacks_row{false};  ///< of a view, where the part with it cannot be read
};

/// Take what a view stores of the path from its part.
void read_row_of_view(ReplayOptions const& options, ReplaySource& source)
{
    OutcomeRows& rows = source.stored->rows;
    try {
        rows = read_view_row(options.source, rows.parts, options.path);
    } catch (FileError const& error) {
        spdlog::warn("{}; the outcomes of path {} are not compared with it", error.what(),
                     options.path);
        source.lacks_row = true;
    }
}

ReplaySource read_source(ReplayOptions const& options, Problems& problems)
{
    ReplaySource source;
    if (!names_result(options.source)) {
        source.input = read_scenario(options.source, options.settings, problems);
        return source;
    }
    if (!options.settings.empty())
        problems.add({"command line", 0, 0, "--set"},
                     "a result is replayed as it was run; nothing can be set",
                     "replay the scenario file instead", ExitCode::usage);
    source.stored = read_result(options.source);
    if (source.stored->rows.is_view() && options.stress.empty())
        read_row_of_view(options, source);
    Provenance const& p = source.stored->provenance;
    source.input = read_scenario_text(p.effective_config, options.source, {}, problems);
    if (p.backend == "cuda" && !cuda_devices().empty())
        source.engine.device.kind = DeviceChoice::Kind::cuda;
    return source;
}

void check_path(ReplayOptions const& options, ReplaySource const& source, Problems& problems)
{
    std::uint64_t const paths =
        source.stored ? source.stored->provenance.paths : source.input.scenario.run.paths;
    if (problems.empty() && options.path >= paths)
        problems.add({"command line", 0, 0, "PATH_ID"},
                     fmt::format("path {} does not exist", options.path),
                     fmt::format("paths are 0 to {}", paths - 1), ExitCode::usage);
}

/// Replace the scenario by one of its stress scenarios, and of the result keep what it says of it.
void select_stress(ReplayOptions const& options, ReplaySource& source, Problems& problems)
{
    if (options.stress.empty() || !problems.empty())
        return;
    Scenario& scenario = source.input.scenario;
    std::size_t const chosen = References{"scenario", scenario.stresses}.require(
        options.stress, {"command line", 0, 0, "--scenario"}, problems);
    if (!problems.empty())
        return;
    StressConfig const stress = scenario.stresses[chosen];
    if (source.stored)
        *source.stored = result_under(*source.stored, scope_of(stress));
    source.input = stressed(source.input, stress, problems);
}

void add_origin(ReplaySource const& source, ScenarioEngine const& engine, PathLedger& ledger)
{
    NumericsId const numerics = numerics_of(source.input.scenario, engine);
    ledger.origin.arithmetic = numerics.arithmetic;
    ledger.origin.scenario_hash = hash_scenario(source.input.effective, numerics);
    if (!source.stored)
        return;
    ledger.origin.result_arithmetic = source.stored->provenance.arithmetic;
    ledger.origin.result_scenario_hash = source.stored->provenance.scenario_hash;
    for (Difference const& difference : differences(*source.stored, ledger))
        ledger.differences.push_back(difference);
}

/// Say where the regenerated path may differ from the stored run, and where it does.
void report_differences(ReplaySource const& source, PathLedger const& ledger)
{
    LedgerOrigin const& origin = ledger.origin;
    for (Difference const& difference : ledger.differences)
        spdlog::warn("path {} differs from the {}: {}", ledger.path,
                     source.stored ? "result" : "outcomes of a run", difference_text(difference));
    if (!source.stored)
        return;
    if (origin.arithmetic != origin.result_arithmetic)
        spdlog::warn(
            "the result was computed in {} arithmetic, which is not available here; this "
            "is {}",
            origin.result_arithmetic, origin.arithmetic);
    else if (origin.scenario_hash != origin.result_scenario_hash)
        spdlog::warn(
            "this build (brink {}) computes this scenario differently from the one that "
            "made the result (brink {}): the path may differ",
            program_commit(), source.stored->provenance.brink_commit);
    if (ledger.differences.empty() && !source.lacks_row && stores_path(*source.stored, ledger.path))
        spdlog::info("path {}: all that the result stores of it was regenerated bit for bit",
                     ledger.path);
}

int replay(ReplayOptions const& options)
{
    Problems problems;
    ReplaySource source = read_source(options, problems);
    check_path(options, source, problems);
    select_stress(options, source, problems);
    auto const engine =
        problems.empty() ? make_engine(source.input.scenario, source.engine, problems) : nullptr;
    if (int const code = report_problems(problems); code != 0 || !engine)
        return code;
    PathLedger ledger = trace_path(*engine, source.input.scenario, options.path);
    add_origin(source, *engine, ledger);
    report_differences(source, ledger);
    if (options.format == "csv")
        fmt::print("{}", ledger_csv(ledger));
    else if (options.format == "json")
        fmt::print("{}", ledger_json(ledger));
    else
        fmt::print("{}", ledger_table(ledger, options.all_steps ? LedgerSteps::all
                                                                : LedgerSteps::with_events));
    return exit_status(ExitCode::ok);
}

}  // namespace

Command add_replay_command(CLI::App& app)
{
    auto const options = std::make_shared<ReplayOptions>();
    CLI::App* const command =
        app.add_subcommand("replay",
                           "Show what happened on one path, step by step: prices, margin, calls, "
                           "transfers, liquidations");
    command->add_option("SOURCE", options->source, "result of brink run, or a scenario")
        ->required();
    command->add_option("PATH_ID", options->path, "path, as in the list of worst paths")
        ->required()
        ->check(&check_whole_number);
    command->add_option("--format", options->format, "table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->capture_default_str();
    command
        ->add_option("--scenario", options->stress,
                     "the path under this [[scenario]] in place of the base")
        ->type_name("NAME");
    command->add_flag("--all-steps", options->all_steps,
                      "in the table, every step and not only those with events");
    command
        ->add_option("--set", options->settings,
                     "replace a key of the scenario, where the source is one")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false)
        ->take_all();
    return {command, [options] { return replay(*options); }};
}

}  // namespace brink
