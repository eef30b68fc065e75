// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/path/outcome.hpp"
#include "models/path/program.hpp"
#include "models/path/workspace.hpp"

namespace brink {

inline constexpr int threads_per_block = 128;

/// Consecutive paths of a batch.
struct PathSpan {
    std::uint64_t first_path;
    std::int64_t num_paths;  ///< at most the batch's row length
};

/// What a block keeps in shared memory, [bytes]: a copy of the program's tables, then what the hot
/// way reads and writes of each thread's scratch (carry, mirror, market memory, masks). 0: stays in
/// device memory.
struct SharedPlan {
    std::uint32_t table_bytes{0};  ///< a multiple of 16
    std::uint32_t lane_bytes{0};   ///< of all threads of a block

    BRINK_HD std::uint32_t bytes() const { return table_bytes + lane_bytes; }
};

/// What one launch runs: `num_spans` spans, each `row_paths` long in the sink (a shorter one leaves
/// the rest of its row alone). All pointers are device memory that the executor owns; passed to the
/// kernel by value.
template<class T>
struct PathBatch {
    Program<T> program;
    Workspace<T> workspace;          ///< of thread 0; stride = threads in flight
    OutcomeSink sink;                ///< position of path p of span s: s * row_paths + p
    PathSpan const* spans{nullptr};  ///< shape [num_spans]
    std::int64_t num_spans{0};
    std::int64_t row_paths{0};
    SharedPlan shared;
};

}  // namespace brink
