// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/run/batch_buffers.hpp"
#include "io/config/scenario.hpp"
#include "io/results/result.hpp"

namespace brink {

/// Outcomes of one path of the book, as the result keeps them.
struct KeptRow {
    double loss;
    std::uint64_t path;
    std::array<float, num_outcomes> values;
};

/// Collects the rows of `[output] outcomes`: those of all paths, or those of the largest losses,
/// equal ones by path id. Which rows are kept does not depend on how chunks were batched. Invalid
/// paths are among all, never among the largest.
class RowKeeper {
    OutcomeColumns kept_;
    std::uint64_t capacity_;
    std::vector<KeptRow> rows_;
    bool has_cut_{false};
    KeptRow cut_{};  ///< the least of the kept rows at the last cut

    void cut_back();
    void add_tail(ChunkView const& chunk);

  public:
    /// \param capacity most rows, see `num_kept_rows`
    RowKeeper(OutcomeColumns kept, std::uint64_t capacity);

    /// One caller at a time.
    void add(ChunkView const& chunk);

    /// By ascending path id. Leaves the keeper empty.
    [[nodiscard]] OutcomeRows take();
};

}  // namespace brink
