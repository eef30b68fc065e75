// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "host/run/batch_buffers.hpp"
#include "io/config/scenario.hpp"
#include "io/results/result.hpp"
#include "io/results/statistics_state.hpp"
#include "kernels/reduce/column_summary.hpp"

namespace brink {

/// Outcomes of one path of the book, as the result keeps them.
struct KeptRow {
    double loss;
    std::uint64_t path;
    std::array<float, num_outcomes> values;
};

/// `none`, `tail` or `all`, as configs write it.
[[nodiscard]] std::string kept_name(OutcomeColumns kept);

/// Collects the rows of `[output] outcomes`: those of all paths, or those of the largest losses,
/// equal ones by path id. Which rows are kept does not depend on how chunks were batched. Invalid
/// paths are among all, never among the largest.
class RowKeeper {
    OutcomeColumns kept_;
    std::uint64_t capacity_;
    std::vector<KeptRow> rows_;
    bool has_cut_{false};
    KeptRow cut_{};  ///< the least of the kept rows at the last cut

    void sort_by_path();
    void cut_back();
    [[nodiscard]] bool is_candidate(double loss, std::uint64_t path) const;
    void push(KeptRow const& row);
    void add_tail(ChunkView const& chunk);

  public:
    /// \param capacity most rows, see `num_kept_rows`
    RowKeeper(OutcomeColumns kept, std::uint64_t capacity);

    /// One caller at a time.
    void add(ChunkView const& chunk);
    /// The same for the tail of a reduced chunk.
    /// \param rows outcomes of `paths`, shape [paths][num_outcomes]
    void add(std::span<RiskOfPath const> paths, std::span<float const> rows);

    /// Losses below this cannot enter any more; it only rises.
    [[nodiscard]] double cut() const;
    /// Whether rows of the tail are kept at all.
    [[nodiscard]] bool wants_tail() const { return kept_ == OutcomeColumns::tail && capacity_ > 0; }

    /// The rows so far.
    [[nodiscard]] SavedRows save();
    /// Rows that were saved of other paths.
    void add(SavedRows const& saved);
    /// Whether the rows saved of `num_valid` valid paths go as deep as this keeper's must.
    [[nodiscard]] bool is_deep_enough(SavedRows const& saved, std::uint64_t num_valid) const;

    /// As `[output] outcomes` says.
    [[nodiscard]] std::string kept() const { return kept_name(kept_); }

    /// By ascending path id. Leaves the keeper empty.
    /// \param most rows wanted, at most the capacity
    [[nodiscard]] OutcomeRows take(std::uint64_t most);
};

}  // namespace brink
