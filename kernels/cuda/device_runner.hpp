// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>

#include "kernels/cuda/batch_slot.hpp"
#include "kernels/cuda/device_engine.hpp"
#include "kernels/cuda/fan_buffer.hpp"
#include "kernels/cuda/reduction_slot.hpp"

namespace brink {

/// Runs chunks on one device. Workspace and tables are taken at construction, the outcomes' memory
/// with the first run, when it is known what is collected. Not for two host threads at once.
template<class T>
class DeviceRunner {
    int device_;
    std::string name_;
    ProgramInput<T> input_;
    DeviceEngine<T> engine_;
    int num_blocks_{0};
    CudaStream compute_;
    CudaStream copy_;
    DeviceArray<std::byte> tables_;
    DeviceArray<std::byte> scratch_;
    std::array<FanBuffer, 2> fans_;  ///< of the book, and of accounts
    PathBatch<T> batch_;
    std::int64_t batch_paths_{0};
    std::vector<BatchSlot> slots_;                ///< none, or two
    std::vector<ReductionSlot> reduction_slots_;  ///< none, or two
    std::size_t num_tasks_{0};                    ///< that they were made for
    std::int64_t whole_paths_{0};

  public:
    /// \throws DeviceUnavailable where the device lacks memory or this build has no code for it
    DeviceRunner(ProgramInput<T> const& input, int device);

    [[nodiscard]] std::string const& name() const { return name_; }
    /// Paths that advance at the same time.
    [[nodiscard]] int num_threads() const { return num_blocks_ * threads_per_block; }
    /// [bytes] of page-locked host memory
    [[nodiscard]] std::size_t host_bytes() const;

    /// Returns when the chunks are done and their outcomes are in the callers' sinks.
    void run(std::span<ChunkJob const> workload);
    /// Returns when the chunks are done and reduced.
    void run_reduced(std::span<ChunkJob const> workload, ReduceRequest const& request,
                     std::span<ChunkReduction> reductions);

  private:
    void plan_workspace(int multiprocessors);
    [[nodiscard]] std::size_t column_rows() const;
    [[nodiscard]] std::int64_t plan(std::size_t path_bytes, std::int64_t whole_paths,
                                    std::size_t staging_bytes) const;
    void plan_slots(RowLayout const& layout);
    void plan_reduction(std::size_t num_tasks, std::int64_t whole_paths);
    void queue_fans(PieceBatch const& batch) const;
    void launch(PieceBatch const& batch, PathSpan const* spans, OutcomeSink const& sink);
};

}  // namespace brink
