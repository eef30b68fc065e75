// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/batch_plan.hpp"
#include "kernels/cuda/cuda_stream.hpp"
#include "kernels/cuda/device_memory.hpp"
#include "kernels/cuda/path_batch.hpp"

namespace brink {

/// Outcome rows of one path: the columns of each scope, then the account table where it is
/// collected.
struct RowLayout {
    std::size_t column_rows;
    std::size_t table_rows;  ///< 0: not collected

    std::size_t rows() const { return column_rows + table_rows; }
};

/// Memory of one batch in flight: outcomes on the device, shape [rows][positions], and the
/// page-locked host copy that they are staged in. Two slots take turns, so that one batch is copied
/// and handed out while the next one computes.
struct BatchSlot {
    RowLayout layout;
    DeviceArray<double> outcomes;
    PinnedArray<double> staging;
    DeviceArray<PathSpan> spans;
    PinnedArray<PathSpan> host_spans;
    CudaEvent computed;  ///< the kernel is done: outcomes may be copied
    CudaEvent copied;    ///< the copy is done: staging may be read, outcomes written
    PieceBatch batch;    ///< what is in flight; no pieces: nothing

    BatchSlot(RowLayout const& rows, std::int64_t batch_paths);

    /// Queue the list of spans on `stream`. The slot must be idle.
    void load(PieceBatch next, CudaStream const& stream);
    /// Where the kernel writes; without a fan.
    OutcomeSink sink() const;
    /// Queue the copy of the outcomes on `stream`.
    void queue_copy(CudaStream const& stream);
    /// Wait for the copy and hand its rows to the jobs' sinks; the slot is idle then.
    void hand_out();
};

}  // namespace brink
