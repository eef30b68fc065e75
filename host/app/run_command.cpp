// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/App.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "brink/version.hpp"
#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/app/log.hpp"
#include "host/app/planning.hpp"
#include "host/app/report_options.hpp"
#include "host/app/run_json.hpp"
#include "host/app/scenario_options.hpp"
#include "host/run/existing_result.hpp"
#include "host/run/limits.hpp"
#include "host/run/output_path.hpp"
#include "host/run/provenance.hpp"
#include "host/run/run_scenarios.hpp"
#include "host/run/stop_signal.hpp"
#include "io/results/private_file.hpp"
#include "io/results/result_file.hpp"
#include "io/results/summary.hpp"

namespace brink {
namespace {

struct RunCommandOptions {
    ScenarioOptions scenario;
    DeviceOptions device;
    std::string output;
    bool json{false};
    bool force{false};
    ReportOptions reports;
};

class RunCommand {
    RunCommandOptions const& options_;
    Problems problems_;
    ReadResult input_;
    EngineOptions engine_options_;
    std::unique_ptr<ScenarioEngine> engine_;
    std::string hash_;
    std::filesystem::path path_;
    std::unique_ptr<ProgressOutput> progress_;

    /// Read everything and start the executor. \return false where problems were added
    bool prepare()
    {
        engine_options_ = options_.device.engine(problems_);
        input_ = options_.scenario.read(problems_);
        find_output();  // once without a hash, so that a mistake in -o is told with the others
        if (!problems_.empty())
            return false;
        engine_ = make_engine(input_.scenario, engine_options_, problems_);
        if (!engine_ || !check_stresses(input_.scenario, problems_))
            return false;
        hash_ = hash_scenario(input_.effective, numerics_of(input_.scenario, *engine_));
        find_output();
        return true;
    }

    void find_output()
    {
        RunConfig const& run = input_.scenario.run;
        std::string const stem = std::filesystem::path{options_.scenario.config}.stem().string();
        try {
            path_ = output_path(options_.output,
                                {run.name.empty() ? stem : run.name, run.as_of, hash_});
        } catch (std::invalid_argument const& error) {
            problems_.add({"command line", 0, 0, {}}, error.what(), {}, ExitCode::usage);
        }
    }

    /// Print what was asked for. \return 0, or 3 where a limit is breached
    int report(Result const& result) const
    {
        if (!options_.reports.quiet)
            fmt::print("{}", summary_text(result));
        if (options_.json)
            fmt::print("{}\n", json_line(run_json(result, path_.string())));
        bool const breached = !result.provenance.limits_breached.empty();
        for (std::string const& limit : result.provenance.limits_breached)
            spdlog::warn("limit breached: {}", limit);
        return exit_status(breached ? ExitCode::limit_breached : ExitCode::ok);
    }

    /// The run was done before: its numbers under today's limits.
    int report_existing(ExistingReport const& existing) const
    {
        spdlog::info("{}", existing.message);
        Result result = read_result(path_);
        std::string const asked = output_name(input_.scenario.output.outcomes);
        if (result.rows.kept != asked)
            spdlog::warn("it holds outcomes = \"{}\", not \"{}\"; --force runs again",
                         result.rows.kept, asked);
        result.provenance.limits_breached = judge_limits(input_.scenario.limits, result).breached;
        return report(result);
    }

    static std::string output_name(OutcomeColumns columns)
    {
        return columns == OutcomeColumns::none  ? "none"
               : columns == OutcomeColumns::all ? "all"
                                                : "tail";
    }

    int simulate()
    {
        check_output(path_);
        Plan const plan = plan_run(input_.scenario, *engine_, options_.device, path_);
        log_device(*engine_, options_.device);
        if (plan.spills)
            spdlog::info("exact tails go to disk below '{}'", plan.spill_folder.string());
        StopSignals const signals;
        RunOptions const run_options{options_.device.num_threads(), progress_.get()};
        auto const plan_of = [&](Scenario const& scenario, ScenarioEngine const& engine) {
            return plan_run(scenario, engine, options_.device, path_);
        };
        Result const result =
            run_scenarios(input_, std::move(engine_), {engine_options_, run_options, plan_of});
        write_result(path_, result, {static_cast<int>(input_.scenario.output.compression)});
        spdlog::info("wrote '{}'", path_.string());
        return report(result);
    }

  public:
    explicit RunCommand(RunCommandOptions const& options) : options_{options} {}

    int operator()()
    {
        options_.reports.open_log();
        note_in_log_file(fmt::format("brink {}, commit {}: run {}", program_version,
                                     program_commit(), options_.scenario.config));
        progress_ = options_.reports.open_progress();
        bool const ready = prepare();
        if (int const code = report_problems(problems_); code != 0 || !ready)
            return code;
        ExistingReport existing;
        if (!options_.force)
            existing = look_at_existing(path_, hash_, input_.effective, input_.scenario.run.paths);
        if (existing.kind == ExistingResult::other)
            throw FileError{ExitCode::data, existing.message};
        if (existing.kind == ExistingResult::complete || existing.kind == ExistingResult::larger)
            return report_existing(existing);
        if (existing.kind == ExistingResult::smaller)
            spdlog::info("{}", existing.message);
        return simulate();
    }
};

}  // namespace

Command add_run_command(CLI::App& app)
{
    auto const options = std::make_shared<RunCommandOptions>();
    CLI::App* const command =
        app.add_subcommand("run", "Simulate a scenario, print a summary and write a result file");
    options->scenario.add_to(*command);
    options->device.add_to(*command);
    command
        ->add_option(
            "-o,--output", options->output,
            "result file; {name}, {as_of} and {hash} are replaced (default: out/{name}.h5)")
        ->type_name("FILE")
        ->check(
            [](std::string const& text) { return text.empty() ? "needs the name of a file" : ""; });
    command->add_flag(
        "--json", options->json,
        "last on standard output, one line of JSON: all statistics with their errors");
    command->add_flag("--force", options->force, "replace whatever stands at the output");
    options->reports.add_to(*command);
    command->footer(
        "A finished result of the same scenario and as many paths is left as it is. Exit code 3 "
        "means\nthat a threshold of [limits] was breached; see brink exit-codes.");
    return {command, [options] { return RunCommand{*options}(); }};
}

}  // namespace brink
