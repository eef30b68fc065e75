// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "kernels/cpu/engine.hpp"
#include "kernels/cpu/scratch.hpp"
#include "kernels/executor.hpp"

namespace brink {

namespace {

/// Paths that one task runs: enough to outweigh its start, few enough to share a chunk out.
constexpr std::int64_t task_paths = 512;

/// Part of a chunk that one task runs.
struct Task {
    ChunkJob const* job;
    std::int64_t first;
    std::int64_t count;
};

template<class T>
class CpuExecutor final : public Executor<T> {
    ProgramInput<T> input_;
    Engine<T> const& engine_;
    std::size_t scratch_bytes_;
    tbb::task_arena arena_;
    tbb::enumerable_thread_specific<Scratch> scratch_;

  public:
    CpuExecutor(ProgramInput<T> const& input, int num_threads)
        : input_{input},
          engine_{find_engine<T>(input.padded_assets)},
          scratch_bytes_{engine_.scratch_bytes(input_.program)},
          arena_{num_threads > 0 ? num_threads : tbb::info::default_concurrency()},
          scratch_{[this] { return allocate_scratch(scratch_bytes_); }}
    {}

    ExecutorInfo info() const override
    {
        EngineRow const& row = engine_row();
        int const threads = arena_.max_concurrency();
        int const lanes = sizeof(T) == sizeof(float) ? row.lanes_float : row.lanes_double;
        return {"cpu", "strict-cpu",
                std::string{"x86-64-"} + cpu_isa() + ", " + std::to_string(threads)
                    + (threads == 1 ? " thread" : " threads"),
                lanes * threads};
    }

    void run(std::span<ChunkJob const> workload) override
    {
        std::vector<Task> const tasks = split(workload);
        arena_.execute([&] {
            tbb::parallel_for(
                tbb::blocked_range<std::size_t>{0, tasks.size(), 1},
                [&](tbb::blocked_range<std::size_t> const& range) {
                    for (std::size_t i = range.begin(); i < range.end() && !input_.stops(); ++i)
                        run_task(tasks[i]);
                },
                tbb::simple_partitioner{});
        });
    }

    void trace(std::uint64_t path, PathTrace& trace) override
    {
        constexpr std::uint64_t pack = 64;  // a multiple of every engine's lanes
        std::vector<double> columns(static_cast<std::size_t>(input_.program.num_scopes)
                                    * num_columns * pack);
        OutcomeSink const sink{.columns = columns.data(), .paths = pack};
        Scratch const scratch = allocate_scratch(scratch_bytes_);
        engine_.run({&input_.program, &input_.market, &sink, path / pack * pack, pack, 0,
                     scratch.get(), &trace, path});
        for (std::int32_t scope = 0; scope < input_.program.num_scopes; ++scope)
            for (std::int32_t c = 0; c < num_columns; ++c)
                trace.outcomes[scope * num_columns + c] =
                    *sink.at(scope, c, static_cast<std::int64_t>(path % pack));
    }

    std::size_t workspace_bytes() const override
    {
        return scratch_bytes_ * static_cast<std::size_t>(arena_.max_concurrency());
    }

  private:
    static std::vector<Task> split(std::span<ChunkJob const> workload)
    {
        std::vector<Task> tasks;
        for (ChunkJob const& job : workload)
            for (std::int64_t first = 0; first < job.num_paths; first += task_paths)
                tasks.push_back({&job, first, std::min(task_paths, job.num_paths - first)});
        return tasks;
    }

    void run_task(Task const& task)
    {
        engine_.run({&input_.program, &input_.market, &task.job->sink,
                     task.job->first_path + static_cast<std::uint64_t>(task.first), task.count,
                     task.first, scratch_.local().get(), nullptr, 0});
    }
};

}  // namespace

template<class T>
std::unique_ptr<Executor<T>> make_cpu_executor(ProgramInput<T> const& input, int num_threads)
{
    return std::make_unique<CpuExecutor<T>>(input, num_threads);
}
template std::unique_ptr<Executor<float>> make_cpu_executor(ProgramInput<float> const&, int);
template std::unique_ptr<Executor<double>> make_cpu_executor(ProgramInput<double> const&, int);

std::vector<int> cpu_asset_counts()
{
    std::vector<int> counts;
    for (Engine<float> const& engine : engine_row().engines_float())
        counts.push_back(engine.num_assets);
    return counts;
}

}  // namespace brink
