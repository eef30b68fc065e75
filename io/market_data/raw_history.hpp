// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/market_data/price_history.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// A price as it stands in a file.
struct PricePoint {
    UnixSeconds time{0};
    double price{0};        ///< > 0, finite
    std::int32_t line{0};   ///< 1-based
    std::uint32_t file{0};  ///< index into the sources
};

/// Prices of one asset in the order of the files and their rows.
struct RawSeries {
    std::string asset;
    std::vector<PricePoint> points;
    HistoryCounts counts;  ///< missing, unsorted
};

/// All series of all files, in the order in which they were found.
struct RawHistories {
    std::vector<RawSeries> series;
    std::vector<std::string> known;  ///< every asset of every file, selected or not

    RawSeries& series_of(std::string const& asset);
};

/// Add the rows of a file that lie in the window. Problems have code 65.
void read_history_text(std::string_view text, HistorySource const& source, std::uint32_t file_idx,
                       HistorySelection const& selection, RawHistories& histories,
                       Problems& problems);

/// Sort a series, drop repetitions, find its interval, gaps and stale runs. Problems (code 65):
/// two prices of one time, one price only, intervals that are mixed.
[[nodiscard]] PriceSeries finish_series(RawSeries raw, std::vector<HistorySource> const& sources,
                                        Problems& problems);

}  // namespace brink
