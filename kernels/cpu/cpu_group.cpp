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
/// Paths of a task: enough for the busy ones among them to fill packs.
constexpr std::int64_t group_task_paths = 1'024;

/// Programs that look alike, by index: the first runs all paths, the others follow it.
using LookAlikes = std::vector<std::size_t>;

template<class T>
std::vector<LookAlikes> find_look_alikes(std::vector<ProgramInput<T>> const& inputs)
{
    std::vector<LookAlikes> classes;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        auto const found = std::find_if(
            classes.begin(), classes.end(),
            [&](LookAlikes const& like) { return same_look(inputs[like.front()], inputs[i]); });
        if (found == classes.end())
            classes.push_back({i});
        else
            found->push_back(i);
    }
    return classes;
}

/// Parts of nearly equal size, at most `max_team` each.
template<class Entry>
std::vector<std::span<Entry const>> split_teams(std::span<Entry const> entries)
{
    std::size_t const num_teams = (entries.size() + max_team - 1) / max_team;
    std::vector<std::span<Entry const>> teams;
    for (std::size_t t = 0; t < num_teams; ++t) {
        std::size_t const first = entries.size() * t / num_teams;
        teams.push_back(entries.subspan(first, entries.size() * (t + 1) / num_teams - first));
    }
    return teams;
}

/// Whether what a follower records of paths before `end_path` can be copied from its leader.
bool covers(FanSink const& leader, FanSink const& follower, std::int64_t end_path)
{
    return follower.values == nullptr
           || (leader.values != nullptr && leader.paths >= std::min(follower.paths, end_path));
}

/// Part of a job that one task runs for a team of look-alikes.
struct GroupTask {
    GroupJob const* job;
    std::int64_t first;
    std::int64_t count;
    std::span<LookAlikes const> team;
};

template<class T>
class CpuGroup final : public GroupExecutor {
    std::vector<ProgramInput<T>> inputs_;
    std::vector<LookAlikes> classes_;
    std::vector<LookAlikes> singles_;  ///< every program for itself
    Engine<T> const& engine_;
    std::size_t scratch_bytes_;
    tbb::task_arena arena_;
    tbb::enumerable_thread_specific<Scratch> scratch_;

  public:
    CpuGroup(std::span<ProgramInput<T> const> programs, int num_threads)
        : inputs_{programs.begin(), programs.end()},
          classes_{find_look_alikes(inputs_)},
          engine_{find_engine<T>(inputs_.at(0).padded_assets)},
          scratch_bytes_{most_scratch()},
          arena_{num_threads > 0 ? num_threads : tbb::info::default_concurrency()},
          scratch_{[this] { return allocate_scratch(scratch_bytes_); }}
    {
        for (std::size_t i = 0; i < inputs_.size(); ++i) {
            singles_.push_back({i});
            if (!same_market(inputs_[0], inputs_[i]))
                throw std::logic_error{"a group of programs of different markets"};
        }
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
    /// A team of the largest programs, and room for the records of a follower.
    std::size_t most_scratch() const
    {
        std::size_t most = 0;
        for (ProgramInput<T> const& input : inputs_)
            most = std::max(most, engine_.scratch_bytes(input.program));
        return most * (std::min(max_team, inputs_.size()) + 1);
    }

    bool stops() const
    {
        return std::any_of(inputs_.begin(), inputs_.end(),
                           [](ProgramInput<T> const& input) { return input.stops(); });
    }

    /// Whether followers find in their leaders' fans what they are to record.
    bool fans_cover(GroupJob const& job) const
    {
        std::int64_t const end = static_cast<std::int64_t>(job.first_path) + job.num_paths;
        return std::all_of(classes_.begin(), classes_.end(), [&](LookAlikes const& alike) {
            OutcomeSink const& leader = job.sinks[alike.front()];
            return std::all_of(alike.begin(), alike.end(), [&](std::size_t i) {
                return covers(leader.fan, job.sinks[i].fan, end)
                       && covers(leader.account_fans, job.sinks[i].account_fans, end);
            });
        });
    }

    std::vector<GroupTask> split(std::span<GroupJob const> workload) const
    {
        std::vector<GroupTask> tasks;
        for (GroupJob const& job : workload) {
            auto const teams = split_teams<LookAlikes>(fans_cover(job) ? classes_ : singles_);
            for (std::int64_t first = 0, count = 0; first < job.num_paths; first += count) {
                count = std::min(job.num_paths - first, paths_of_task(job, first));
                for (std::span<LookAlikes const> const team : teams)
                    tasks.push_back({&job, first, count, team});
            }
        }
        return tasks;
    }
    /// No task crosses a multiple of 2^32 path ids.
    static std::int64_t paths_of_task(GroupJob const& job, std::int64_t first)
    {
        std::uint64_t const path = job.first_path + static_cast<std::uint64_t>(first);
        auto const task = static_cast<std::uint64_t>(group_task_paths);
        return static_cast<std::int64_t>(task - path % task);
    }

    ProgramAndSink<T> program_of(GroupJob const& job, std::size_t i) const
    {
        return {&inputs_[i].program, &job.sinks[i]};
    }

    void run_task(GroupTask const& task)
    {
        std::vector<std::vector<ProgramAndSink<T>>> followers(task.team.size());
        std::vector<std::vector<std::uint32_t>> busy(task.team.size());
        std::vector<MemberCall<T>> leaders;
        for (std::size_t c = 0; c < task.team.size(); ++c) {
            LookAlikes const& alike = task.team[c];
            for (std::size_t f = 1; f < alike.size(); ++f)
                followers[c].push_back(program_of(*task.job, alike[f]));
            busy[c].resize(alike.size() > 1 ? static_cast<std::size_t>(task.count) : 0);
            leaders.push_back({program_of(*task.job, alike.front()), followers[c].data(),
                               static_cast<int>(followers[c].size()), busy[c].data(), 0});
        }
        run_together(task, leaders, task.count, nullptr);
        for (std::size_t c = 0; c < task.team.size(); ++c)
            for (auto const team : split_teams<ProgramAndSink<T>>(followers[c])) {
                if (stops())
                    return;
                std::vector<MemberCall<T>> members;
                for (ProgramAndSink<T> const& follower : team)
                    members.push_back({follower, nullptr, 0, nullptr, 0});
                run_together(task, members, leaders[c].num_busy, busy[c].data());
            }
    }

    /// \param places of the paths, counted from the task's first; null: 0, 1, 2, ...
    void run_together(GroupTask const& task, std::vector<MemberCall<T>>& members,
                      std::int64_t num_paths, std::uint32_t const* places)
    {
        engine_.run_group({members.data(), static_cast<int>(members.size()), &inputs_[0].market,
                           task.job->first_path + static_cast<std::uint64_t>(task.first), num_paths,
                           task.first, places, scratch_.local().get()});
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
