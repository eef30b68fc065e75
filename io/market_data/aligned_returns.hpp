// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "io/config/duration.hpp"
#include "io/market_data/price_history.hpp"

namespace brink {

/// Log returns of several assets over the same intervals.
struct AlignedReturns {
    std::vector<std::string> assets;
    std::vector<std::vector<double>> returns;  ///< [asset][return], each over one interval
    Seconds interval{0};
    UnixSeconds from{0};       ///< first price that enters a return
    UnixSeconds to{0};         ///< last one
    std::size_t skipped{0};    ///< pairs of common times further apart than the interval
    std::size_t one_sided{0};  ///< times that some asset has and another lacks, between from and to

    [[nodiscard]] std::size_t size() const { return returns.empty() ? 0 : returns[0].size(); }
    [[nodiscard]] double years_per_return() const { return interval / seconds_per_year; }
};

/// Returns below this number are refused: no parameter of a model could be told from noise.
inline constexpr std::size_t fewest_returns = 30;

/// Take the times that all series share, and the log return between two of them that are one
/// interval apart; longer ones are left out. Problems (code 65): intervals that differ, fewer than
/// `fewest_returns` returns, an asset whose price never changes.
[[nodiscard]] AlignedReturns align_returns(std::vector<PriceSeries> const& series,
                                           Problems& problems);

}  // namespace brink
