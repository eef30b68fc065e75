// SPDX-License-Identifier: Apache-2.0
#include "host/run/engine_group.hpp"

#include <algorithm>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace brink {
namespace {

using JobList = std::vector<ChunkJob>;

bool share_market(CpuProgram const& a, CpuProgram const& b)
{
    return std::visit(
        []<class A, class B>(A const& x, B const& y) {
            if constexpr (std::is_same_v<A, B> && std::is_pointer_v<A>)
                return same_market(*x, *y);
            else
                return false;
        },
        a, b);
}

template<class T>
std::unique_ptr<GroupExecutor> join(ProgramInput<T> const*,
                                    std::span<ScenarioEngine* const> members, int threads)
{
    std::vector<ProgramInput<T>> inputs;
    for (ScenarioEngine const* member : members)
        inputs.push_back(*std::get<ProgramInput<T> const*>(member->cpu_program()));
    return make_cpu_group<T>(inputs, threads);
}
std::unique_ptr<GroupExecutor> join(std::monostate, std::span<ScenarioEngine* const>, int)
{
    return nullptr;
}

std::uint64_t end_of(ChunkJob const& job)
{
    return job.first_path + static_cast<std::uint64_t>(job.num_paths);
}

/// Where jobs begin and end, ascending.
std::vector<std::uint64_t> cut_paths(std::span<JobList const> jobs_of_members)
{
    std::vector<std::uint64_t> cuts;
    for (JobList const& jobs : jobs_of_members)
        for (ChunkJob const& job : jobs) {
            cuts.push_back(job.first_path);
            cuts.push_back(end_of(job));
        }
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    return cuts;
}

/// The sink of the job that has `path`, from that path on; without columns where none has it.
OutcomeSink sink_from(JobList const& sorted, std::uint64_t path)
{
    auto const after =
        std::upper_bound(sorted.begin(), sorted.end(), path,
                         [](std::uint64_t p, ChunkJob const& job) { return p < job.first_path; });
    if (after == sorted.begin() || end_of(*std::prev(after)) <= path)
        return {};
    OutcomeSink sink = std::prev(after)->sink;
    std::uint64_t const offset = path - std::prev(after)->first_path;
    sink.columns += offset;
    sink.table = sink.table == nullptr ? nullptr : sink.table + offset;
    return sink;
}

/// Spans of paths that no job of a member begins or ends within, with the members' sinks.
struct JoinedJobs {
    std::vector<GroupJob> jobs;  ///< refer to `sinks`
    std::vector<OutcomeSink> sinks;
    bool covers_all{true};  ///< every member has all paths
};

JoinedJobs join_jobs(std::span<JobList const> jobs_of_members)
{
    std::vector<JobList> sorted{jobs_of_members.begin(), jobs_of_members.end()};
    for (JobList& jobs : sorted)
        std::sort(jobs.begin(), jobs.end(),
                  [](ChunkJob const& a, ChunkJob const& b) { return a.first_path < b.first_path; });
    std::vector<std::uint64_t> const cuts = cut_paths(sorted);
    std::size_t const num_members = sorted.size();
    JoinedJobs joined;
    joined.sinks.reserve(cuts.size() * num_members);  // so that spans of it stay
    for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
        std::size_t const first = joined.sinks.size();
        for (JobList const& jobs : sorted)
            joined.sinks.push_back(sink_from(jobs, cuts[c]));
        std::span<OutcomeSink const> const sinks{joined.sinks.data() + first, num_members};
        auto const missing = std::count_if(sinks.begin(), sinks.end(), [](OutcomeSink const& sink) {
            return sink.columns == nullptr;
        });
        joined.covers_all =
            joined.covers_all
            && (missing == 0 || missing == static_cast<std::ptrdiff_t>(num_members));
        if (missing == 0)
            joined.jobs.push_back(
                {cuts[c], static_cast<std::int64_t>(cuts[c + 1] - cuts[c]), sinks});
    }
    return joined;
}

}  // namespace

std::vector<std::vector<std::size_t>> group_by_market(
    std::span<ScenarioEngine const* const> engines)
{
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < engines.size(); ++i) {
        CpuProgram const program = engines[i]->cpu_program();
        auto const found =
            std::find_if(groups.begin(), groups.end(), [&](std::vector<std::size_t> const& group) {
                return share_market(engines[group.front()]->cpu_program(), program);
            });
        if (found == groups.end())
            groups.push_back({i});
        else
            found->push_back(i);
    }
    return groups;
}

EngineGroup::EngineGroup(std::vector<ScenarioEngine*> members, int threads)
    : members_{std::move(members)}
{
    if (members_.size() > 1)
        together_ = std::visit([&](auto first) { return join(first, members_, threads); },
                               members_.front()->cpu_program());
}

std::size_t EngineGroup::workspace_bytes() const
{
    std::size_t bytes = together_ ? together_->workspace_bytes() : 0;
    for (ScenarioEngine const* member : members_)
        bytes = std::max(bytes, member->workspace_bytes());
    return bytes;
}

void EngineGroup::run(std::span<std::vector<ChunkJob> const> jobs_of_members)
{
    if (jobs_of_members.size() != members_.size())
        throw std::logic_error{"jobs of another number of engines than the group has"};
    if (together_ != nullptr)
        if (JoinedJobs const joined = join_jobs(jobs_of_members); joined.covers_all)
            return together_->run(joined.jobs);
    for (std::size_t i = 0; i < members_.size(); ++i)
        members_[i]->run(jobs_of_members[i]);
}

}  // namespace brink
