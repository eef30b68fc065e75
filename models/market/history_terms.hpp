// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

/// Returns that are drawn from a table of history in place of a law: rows are times, columns
/// assets, so that what happened together stays together. A path keeps one field, the row it is at;
/// a step takes the row `stride` further on, or, with probability `chance`, one drawn at random:
/// the stationary bootstrap of D. N. Politis and J. P. Romano, J. American Statistical Association
/// 89 (1994), of mean block length 1 / chance. With chance 0 every path replays the table from its
/// first row on. The host validates: num_rows <= 2^18, which a float counts with room for a
/// fraction.
struct HistoryTerms {
    std::int32_t num_rows;     ///< 0: no history
    std::int32_t num_columns;  ///< of the table
    std::int32_t stride;       ///< [rows] of a step
    std::uint32_t mask;        ///< bit i: asset i moves by its column
    float chance;              ///< of a new block, per step

    bool operator==(HistoryTerms const&) const = default;
};

}  // namespace brink
