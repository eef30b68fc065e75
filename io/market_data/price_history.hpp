// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// A price history as it is named on the command line.
struct HistorySource {
    std::string file;
    std::string asset;  ///< of a file of bars; empty: its name up to the first '-'
};

/// What is taken from price histories. Rows outside of the window are not looked at.
struct HistorySelection {
    std::vector<std::string> assets;  ///< in this order; empty: all, in the order of the files
    std::optional<UnixSeconds> from;  ///< inclusive
    std::optional<UnixSeconds> to;    ///< inclusive
    UnixSeconds now{0};               ///< later prices are refused
};

/// What was found besides good prices. None of it stops a calibration; all of it is reported.
struct HistoryCounts {
    std::size_t missing{0};         ///< empty cells between the first and the last price
    std::size_t unsorted{0};        ///< rows earlier than the one before them
    std::size_t duplicates{0};      ///< rows that repeat time and price of another
    std::size_t gaps{0};            ///< places where prices are further apart than the interval
    std::size_t missing_prices{0};  ///< how many prices the gaps lack
    std::size_t off_grid{0};        ///< differences that are no multiple of the interval
    std::size_t stale_runs{0};      ///< runs of `stale_length` equal prices or more
    std::size_t longest_stale{0};   ///< prices in the longest of them
};

/// Equal prices in a row from which on they are counted as stale.
inline constexpr std::size_t stale_length = 5;

/// Prices of one asset, ascending in time, one per time, all > 0 and finite; at least two.
struct PriceSeries {
    std::string asset;
    std::string file;  ///< the first one that has it
    std::vector<UnixSeconds> times;
    std::vector<double> prices;
    Seconds interval{0};  ///< most frequent difference of times
    HistoryCounts counts;
};

/// Read price histories: wide tables (a time column, one column per asset), bars with a header
/// (open, high, low, close; the close is taken), and Binance klines (twelve columns, no header).
/// Files of one asset are joined. Everything wrong is a problem with code 65 at its line (66 where
/// a file cannot be read), at most `most_problems_per_file` of a file; then the result is
/// incomplete. docs/calibrate.md has the rules.
/// \param read gets the files that were read, with role "history"; null: nobody asks
[[nodiscard]] std::vector<PriceSeries> read_price_histories(
    std::vector<HistorySource> const& sources, HistorySelection const& selection,
    Problems& problems, std::vector<SourceFile>* read = nullptr);

inline constexpr std::size_t most_problems_per_file = 20;

}  // namespace brink
