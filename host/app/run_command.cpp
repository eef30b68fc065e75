// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "brink/version.hpp"
#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/app/log.hpp"
#include "host/app/planning.hpp"
#include "host/app/result_report.hpp"
#include "host/app/run_options.hpp"
#include "host/run/deadline.hpp"
#include "host/run/existing_output.hpp"
#include "host/run/kept_rows.hpp"
#include "host/run/limits.hpp"
#include "host/run/output_path.hpp"
#include "host/run/provenance.hpp"
#include "host/run/resumable_run.hpp"
#include "host/run/side_by_side.hpp"
#include "host/run/stop_signal.hpp"
#include "host/run/stress_scenarios.hpp"
#include "host/sweep/run_sweep.hpp"
#include "host/sweep/sweep_points_check.hpp"
#include "host/sweep/sweep_share.hpp"
#include "io/config/duration.hpp"
#include "io/config/sweep_points.hpp"
#include "io/results/private_file.hpp"
#include "io/results/result_file.hpp"
#include "io/results/view_parts.hpp"

namespace brink {
namespace {

class RunCommand {
    RunCommandOptions const& options_;
    Problems problems_;
    ReadResult input_;
    EngineOptions engine_options_;
    std::unique_ptr<ScenarioEngine> engine_;
    std::optional<CheckedSweep> sweep_;
    SweepShare share_;  ///< of its points
    std::string hash_;
    std::filesystem::path path_;
    std::unique_ptr<ProgressOutput> progress_;
    std::optional<UnixSeconds> deadline_;
    bool is_late_{false};  ///< the deadline had passed when the command began
    StopSignals::Clock::time_point const start_{StopSignals::Clock::now()};

    /// Read everything and start the executor. \return false where problems were added
    bool prepare()
    {
        engine_options_ = options_.device.engine(problems_);
        input_ = options_.read(problems_);
        find_output();  // once without a hash, so that a mistake in -o is told with the others
        find_deadline();
        if (!problems_.empty())
            return false;
        engine_ = make_engine(input_.scenario, engine_options_, problems_);
        if (!engine_ || !check_stresses(input_, problems_))
            return false;
        sweep_ = check_sweep_points(input_, problems_);
        if (!sweep_)
            return false;
        share_ = share_of(sweep_->digests, shard());
        hash_ = hash_scenario(input_.effective, numerics_of(input_.scenario, *engine_));
        find_output();
        return true;
    }

    void find_deadline()
    {
        StopConfig const& stop = input_.scenario.stop;
        if (stop.deadline.empty() || !problems_.empty())
            return;
        auto const now = static_cast<UnixSeconds>(std::time(nullptr));
        deadline_ = next_deadline(stop.deadline, now);
        is_late_ = *deadline_ <= now;
    }

    /// No time is left, and nothing there makes a result.
    int refuse_deadline() const
    {
        bool const is_option = !options_.deadline.empty();
        Problems late;
        late.add(is_option ? Where{"command line", 0, 0, "--deadline"}
                           : input_.scenario.stop.at("deadline"),
                 format_instant(*deadline_) + " has passed, and "
                     + (options_.shard ? "the shard is not done" : "no paths are done"),
                 "write a later instant, or a time of day",
                 is_option ? ExitCode::usage : ExitCode::config);
        return report_problems(late);
    }

    void find_output()
    {
        RunConfig const& run = input_.scenario.run;
        std::string const stem = std::filesystem::path{options_.scenario.config}.stem().string();
        std::string pattern = options_.output;
        if (pattern.empty() && options_.shard)  // none takes the place of another
            pattern = fmt::format("out/{{name}}.part-{}-of-{}.h5", options_.shard->number,
                                  options_.shard->count);
        try {
            path_ = output_path(pattern, {run.name.empty() ? stem : run.name, run.as_of, hash_});
        } catch (std::invalid_argument const& error) {
            problems_.add({"command line", 0, 0, {}}, error.what(), {}, ExitCode::usage);
        }
    }

    int report(Result const& result) const
    {
        return report_result(result, path_.string(), {!options_.reports.quiet, options_.json});
    }

    /// The run was done before: its numbers under today's limits.
    int report_existing(ExistingReport const& existing) const
    {
        spdlog::info("{}", existing.message);
        if (existing.kind == ExistingOutput::complete)
            remove_checkpoint(path_);  // of a run that another process finished
        if (options_.shard)
            return report_part(path_, options_.json);
        Result result = read_result(path_);
        std::string const asked = kept_name(input_.scenario.output.outcomes);
        if (result.rows.kept != asked)
            spdlog::warn("it holds outcomes = \"{}\", not \"{}\"; --force runs again",
                         result.rows.kept, asked);
        for (FileError const& problem : view_problems(path_, result.rows.parts))
            spdlog::warn("{}", problem.what());
        result.provenance.limits_breached = judge_limits(input_.scenario.limits, result).breached;
        return report(result);
    }

    [[nodiscard]] Shard shard() const { return options_.shard.value_or(Shard{}); }

    [[nodiscard]] RunTarget target() const
    {
        return {path_, hash_, &input_.effective, input_.scenario.run.paths, options_.shard};
    }

    [[nodiscard]] ScenarioRunner runner() const
    {
        return {engine_options_, options_.device.num_threads(),
                [this](Scenario const& scenario, ScenarioEngine const& engine,
                       std::uint64_t batch_chunks, std::uint64_t scenarios) {
                    return plan_run(scenario, engine, options_.device, path_, batch_chunks,
                                    scenarios);
                }};
    }

    [[nodiscard]] ResumeOptions resume_options() const
    {
        OutputConfig const& output = input_.scenario.output;
        return {progress_.get(),
                share_.runs > 0 ? (share_.runs + 1) * input_.scenario.run.paths : 0,
                options_.checkpoint_seconds(),
                {static_cast<int>(output.compression)},
                output.extendable,
                share_.points};
    }

    /// A point of the steady clock.
    static StopSignals::Clock::time_point after(StopSignals::Clock::time_point from, double seconds)
    {
        using Seconds = std::chrono::duration<double>;
        return from + std::chrono::duration_cast<StopSignals::Clock::duration>(Seconds{seconds});
    }

    void set_deadline() const
    {
        if (!deadline_)
            return;
        auto const now = static_cast<UnixSeconds>(std::time(nullptr));
        StopSignals::stop_at(
            after(StopSignals::Clock::now(), static_cast<double>(*deadline_ - now)),
            StopReason::deadline);
    }

    void set_limits() const
    {
        if (auto const seconds = options_.walltime_seconds())
            StopSignals::stop_at(after(start_, *seconds), StopReason::walltime);
        if (is_late_)
            return;  // what was done before is read first
        if (deadline_)
            spdlog::info("the run ends at {} at the latest", format_instant(*deadline_));
        set_deadline();
    }

    /// The result that is there, where a deadline adds nothing to it.
    int leave(ExistingReport const& existing) const
    {
        spdlog::warn("the deadline {} has passed: the result is left as it is",
                     format_instant(*deadline_));
        return report_existing(existing);
    }

    /// \param existing absent, or to be completed
    int simulate(ExistingReport const& existing)
    {
        bool const has_smaller = existing.kind == ExistingOutput::smaller;
        check_output(path_);
        log_device(*engine_, options_.device);
        StopSignals const signals;
        set_limits();
        SideBySide runs{input_, std::move(engine_), runner(), shard()};
        if (runs.plan().spills)
            spdlog::info("exact tails go to disk below '{}'", runs.plan().spill_folder.string());
        ResumableRun run{target(), runs, resume_options()};
        if (options_.force)
            remove_checkpoint(path_);
        else
            run.resume(has_smaller);
        if (is_late_ && !run.has_more())
            return has_smaller ? leave(existing) : refuse_deadline();
        if (is_late_ && !run.has_points())  // whose base lacks its short last chunk alone
            set_deadline();
        run.run();
        if (options_.shard)
            return finish_shard(run);
        if (is_late_)
            set_deadline();
        if (stop_reason() == StopReason::deadline && !run.has_more())
            return leave(existing);
        Result const result = run.write(run_points(run), sweep_->warnings);
        spdlog::info("wrote '{}'", path_.string());
        return report(result);
    }

    int finish_shard(ResumableRun& run) const
    {
        run.write_shard(run_points(run), sweep_->warnings);
        spdlog::info("wrote '{}', shard {}/{}: brink merge makes a result of all shards",
                     path_.string(), options_.shard->number, options_.shard->count);
        return report_part(path_, options_.json);
    }

    /// The points of the sweep, or of the shard's share, after the base. Those that are done go
    /// into the checkpoint.
    /// \throws Stopped
    SweepResult run_points(ResumableRun& run) const
    {
        if (!input_.scenario.sweep)
            return {};
        SweepRun sweep = run_sweep(
            input_, *sweep_, runner(), progress_.get(),
            {run.take_points(), [&](SweepResult const& points) { run.keep(points, false); },
             options_.checkpoint_seconds()},
            shard());
        if (sweep.is_complete)
            return std::move(sweep.result);
        std::string const done = fmt::format("stopped by {} with {} of {} points of the sweep done",
                                             stop_text(), sweep.result.num_run(), share_.points);
        if (stop_reason() == StopReason::deadline && !options_.shard) {
            run.warn(done + "; the others have no values");
            return std::move(sweep.result);
        }
        run.keep(sweep.result, true);
        throw Stopped{fmt::format("{}; '{}' keeps what is done: {}", done,
                                  checkpoint_path(path_).string(), how_to_go_on())};
    }

    /// A result of a sweep that a deadline ended is not complete.
    void look_at_points(ExistingReport& existing) const
    {
        if (!input_.scenario.sweep || options_.shard || existing.kind != ExistingOutput::complete)
            return;  // a shard is complete, or unfinished beside a checkpoint
        SweepResult const sweep = read_sweep(path_);
        if (!sweep.points.empty() && sweep.num_run() == sweep.points.size())
            return;
        existing = {ExistingOutput::smaller,
                    fmt::format("'{}' has {} of {} points of the same sweep", path_.string(),
                                sweep.num_run(), num_sweep_points(*input_.scenario.sweep))};
    }

    /// Whether something at the output may be more than stands in its result.
    [[nodiscard]] bool has_checkpoint() const
    {
        std::error_code ignored;
        return !options_.force && !options_.shard
               && std::filesystem::exists(checkpoint_path(path_), ignored);
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
            existing = look_at_existing(target());
        if (existing.kind == ExistingOutput::other)
            throw FileError{ExitCode::data, existing.message};
        look_at_points(existing);
        if (existing.kind == ExistingOutput::complete)
            remove_leftover(target());
        if (existing.kind == ExistingOutput::complete || existing.kind == ExistingOutput::larger)
            return report_existing(existing);
        if (is_late_ && !has_checkpoint())
            return existing.kind == ExistingOutput::absent ? refuse_deadline() : leave(existing);
        return simulate(existing);
    }
};

}  // namespace

Command add_run_command(CLI::App& app)
{
    auto const options = std::make_shared<RunCommandOptions>();
    CLI::App* const command =
        app.add_subcommand("run", "Simulate a scenario, print a summary and write a result file");
    options->add_to(*command);
    command->footer(
        "A finished result of the same scenario and as many paths is left as it is, one with fewer "
        "is\nextended, and an interrupted run goes on from its checkpoint. Exit code 3 means that "
        "a\nthreshold of [limits] was breached, 75 that the run was stopped and can go on; see "
        "brink exit-codes.");
    return {command, [options] { return RunCommand{*options}(); }};
}

}  // namespace brink
