// SPDX-License-Identifier: Apache-2.0
#include "host/run/scenario_run.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "host/plan/outcome_specs.hpp"
#include "host/run/provenance.hpp"
#include "host/run/stop_signal.hpp"

namespace brink {
namespace {

/// The plan of a run that ends after `paths`: tails, rows and fans as deep as its own.
Plan shortened(Plan plan, Scenario const& scenario, std::uint64_t paths)
{
    plan.shape.paths = paths;
    plan.shape.fan_paths = std::min(plan.shape.fan_paths, paths);
    plan.shape.account_fan_paths = std::min(plan.shape.account_fan_paths, paths);
    plan.num_chunks = (paths + plan.chunk_paths - 1) / plan.chunk_paths;
    plan.kept_rows = num_kept_rows(scenario, paths);
    plan.depth_paths = paths;
    return plan;
}

/// Whether the statistics hold more tail values than those of a run that is not to be extended.
bool keeps_deeper_tails(Scenario const& scenario, Plan const& plan)
{
    auto const capacity = [&](std::uint64_t paths) {
        return make_outcome_specs(scenario.statistics, paths, ScopeKind::book, {})
            .front()
            .tail_capacity();
    };
    std::uint64_t const deep = capacity(plan.depth_paths);
    std::uint64_t const paths = plan.shape.paths;
    // A run that is shorter than a tail is kept whole either way.
    return deep > capacity(paths) && paths > capacity(paths);
}

/// What the book has beside its outcomes must be read before those are given up.
void report(Result& result, Scenario const& scenario, ScenarioEngine const& engine,
            RunStatistics& statistics)
{
    result.provenance.invalid_paths = statistics.num_invalid();
    result.parts = statistics.parts();
    result.correlation_repairs = engine.correlation_repairs();
    result.regimes = statistics.regimes(engine.names().regimes);
    result.tails["loss"] = statistics.tail_of_loss();
    result.rows = statistics.take_rows();
    result.account_table = statistics.table(engine.names().accounts);
    std::vector<Fan> fans = statistics.report_fans();
    for (std::size_t scope = 0; scope < engine.names().scopes.size(); ++scope) {
        ScopeResult& entry = result.scopes.emplace_back();
        entry.scope = engine.names().scopes[scope];
        entry.worst_paths = statistics.worst_paths(scope);
        entry.outcomes = statistics.take_outcomes(scope, scenario.run.numeraire);
        if (scope < fans.size())
            entry.fans.push_back(std::move(fans[scope]));
    }
}

}  // namespace

ScenarioRun::ScenarioRun(ReadResult const& input, ScenarioEngine const& engine, Plan plan,
                         PathRange range, int threads)
    : input_{input},
      engine_{engine},
      plan_{std::move(plan)},
      threads_{threads},
      next_path_{range.first},
      end_path_{range.end},
      provenance_{open_provenance(input, engine, plan_)},
      whole_{std::make_unique<RunStatistics>(plan_, input.scenario, threads, plan_.depth_paths)}
{}

bool ScenarioRun::is_short(std::uint64_t chunk_idx) const
{
    return plan_.paths_in_chunk(chunk_idx) < plan_.chunk_paths;
}

RunStatistics& ScenarioRun::statistics_of_rest()
{
    if (!rest_)
        rest_ = std::make_unique<RunStatistics>(
            plan_, input_.scenario, threads_,
            plan_.paths_in_chunk(plan_.shape.paths / plan_.chunk_paths));
    return *rest_;
}

std::span<ChunkJob const> ScenarioRun::jobs(std::uint64_t end_path)
{
    if (!buffers_)
        buffers_ = std::make_unique<BatchBuffers>(plan_);
    std::uint64_t const first = next_path_ / plan_.chunk_paths;
    std::uint64_t const end = std::min(end_path, end_path_);
    std::uint64_t const paths = end > next_path_ ? end - next_path_ : 0;
    std::uint64_t const count = (paths + plan_.chunk_paths - 1) / plan_.chunk_paths;
    auto const fans_of = [&](std::uint64_t chunk) -> HealthFans& {
        return is_short(chunk) ? statistics_of_rest().fans() : whole_->fans();
    };
    jobs_ = buffers_->jobs(plan_, first, std::min(count, plan_.batch_chunks), fans_of);
    return jobs_;
}

bool ScenarioRun::run(ScenarioEngine& engine)
{
    if (plan_.reduced) {
        reductions_.assign(jobs_.size(), {});
        engine.run_reduced(jobs_, whole_->request(), reductions_);
    } else {
        engine.run(jobs_);
    }
    return !stop_requested();
}

std::vector<ChunkView> ScenarioRun::views() const
{
    std::vector<ChunkView> chunks;
    for (std::size_t slot = 0; slot < jobs_.size() && !plan_.reduced; ++slot)
        chunks.push_back(buffers_->view(plan_, slot));
    return chunks;
}

void ScenarioRun::absorb()
{
    if (jobs_.empty())
        return;
    bool const has_rest = is_short(jobs_.back().first_path / plan_.chunk_paths);
    std::size_t const whole = jobs_.size() - (has_rest ? 1 : 0);
    if (plan_.reduced) {
        auto const last = reductions_.begin() + static_cast<std::ptrdiff_t>(whole);
        std::vector<ChunkReduction> rest(std::make_move_iterator(last),
                                         std::make_move_iterator(reductions_.end()));
        reductions_.erase(last, reductions_.end());
        whole_->absorb(jobs_.first(whole), reductions_);
        if (has_rest)
            statistics_of_rest().absorb(jobs_.subspan(whole), rest);
    } else {
        std::vector<ChunkView> chunks = views();
        std::vector<ChunkView> const rest(chunks.begin() + static_cast<std::ptrdiff_t>(whole),
                                          chunks.end());
        chunks.resize(whole);
        whole_->absorb(chunks);
        if (has_rest)
            statistics_of_rest().absorb(rest);
    }
    next_path_ = jobs_.back().first_path + static_cast<std::uint64_t>(jobs_.back().num_paths);
    jobs_ = {};
}

std::string ScenarioRun::obstacle(SavedRun const& saved) const
{
    return whole_->obstacle(saved.whole);
}

void ScenarioRun::restore(SavedRun const& saved)
{
    StatisticsState const& whole = saved.whole;
    if (whole.num_chunks() > 0) {
        if (whole.first_chunk * plan_.chunk_paths != next_path_)
            throw std::logic_error{"saved chunks do not follow those absorbed"};
        whole_->absorb(whole);
        next_path_ = whole.end_chunk * plan_.chunk_paths;
    }
    if (saved.rest.num_chunks() > 0) {
        statistics_of_rest().absorb(saved.rest);
        next_path_ = plan_.shape.paths;
    }
}

SavedRun ScenarioRun::save(std::string scope)
{
    SavedRun saved;
    saved.scope = std::move(scope);
    saved.whole = whole_->save();
    if (rest_)
        saved.rest = rest_->save();
    return saved;
}

std::uint64_t ScenarioRun::num_invalid() const
{
    return whole_->num_invalid() + (rest_ ? rest_->num_invalid() : 0);
}

/// The short chunk joins the whole ones. What was kept to extend the run, and what a run of the
/// paths that were done would not keep, is left behind.
RunStatistics& ScenarioRun::statistics_of_all()
{
    bool const is_cut = next_path_ < plan_.shape.paths;
    if (is_cut || keeps_deeper_tails(input_.scenario, plan_)) {
        StatisticsState const saved = whole_->save();
        std::unique_ptr<RunStatistics> const deeper =
            std::move(whole_);  // has the tails of `saved`
        plan_ = shortened(plan_, input_.scenario, next_path_);
        whole_ = std::make_unique<RunStatistics>(plan_, input_.scenario, threads_, next_path_);
        whole_->absorb(saved);
    }
    if (rest_) {
        whole_->absorb(rest_->save());
        rest_.reset();
    }
    return *whole_;
}

Result ScenarioRun::finish()
{
    Result result;
    buffers_.reset();
    jobs_ = {};
    RunStatistics& statistics = statistics_of_all();
    provenance_.paths = next_path_;
    result.provenance = provenance_;
    report(result, input_.scenario, engine_, statistics);
    whole_.reset();
    return result;
}

bool run_together(EngineGroup& engines, std::span<ScenarioRun* const> runs)
{
    std::vector<std::vector<ChunkJob>> jobs;
    for (ScenarioRun* const run : runs) {
        auto const own = run->jobs();
        jobs.emplace_back(own.begin(), own.end());
    }
    engines.run(jobs);
    return !stop_requested();
}

}  // namespace brink
