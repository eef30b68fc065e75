// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "host/run/loss_parts.hpp"
#include "host/statistics/chunk_summary.hpp"
#include "kernels/reduce/column_summary.hpp"

/// \file
/// Chunks whose outcomes were reduced where they arose: requests, and their answers in the words of
/// host/statistics.
namespace brink {

/// Columns of a request, in this order: every outcome of every scope, then the book's invalid
/// paths. Tail cuts are open; `columns[0]` is the book's loss and lists paths. \param wants_rows
/// outcomes of the listed paths, for the rows of the result
[[nodiscard]] ReduceRequest make_reduce_request(std::size_t num_scopes, bool wants_rows);

/// \param summary its lists are moved from
[[nodiscard]] ChunkSummary to_chunk_summary(ColumnSummary& summary, std::uint64_t chunk_idx);

[[nodiscard]] PartMoments to_part_moments(ChunkReduction const& reduction);

}  // namespace brink
