// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/cuda/cuda_check.hpp"
#include "kernels/cuda/path_batch.hpp"
#include "kernels/reduce/column_summary.hpp"

namespace brink {

/// Paths of the longest chunk that can be reduced: a block holds the sums of its groups of 32.
inline constexpr std::int64_t max_reduced_paths = 65'536;
inline constexpr int max_loss_parts = 8;

/// One column to reduce, with where it stands: rows of the outcome memory.
struct ColumnTask {
    ColumnRequest request;
    std::int64_t value_row;
    std::int64_t mark_row;
    std::int64_t less_rows[max_loss_parts];  ///< subtracted in this order
    std::int32_t num_less;
};

/// Numbers of one segment (a task over a span).
struct SegmentScalars {
    std::uint32_t num_invalid, num_absent, num_infinite, num_zeros, num_events;
    std::uint32_t num_ranked, num_tail, num_worst, num_bins;
    ColumnMoments moments;
    double smallest, largest;
};

/// A run of equal bins in the sorted values of a segment.
struct BinRun {
    std::uint32_t bin;
    std::uint32_t first;  ///< position of its first value
    double value;         ///< as in ColumnBin
};

/// Device memory of one reduction, owned by the caller. Segment (span s, task t) has index
/// s * num_tasks + t, and row_paths entries in each list.
struct ReduceCall {
    double const* outcomes;  ///< shape [rows][positions]
    std::int64_t positions;
    std::int64_t row_paths;  ///< at most max_reduced_paths
    PathSpan const* spans;
    int num_spans;
    ColumnTask const* tasks;
    int num_tasks;
    SegmentScalars* scalars;            ///< [segments]
    std::uint32_t *keys, *sorted_keys;  ///< [segments][row_paths] bins of ranked values
    double *values, *sorted_values;     ///< [segments][row_paths]
    std::int64_t *begins, *ends;        ///< [segments] of the ranked values, for the sort
    double* tail;                       ///< [segments][row_paths]
    RiskOfPath* worst;                  ///< [segments][row_paths]
    BinRun* bins;                       ///< [segments][row_paths]
    float* rows;                        ///< [spans][row_paths][num_outcomes], null: not wanted
    std::byte* sort_space;
    std::size_t sort_bytes;
};

/// Space that the sort needs. Calls nothing on the device.
std::size_t sort_space_bytes(std::int64_t num_values, int num_segments);

/// Queue the whole reduction on `stream` of the current device; returns at once.
void queue_reduction(ReduceCall const& call, cudaStream_t stream);

/// Its second part: sort the bins of the ranked values ...
void queue_sort(ReduceCall const& call, cudaStream_t stream);
/// ... and its third: find their runs, and gather the rows.
void queue_lists(ReduceCall const& call, cudaStream_t stream);

}  // namespace brink
