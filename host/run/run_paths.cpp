// SPDX-License-Identifier: Apache-2.0
#include "host/run/run_paths.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <vector>

#include "host/plan/outcome_specs.hpp"
#include "host/run/batch_buffers.hpp"
#include "host/run/provenance.hpp"
#include "host/run/run_statistics.hpp"
#include "host/run/stop_signal.hpp"
#include "host/statistics/fan_statistics.hpp"

namespace brink {
namespace {

/// \throws Stopped where a signal came, whether or not the engine was done by then
void stop_if_asked()
{
    if (StopSignals::received() != 0)
        throw Stopped{StopSignals::received()};
}

void run_columns(ScenarioEngine& engine, std::span<ChunkJob const> jobs, Plan const& plan,
                 BatchBuffers const& buffers, RunStatistics& statistics)
{
    engine.run(jobs);
    stop_if_asked();
    std::vector<ChunkView> chunks;
    for (std::size_t slot = 0; slot < jobs.size(); ++slot)
        chunks.push_back(buffers.view(plan, slot));
    statistics.absorb(chunks);
}

void run_reduced(ScenarioEngine& engine, std::span<ChunkJob const> jobs, RunStatistics& statistics)
{
    std::vector<ChunkReduction> reductions(jobs.size());
    engine.run_reduced(jobs, statistics.request(), reductions);
    stop_if_asked();
    statistics.absorb(jobs, reductions);
}

/// Run every batch and absorb it.
void run_batches(ScenarioEngine& engine, Plan const& plan, BatchBuffers& buffers,
                 RunStatistics& statistics, RunOptions const& options)
{
    ProgressPart part = options.part;
    part.paths = plan.shape.paths;
    part.chunk_paths = plan.chunk_paths;
    Progress progress{options.progress, part, [&] { return statistics.current_shortfall(); }};
    for (std::uint64_t first = 0; first < plan.num_chunks; first += plan.batch_chunks) {
        std::uint64_t const count = std::min(plan.batch_chunks, plan.num_chunks - first);
        auto const jobs = buffers.jobs(plan, first, count);
        if (plan.reduced)
            run_reduced(engine, jobs, statistics);
        else
            run_columns(engine, jobs, plan, buffers, statistics);
        progress.update(std::min((first + count) * plan.chunk_paths, plan.shape.paths));
    }
    progress.finish();
}

/// Health of one scope over the paths that `buffers` recorded.
Fan make_fan(FanStatistics& statistics, RunShape const& shape, std::span<float const> values,
             std::span<std::uint8_t const> invalid)
{
    Fan fan;
    fan.quantity = "health";
    fan.paths = invalid.size();
    for (DecimalLevel const& level : statistics.levels())
        fan.levels.push_back(level.text());
    fan.quantiles.resize(fan.levels.size());
    fan.lo.resize(fan.levels.size());
    fan.hi.resize(fan.levels.size());
    auto const rows = statistics.rows(values, invalid.size(), invalid);
    for (std::size_t t = 0; t < rows.size(); ++t) {
        fan.times.push_back(static_cast<double>(t * shape.fan_stride) * shape.step_seconds);
        for (std::size_t level = 0; level < fan.levels.size(); ++level) {
            fan.quantiles[level].push_back(rows[t].points[level].value);
            fan.lo[level].push_back(rows[t].points[level].lo);
            fan.hi[level].push_back(rows[t].points[level].hi);
        }
    }
    return fan;
}

/// One fan of the book and of each named account, or none.
std::vector<Fan> make_fans(StatisticsConfig const& config, RunShape const& shape,
                           BatchBuffers const& buffers, std::span<std::uint8_t const> invalid)
{
    std::vector<Fan> fans;
    if (config.quantiles.empty())
        return fans;
    FanStatistics statistics{parse_levels(config.quantiles), result_confidence};
    for (std::size_t scope = 0; scope <= shape.account_scopes; ++scope) {
        std::size_t const paths = scope == 0 ? shape.fan_paths : shape.account_fan_paths;
        fans.push_back(make_fan(statistics, shape, buffers.fan(scope), invalid.first(paths)));
    }
    return fans;
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
    for (std::size_t scope = 0; scope < engine.names().scopes.size(); ++scope) {
        ScopeResult& entry = result.scopes.emplace_back();
        entry.scope = engine.names().scopes[scope];
        entry.worst_paths = statistics.worst_paths(scope);
        entry.outcomes = statistics.take_outcomes(scope, scenario.run.numeraire);
    }
}

}  // namespace

NumericsId numerics_of(Scenario const& scenario, ScenarioEngine const& engine)
{
    return {engine.info().arithmetic, precision_name(scenario.run.precision)};
}

Result run_paths(ReadResult const& input, ScenarioEngine& engine, Plan const& plan,
                 RunOptions const& options)
{
    auto const start = std::chrono::steady_clock::now();
    Scenario const& scenario = input.scenario;
    Result result;
    result.provenance = open_provenance(input, engine, plan);
    {
        RunStatistics statistics{plan, scenario, options.threads};
        std::vector<Fan> fans;
        {
            BatchBuffers buffers{plan};
            run_batches(engine, plan, buffers, statistics, options);
            fans = make_fans(scenario.statistics, plan.shape, buffers, statistics.fan_invalid());
        }
        report(result, scenario, engine, statistics);
        for (std::size_t scope = 0; scope < fans.size(); ++scope)
            result.scopes[scope].fans.push_back(std::move(fans[scope]));
    }
    std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - start;
    close_provenance(result.provenance, seconds.count());
    return result;
}

}  // namespace brink
