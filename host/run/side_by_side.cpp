// SPDX-License-Identifier: Apache-2.0
#include "host/run/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "host/plan/chunk_size.hpp"
#include "host/run/limits.hpp"
#include "host/run/stop_signal.hpp"
#include "host/run/stress_scenarios.hpp"
#include "io/results/outcomes.hpp"

namespace brink {
namespace {

std::uint64_t chunk_of(RunShape const& shape)
{
    return chunk_size(shape.accounts, shape.assets, shape.steps);
}

/// Outcomes of the book path by path, of all scenarios together: in memory up to this, beyond it in
/// files, which no checkpoint or shard has, and beyond the other not at all: then there are no
/// differences.
constexpr std::size_t most_columns_in_memory = std::size_t{1} << 29;
constexpr std::size_t most_columns_in_files = std::size_t{1} << 33;

std::size_t columns_bytes(Plan const& plan, std::size_t scenarios)
{
    return scenarios * PathColumns::bytes(plan.shape.paths, 1);
}

/// Differences need a base, all of its paths in the end, and room. An empty shard adds none.
bool keeps_columns(Plan const& plan, std::size_t scenarios, PathRange range)
{
    bool const is_whole = range.first == 0 && range.end == plan.shape.paths;
    std::size_t const most =
        is_whole && !plan.reduced ? most_columns_in_files : most_columns_in_memory;
    return scenarios > 1 && range.end > range.first && columns_bytes(plan, scenarios) <= most;
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
        Problems problems;
        member->input = stressed(input_, stress, problems);
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
        Plan plan = runner.plan(input.scenario, *member->engine,
                                is_base ? 0 : batch_paths_ / chunk_of(member->engine->shape()),
                                members_.size());
        if (is_base) {
            std::uint64_t const wanted = plan.batch_chunks * plan.chunk_paths;
            batch_paths_ = std::max(wanted / chunk_paths_, std::uint64_t{1}) * chunk_paths_;
            if (batch_paths_ != wanted)
                plan = runner.plan(input.scenario, *member->engine, batch_paths_ / plan.chunk_paths,
                                   members_.size());
        }
        if (keeps_columns(plan, members_.size(), range_)) {
            saves_columns_ = columns_bytes(plan, members_.size()) <= most_columns_in_memory;
            member->columns.emplace(range_.first, range_.end - range_.first,
                                    std::vector<std::size_t>{0},
                                    saves_columns_ ? std::string{} : plan.spill_folder.string());
            plan.reduced = false;
        }
        member->run =
            std::make_unique<ScenarioRun>(input, *member->engine, plan, range_, runner.threads);
    }
    make_groups(runner.engine.threads);
}

void SideBySide::absorb(Member& member)
{
    std::vector<ChunkView> const chunks = member.run->views();
    member.run->absorb();  // which marks the paths
    for (std::size_t i = 0; member.columns && i < chunks.size(); ++i)
        member.columns->keep(chunks[i]);
}

std::uint64_t SideBySide::next_path() const
{
    std::uint64_t next = range_.end;
    for (auto const& member : members_)
        next = std::min(next, member->run->next_path());
    return next;
}

void SideBySide::make_groups(int threads)
{
    std::vector<ScenarioEngine const*> all;
    for (auto const& member : members_)
        all.push_back(member->engine.get());
    for (std::vector<std::size_t> const& group : group_by_market(all)) {
        std::vector<Member*>& members = groups_.emplace_back();
        std::vector<ScenarioEngine*> engines;
        for (std::size_t const i : group) {
            members.push_back(members_[i].get());
            engines.push_back(members_[i]->engine.get());
        }
        engines_.emplace_back(std::move(engines), threads);
    }
}

/// Run the jobs of a group's members. \return false where they were stopped
bool SideBySide::run_group(std::size_t group)
{
    std::vector<Member*> const& members = groups_[group];
    if (!engines_[group].shares_market()) {
        return std::all_of(members.begin(), members.end(),
                           [](Member* member) { return member->run->run(*member->engine); });
    }
    std::vector<ScenarioRun*> runs;
    for (Member* const member : members)
        runs.push_back(member->run.get());
    return run_together(engines_[group], runs);
}

bool SideBySide::run_batch()
{
    std::uint64_t const end = next_path() + batch_paths_;
    for (auto const& member : members_)
        member->run->jobs(end);
    for (std::size_t group = 0; group < groups_.size(); ++group)
        if (!run_group(group))
            return false;
    for (auto const& member : members_)
        absorb(*member);
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
    std::vector<std::uint64_t> from;
    for (std::size_t i = 0; i < members_.size(); ++i) {
        from.push_back(members_[i]->run->next_path());
        members_[i]->run->restore(saved[i]);
    }
    if (!restore_columns(saved, from))
        for (auto const& member : members_)
            member->columns.reset();
}

/// \param from the next path of each member before \return whether all paths have columns
bool SideBySide::restore_columns(std::vector<SavedRun> const& saved,
                                 std::vector<std::uint64_t> const& from)
{
    for (std::size_t i = 0; i < members_.size(); ++i) {
        Member& member = *members_[i];
        std::uint64_t const paths = member.run->next_path() - from[i];
        if (paths == 0)
            continue;
        if (!member.columns || saved[i].columns.paths != paths
            || !member.columns->keep(saved[i].columns))
            return false;
    }
    return true;
}

std::vector<SavedRun> SideBySide::save(SavedFor purpose)
{
    std::vector<SavedRun> saved;
    for (auto const& member : members_) {
        SavedRun& run = saved.emplace_back(member->run->save(member->scope));
        std::uint64_t end = member->run->next_path();
        if (purpose != SavedFor::shard && run.rest.num_chunks() > 0) {
            run.rest = {};
            end = run.whole.end_chunk * member->run->plan().chunk_paths;
        }
        if (purpose != SavedFor::extension && saves_columns_ && member->columns)
            run.columns = member->columns->save(end);
    }
    return saved;
}

/// The result of a stress scenario, its book compared with that of the base.
Result SideBySide::finish(Member& member, std::vector<ComparedOutcome> const& compared) const
{
    Result result = member.run->finish();
    std::vector<OutcomeResult>& own = result.scopes.front().outcomes;
    if (member.columns && !compared.empty())
        for (std::size_t o = 0; o < own.size(); ++o)
            compared[o].give_differences(own[o], member.columns->of(0, o));
    member.columns.reset();
    return result;
}

Result SideBySide::finish()
{
    Result result = base().finish();
    if (members_.size() > 1 && !members_.front()->columns)
        result.provenance.warnings.emplace_back(
            "scenarios have no differences from the base: those need every path's outcomes, which "
            "runs of very many paths and results that are extended do not keep");
    std::vector<ComparedOutcome> compared;
    if (members_.size() > 1 && members_.front()->columns)
        for (std::size_t o = 0; o < outcome_list.size(); ++o)
            compared.emplace_back(outcome_list[o].kind, result.scopes.front().outcomes[o],
                                  members_.front()->columns->of(0, o));
    for (std::size_t i = 1; i < members_.size(); ++i)
        add_stress(result, input_.scenario.stresses[i - 1], finish(*members_[i], compared));
    report_limits(result, input_.scenario);
    return result;
}

}  // namespace brink
