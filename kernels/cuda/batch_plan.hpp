// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/executor.hpp"

namespace brink {

/// What one path costs and what there is, for `plan_batch`.
struct BatchDemand {
    std::size_t path_bytes;     ///< of a path's outcomes and all that is made of them
    double asset_steps;         ///< of one path, times its accounts
    std::int64_t num_threads;   ///< paths that advance at the same time
    std::int64_t whole_paths;   ///< a batch must hold this many, whatever else; 0: none
    std::size_t staging_bytes;  ///< most that a batch may take
    std::size_t device_bytes;   ///< free on the device after the workspace
};

/// Paths of one launch: few enough to last well below a second and to leave two batches in a
/// quarter of the memory, enough that the last wave of threads hardly matters. \return a multiple
/// of 64, at least 64 \throws DeviceUnavailable where that does not fit, with the number of bytes
std::int64_t plan_batch(BatchDemand const& demand);

/// Consecutive paths of a job.
struct JobPiece {
    ChunkJob const* job;
    std::int64_t first;  ///< position in the job
    std::int64_t count;
};

/// Pieces that one launch takes, each in a row of `row_paths`.
struct PieceBatch {
    std::vector<JobPiece> pieces;
    std::int64_t row_paths{0};

    std::int64_t positions() const { return static_cast<std::int64_t>(pieces.size()) * row_paths; }
};

/// The jobs, in their order, cut into batches of at most `batch_paths` positions.
/// \param least_row rows are at least this long, so that a batch has no more than so many pieces
std::vector<PieceBatch> cut_into_batches(std::span<ChunkJob const> workload,
                                         std::int64_t batch_paths, std::int64_t least_row = 0);

}  // namespace brink
