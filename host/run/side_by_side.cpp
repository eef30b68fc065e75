// SPDX-License-Identifier: Apache-2.0
#include "host/run/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "host/plan/chunk_size.hpp"
#include "host/run/limits.hpp"
#include "host/run/stress_scenarios.hpp"

namespace brink {
namespace {

std::uint64_t chunk_of(RunShape const& shape)
{
    return chunk_size(shape.accounts, shape.assets, shape.steps);
}

/// Chunks are shared out as evenly as they can be; the last shard has the short one.
PathRange range_of(Shard shard, std::uint64_t paths, std::uint64_t chunk_paths)
{
    std::uint64_t const chunks = (paths + chunk_paths - 1) / chunk_paths;
    auto const first_chunk = [&](std::uint64_t number) {
        // floor(number * chunks / count) without overflow
        return chunks / shard.count * number + chunks % shard.count * number / shard.count;
    };
    return {std::min(first_chunk(shard.number - 1) * chunk_paths, paths),
            std::min(first_chunk(shard.number) * chunk_paths, paths)};
}

/// The notes of a stress scenario that the base has not, with its name before them.
void add_notes(std::vector<std::string>& base, std::vector<std::string> const& notes,
               std::string const& name)
{
    std::vector<std::string> added;
    for (std::string const& note : notes)
        if (std::find(base.begin(), base.end(), note) == base.end())
            added.push_back(fmt::format("scenario \"{}\": {}", name, note));
    base.insert(base.end(), added.begin(), added.end());
}

void add_stress(Result& result, StressConfig const& stress, Result&& stressed)
{
    add_notes(result.provenance.warnings, stressed.provenance.warnings, stress.name);
    add_notes(result.provenance.assumptions, stressed.provenance.assumptions, stress.name);
    if (stressed.provenance.invalid_paths > 0)
        result.provenance.warnings.push_back(
            fmt::format("scenario \"{}\": {} invalid paths, left out", stress.name,
                        stressed.provenance.invalid_paths));
    ScopeResult& book = result.scopes.emplace_back(std::move(stressed.scopes.front()));
    book.scope = scope_of(stress);
}

void report_limits(Result& result, Scenario const& scenario)
{
    LimitReport const limits = judge_limits(scenario.limits, result);
    result.provenance.limits_breached = limits.breached;
    auto& warnings = result.provenance.warnings;
    warnings.insert(warnings.end(), limits.undecided.begin(), limits.undecided.end());
}

}  // namespace

SideBySide::SideBySide(ReadResult const& input, std::unique_ptr<ScenarioEngine> base,
                       ScenarioRunner const& runner, Shard shard)
    : input_{input}
{
    add_members(std::move(base), runner);
    range_ = range_of(shard, input.scenario.run.paths, chunk_paths_);
    start_runs(runner);
}

SideBySide::SideBySide(ReadResult const& input, std::unique_ptr<ScenarioEngine> base,
                       ScenarioRunner const& runner, PathRange range)
    : input_{input}, range_{range}
{
    add_members(std::move(base), runner);
    start_runs(runner);
}

void SideBySide::add_members(std::unique_ptr<ScenarioEngine> base, ScenarioRunner const& runner)
{
    members_.push_back(std::make_unique<Member>());
    members_.front()->scope = "base";
    members_.front()->engine = std::move(base);
    for (StressConfig const& stress : input_.scenario.stresses) {
        auto member = std::make_unique<Member>();
        member->scope = scope_of(stress);
        member->input = {stressed(input_.scenario, stress), input_.effective};
        Problems problems;
        member->engine = make_engine(member->input.scenario, runner.engine, problems);
        members_.push_back(std::move(member));
    }
    for (auto const& member : members_)
        chunk_paths_ = std::max(chunk_paths_, chunk_of(member->engine->shape()));
}

void SideBySide::start_runs(ScenarioRunner const& runner)
{
    for (auto const& member : members_) {
        bool const is_base = member == members_.front();
        ReadResult const& input = is_base ? input_ : member->input;
        // The base chooses the batch, in whole chunks of every scenario.
        Plan plan = runner.plan(
            input.scenario, *member->engine,
            is_base ? 0 : batch_paths_ / chunk_of(member->engine->shape()), members_.size());
        if (is_base) {
            std::uint64_t const wanted = plan.batch_chunks * plan.chunk_paths;
            batch_paths_ = std::max(wanted / chunk_paths_, std::uint64_t{1}) * chunk_paths_;
            if (batch_paths_ != wanted)
                plan = runner.plan(input.scenario, *member->engine,
                                   batch_paths_ / plan.chunk_paths, members_.size());
        }
        member->run =
            std::make_unique<ScenarioRun>(input, *member->engine, plan, range_, runner.threads);
    }
}

std::uint64_t SideBySide::next_path() const
{
    std::uint64_t next = range_.end;
    for (auto const& member : members_)
        next = std::min(next, member->run->next_path());
    return next;
}

bool SideBySide::run_batch()
{
    std::uint64_t const end = next_path() + batch_paths_;
    for (auto const& member : members_) {
        member->run->jobs(end);
        if (!member->run->run(*member->engine))
            return false;
    }
    for (auto const& member : members_)
        member->run->absorb();
    return true;
}

std::string SideBySide::obstacle(std::vector<SavedRun> const& saved) const
{
    if (saved.size() != members_.size())
        return "it keeps the chunks of other scenarios";
    for (std::size_t i = 0; i < members_.size(); ++i) {
        ScenarioRun const& run = *members_[i]->run;
        if (saved[i].scope != members_[i]->scope)
            return "it keeps the chunks of other scenarios";
        if (saved[i].whole.end_chunk * run.plan().chunk_paths > range_.end)
            return "it has more paths than those asked for";
        if (std::string const why = run.obstacle(saved[i]); !why.empty())
            return why;
    }
    return {};
}

void SideBySide::restore(std::vector<SavedRun> const& saved)
{
    for (std::size_t i = 0; i < members_.size(); ++i)
        members_[i]->run->restore(saved[i]);
}

std::vector<SavedRun> SideBySide::save(bool whole_only)
{
    std::vector<SavedRun> saved;
    for (auto const& member : members_) {
        saved.push_back(member->run->save(member->scope));
        if (whole_only)
            saved.back().rest = {};
    }
    return saved;
}

Result SideBySide::finish()
{
    Result result = base().finish();
    for (std::size_t i = 1; i < members_.size(); ++i)
        add_stress(result, input_.scenario.stresses[i - 1], members_[i]->run->finish());
    report_limits(result, input_.scenario);
    return result;
}

}  // namespace brink
