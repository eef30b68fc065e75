// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/market_data/csv.hpp"
#include "io/market_data/price_history.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// Where an asset's prices stand in a row.
struct PriceColumn {
    std::string asset;
    std::size_t column{0};
};

/// How the rows of one price history are read.
struct HistoryLayout {
    char delimiter{','};
    std::size_t num_columns{0};
    std::size_t time_column{0};
    std::vector<PriceColumn> prices;  ///< of the selected assets
    std::optional<std::size_t> low, high;
    std::vector<std::string> known;  ///< all assets of the file
    enum class FirstLine { header, row } first_line{FirstLine::header};
};

/// The delimiter of a line: the most frequent of comma, semicolon and tab outside of quotes.
[[nodiscard]] char find_delimiter(std::string_view line);

/// Understand the first line of a file. Nothing, with problems (code 65), where it is no header of
/// prices and no Binance kline.
[[nodiscard]] std::optional<HistoryLayout> find_layout(std::string_view first_line,
                                                       std::int32_t line,
                                                       HistorySource const& source,
                                                       std::vector<std::string> const& selected,
                                                       Problems& problems);

/// The asset that a file of bars is about: as named, else the file's name up to the first '-' or
/// its extension: `BTCUSDT-1h-2024-01.csv` is BTCUSDT.
[[nodiscard]] std::string asset_of_bars(HistorySource const& source);

}  // namespace brink
