// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/point_run.hpp"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "host/program/scenario_hash.hpp"
#include "host/run/provenance.hpp"
#include "host/sweep/point_input.hpp"
#include "io/results/outcomes.hpp"

namespace brink {
namespace {

/// What no point keeps is not made: fans and lists of worst paths.
void keep_statistics_only(Scenario& scenario)
{
    scenario.statistics.fan_paths = 1;
    scenario.statistics.worst_paths = 0;
}

[[noreturn]] void refuse_change(Problems const& problems)
{
    std::string reason = "the files of the scenario have changed since the run began";
    if (!problems.empty())
        reason += ": " + format_problem(problems.problems().front(), "error");
    throw std::runtime_error{reason};
}

}  // namespace

PointRun::PointRun(ReadResult const& base, std::vector<Setting> const& settings,
                   ScenarioDigest const& digest, EngineOptions const& options)
    : scopes_{base.scenario.sweep->scopes}
{
    Problems problems;
    input_ = point_input(base, settings, problems);
    if (!problems.empty() || (!digest.scenario.empty() && !(digest_of(input_) == digest)))
        refuse_change(problems);
    keep_statistics_only(input_.scenario);
    engine_ = make_engine(input_.scenario, options, problems);
    if (!engine_)
        refuse_change(problems);
    std::vector<std::string> const& known = engine_->names().scopes;
    for (std::string const& scope : scopes_) {
        auto const found = std::find(known.begin(), known.end(), scope);
        if (found != known.end())
            scope_places_.push_back(static_cast<std::size_t>(found - known.begin()));
    }
}

void PointRun::start(ScenarioRunner const& runner, std::uint64_t batch_chunks,
                     std::uint64_t side_by_side, bool spills_columns)
{
    Plan plan = runner.plan(input_.scenario, *engine_, batch_chunks, side_by_side);
    plan.reduced = false;  // differences need the outcomes themselves
    std::string const spill = spills_columns ? plan.spill_folder.string() : std::string{};
    std::uint64_t const paths = plan.shape.paths;
    columns_.emplace(0, paths, scope_places_, spill);
    run_ = std::make_unique<ScenarioRun>(input_, *engine_, std::move(plan), PathRange{0, paths},
                                         runner.threads);
}

void PointRun::give_up()
{
    run_.reset();
    columns_.reset();
}

void PointRun::absorb()
{
    std::vector<ChunkView> const chunks = run_->views();
    run_->absorb();  // which marks the paths
    for (ChunkView const& chunk : chunks)
        columns_->keep(chunk);
}

SweepPointResult PointRun::finish()
{
    Result result = run_->finish();
    run_.reset();
    SweepPointResult point;
    point.scenario_hash = hash_scenario(input_.effective, numerics_of(input_.scenario, *engine_));
    point.paths = result.provenance.paths;
    point.invalid_paths = result.provenance.invalid_paths;
    for (std::string const& scope : scopes_) {
        ScopeResult& entry = point.scopes.emplace_back();
        entry.scope = scope;
        for (ScopeResult& own : result.scopes)
            if (own.scope == scope)
                entry.outcomes = std::move(own.outcomes);
        for (OutcomeResult& outcome : entry.outcomes)
            outcome.histogram = {};
    }
    return point;
}

void PointRun::finish_base()
{
    SweepPointResult const result = finish();
    std::size_t slot = 0;  // among the scopes that are kept
    for (ScopeResult const& scope : result.scopes) {
        std::vector<ComparedOutcome>& compared = compared_.emplace_back();
        for (std::size_t o = 0; o < scope.outcomes.size(); ++o)
            compared.emplace_back(outcome_list[o].kind, scope.outcomes[o], columns_->of(slot, o));
        slot += scope.outcomes.empty() ? 0 : 1;
    }
}

void PointRun::compare(SweepPointResult& result, PointRun const& base) const
{
    std::size_t slot = 0;  // among the scopes that are kept
    for (std::size_t s = 0; s < scopes_.size(); ++s) {
        std::vector<OutcomeResult>& own = result.scopes[s].outcomes;
        std::vector<ComparedOutcome> const& other = base.compared_[s];
        if (own.size() == other.size())
            tbb::parallel_for(std::size_t{0}, own.size(), [&](std::size_t o) {
                other[o].give_differences(own[o], columns_->of(slot, o));
            });
        slot += own.empty() ? 0 : 1;
    }
}

}  // namespace brink
