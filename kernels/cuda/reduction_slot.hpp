// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "kernels/cuda/batch_plan.hpp"
#include "kernels/cuda/cuda_stream.hpp"
#include "kernels/cuda/device_memory.hpp"
#include "kernels/cuda/reduce_columns.hpp"

namespace brink {

/// Where the rows of the columns, and of the invalid flags, are: row = scope * num_columns +
/// column.
std::vector<ColumnTask> make_tasks(ReduceRequest const& request);

/// [bytes] of device memory that a path takes while it is reduced, its outcomes included.
std::size_t reduced_path_bytes(std::size_t column_rows, std::size_t num_tasks);

/// Memory of one batch that is reduced on the device. Two slots take turns: one is collected while
/// the next computes.
class ReductionSlot {
    std::size_t column_rows_;
    DeviceArray<double> outcomes_;
    DeviceArray<PathSpan> spans_;
    PinnedArray<PathSpan> host_spans_;
    DeviceArray<ColumnTask> tasks_;
    DeviceArray<SegmentScalars> scalars_;
    DeviceArray<std::uint32_t> keys_, sorted_keys_;
    DeviceArray<double> values_, sorted_values_, tail_;
    DeviceArray<std::int64_t> begins_, ends_;
    DeviceArray<RiskOfPath> worst_;
    DeviceArray<BinRun> bins_;
    DeviceArray<float> rows_;
    DeviceArray<std::byte> sort_space_;
    CudaEvent reduced_;
    PieceBatch batch_;

  public:
    /// \param most_spans of a batch of at most `batch_paths` positions
    ReductionSlot(std::size_t column_rows, std::size_t num_tasks, std::int64_t batch_paths,
                  std::int64_t most_spans);

    [[nodiscard]] PieceBatch const& batch() const { return batch_; }
    [[nodiscard]] PathSpan const* spans() const { return spans_.data(); }
    [[nodiscard]] OutcomeSink sink() const;

    /// Queue the list of spans; the slot must be idle. Pieces are whole jobs.
    void load(PieceBatch next, CudaStream const& stream);
    /// Queue the reduction after the paths.
    void queue(std::vector<ColumnTask> const& tasks, ReduceRequest const& request,
               CudaStream const& stream);
    /// Wait, and fetch the summaries of the jobs [first_job, ...) that the batch held; the slot is
    /// idle then.
    void collect(ReduceRequest const& request, ChunkJob const* first_job,
                 std::span<ChunkReduction> reductions, CudaStream const& copy);

  private:
    void fetch_column(ColumnSummary& column, SegmentScalars const& scalars, std::size_t list,
                      std::int64_t num_paths, CudaStream const& copy) const;
};

}  // namespace brink
