// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/path/outcome.hpp"
#include "models/path/program.hpp"
#include "models/path/workspace.hpp"

namespace brink {

/// Consecutive paths of a batch.
struct PathSpan {
    std::uint64_t first_path;
    std::int64_t num_paths;  ///< at most the batch's row length
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
    std::uint32_t shared_bytes{0};  ///< of the tables, staged in shared memory; 0: read in place
};

}  // namespace brink
