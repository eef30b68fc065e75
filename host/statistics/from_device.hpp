// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/statistics/chunk_summary.hpp"
#include "kernels/reduce/column_summary.hpp"

namespace brink {

/// How an executor that reduces must treat an outcome of this kind.
ColumnKind column_kind(OutcomeKind kind);

/// The request that makes a column's summary what `ChunkSummariser` would make of the column.
ColumnRequest column_request(std::int32_t scope, std::int32_t column, OutcomeKind kind,
                             std::uint32_t num_worst, TailCut const& cut);

/// What an executor reduced, as the statistics take it: the same bits as `ChunkSummariser` gives
/// for the column, the order of `worst` apart.
ChunkSummary summary_from_device(OutcomeKind kind, std::uint32_t num_worst, std::uint64_t chunk_idx,
                                 ColumnSummary column);

/// Moments of a part of the loss.
Moments moments_from_device(ColumnMoments const& moments);

}  // namespace brink
