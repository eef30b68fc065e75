// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

/// \file
/// The reduced form of a run: what an executor that reduces on its device hands over in place of
/// the columns. Plain data. The numbers are those of the columns, bit for bit: sums run in path
/// order by the tree of tree_sum.hpp, everything else is counting, selection in path order and
/// sorting.

namespace brink {

/// How a column is reduced.
enum class ColumnKind : std::uint8_t {
    money,   ///< any finite number; a large one is risky
    count,   ///< the same
    lowest,  ///< finite or +inf; a small one is risky
    time,    ///< finite, or NaN where the event did not occur; a small one is risky
    flag,    ///< 0 or 1: counted only
    part,    ///< moments only, of all paths that are not flagged
    mark,    ///< only the list of paths where it is not 0
};

/// One column to reduce. A risk is the value, or its negative where a small one is risky.
struct ColumnRequest {
    std::int32_t scope{0};
    std::int32_t column{0};
    ColumnKind kind{ColumnKind::money};
    bool lists_paths{false};                                     ///< fill `ColumnSummary::worst`
    double tail_cut{-std::numeric_limits<double>::infinity()};   ///< lesser risks are left out
    double worst_cut{-std::numeric_limits<double>::infinity()};  ///< the same of `worst`
};

/// What is wanted of every chunk.
struct ReduceRequest {
    std::vector<ColumnRequest> columns;
    /// Columns of the book that make up its loss; their moments, and first those of the residual
    /// (loss less the parts in this order).
    std::vector<std::int32_t> parts;
    bool wants_rows{false};  ///< the outcomes of the paths that columns[0] lists
};

/// Count, sum and central moments about the mean, as host/statistics/moments.hpp defines them.
struct ColumnMoments {
    std::uint64_t count{0};
    double sum{0}, m2{0}, m3{0}, m4{0};
};

struct ColumnBin {
    std::uint32_t bin;
    std::uint32_t count;
    double value;  ///< the one value of all, NaN where they differ
};

struct RiskOfPath {
    double risk;
    std::uint64_t path;
};

/// One column over one chunk.
struct ColumnSummary {
    std::uint32_t num_paths{0};
    std::uint32_t num_invalid{0};
    std::uint32_t num_absent{0};
    std::uint32_t num_infinite{0};
    std::uint32_t num_zeros{0};
    std::uint32_t num_events{0};
    ColumnMoments moments;
    double smallest{std::numeric_limits<double>::infinity()};
    double largest{-std::numeric_limits<double>::infinity()};
    std::vector<ColumnBin> bins;    ///< of all but zeros, ascending
    std::vector<double> tail;       ///< risks other than 0 at or above the cut, in path order
    std::vector<RiskOfPath> worst;  ///< finite risks at or above the cut, in path order
};

/// One chunk.
struct ChunkReduction {
    std::vector<ColumnSummary> columns;  ///< shape [ReduceRequest::columns]
    std::vector<ColumnMoments> parts;    ///< residual, then ReduceRequest::parts
    std::vector<float> rows;             ///< shape [columns[0].worst][num_outcomes]
};

}  // namespace brink
