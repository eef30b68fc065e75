// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "kernels/cpu/engine.hpp"
#include "kernels/cpu/scratch.hpp"
#include "kernels/group_executor.hpp"

namespace brink {

namespace {

/// Programs that advance together at most: the market costs each of them its share, while what all
/// of them read and write at a step should stay in the first caches.
constexpr std::size_t max_team = 16;

/// Programs [first, first + size).
struct Team {
    std::size_t first;
    std::size_t size;
};

/// Teams of nearly equal size.
std::vector<Team> split_teams(std::size_t num_programs)
{
    std::size_t const num_teams = (num_programs + max_team - 1) / max_team;
    std::vector<Team> teams;
    for (std::size_t t = 0; t < num_teams; ++t) {
        std::size_t const first = num_programs * t / num_teams;
        teams.push_back({first, num_programs * (t + 1) / num_teams - first});
    }
    return teams;
}

/// Part of a job that one task runs for one team.
struct GroupTask {
    GroupJob const* job;
    std::int64_t first;
    std::int64_t count;
    Team team;
};

template<class T>
class CpuGroup final : public GroupExecutor {
    std::vector<ProgramInput<T>> inputs_;
    std::vector<Team> teams_;
    Engine<T> const& engine_;
    std::size_t scratch_bytes_;
    tbb::task_arena arena_;
    tbb::enumerable_thread_specific<Scratch> scratch_;

  public:
    CpuGroup(std::span<ProgramInput<T> const> programs, int num_threads)
        : inputs_{programs.begin(), programs.end()},
          teams_{split_teams(inputs_.size())},
          engine_{find_engine<T>(inputs_.at(0).padded_assets)},
          scratch_bytes_{most_scratch()},
          arena_{num_threads > 0 ? num_threads : tbb::info::default_concurrency()},
          scratch_{[this] { return allocate_scratch(scratch_bytes_); }}
    {
        for (ProgramInput<T> const& input : inputs_)
            if (!same_market(inputs_[0], input))
                throw std::logic_error{"a group of programs of different markets"};
    }

    void run(std::span<GroupJob const> workload) override
    {
        std::vector<GroupTask> const tasks = split(workload);
        arena_.execute([&] {
            tbb::parallel_for(
                tbb::blocked_range<std::size_t>{0, tasks.size(), 1},
                [&](tbb::blocked_range<std::size_t> const& range) {
                    for (std::size_t i = range.begin(); i < range.end() && !stops(); ++i)
                        run_task(tasks[i]);
                },
                tbb::simple_partitioner{});
        });
    }

    std::size_t workspace_bytes() const override
    {
        return scratch_bytes_ * static_cast<std::size_t>(arena_.max_concurrency());
    }

  private:
    std::size_t most_scratch() const
    {
        std::size_t most = 0;
        for (Team const& team : teams_) {
            std::size_t bytes = 0;
            for (std::size_t i = team.first; i < team.first + team.size; ++i)
                bytes += engine_.scratch_bytes(inputs_[i].program);
            most = std::max(most, bytes);
        }
        return most;
    }

    bool stops() const
    {
        return std::any_of(inputs_.begin(), inputs_.end(),
                           [](ProgramInput<T> const& input) { return input.stops(); });
    }

    std::vector<GroupTask> split(std::span<GroupJob const> workload) const
    {
        std::vector<GroupTask> tasks;
        for (GroupJob const& job : workload)
            for (std::int64_t first = 0; first < job.num_paths; first += task_paths)
                for (Team const& team : teams_)
                    tasks.push_back(
                        {&job, first, std::min(task_paths, job.num_paths - first), team});
        return tasks;
    }

    void run_task(GroupTask const& task)
    {
        GroupMemberCall<T> members[max_team];
        for (std::size_t i = 0; i < task.team.size; ++i)
            members[i] = {&inputs_[task.team.first + i].program,
                          &task.job->sinks[task.team.first + i]};
        engine_.run_group({members, static_cast<int>(task.team.size), &inputs_[0].market,
                           task.job->first_path + static_cast<std::uint64_t>(task.first),
                           task.count, task.first, scratch_.local().get()});
    }
};

}  // namespace

template<class T>
std::unique_ptr<GroupExecutor> make_cpu_group(std::span<ProgramInput<T> const> programs,
                                              int num_threads)
{
    return std::make_unique<CpuGroup<T>>(programs, num_threads);
}
template std::unique_ptr<GroupExecutor> make_cpu_group(std::span<ProgramInput<float> const>, int);
template std::unique_ptr<GroupExecutor> make_cpu_group(std::span<ProgramInput<double> const>, int);

}  // namespace brink
