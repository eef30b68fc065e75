// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "host/run/kept_rows.hpp"
#include "host/run/loss_parts.hpp"
#include "host/statistics/outcome_statistics.hpp"
#include "kernels/reduce/column_summary.hpp"

/// \file
/// Chunks whose outcomes are reduced where they arise: what is asked of the executor.
namespace brink {

/// The statistics of one scope's outcomes, in the order of `outcome_list`.
using ScopeStatistics = std::vector<std::unique_ptr<OutcomeStatistics>>;

/// Columns of the request, in this order: every outcome of every scope, then the book's invalid
/// paths. `columns[0]`, the book's loss, lists the paths whose outcomes `rows` may keep.
[[nodiscard]] ReduceRequest make_reduce_request(std::span<ScopeStatistics const> scopes,
                                                RowKeeper const& rows);

[[nodiscard]] PartMoments to_part_moments(ChunkReduction const& reduction);

}  // namespace brink
