// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

#include <map>
#include <string>
#include <string_view>

namespace brink {

struct SnapshotPrice {
    double price{0};      ///< [numeraire], > 0
    UnixSeconds time{0};  ///< when it was known
    Where where;          ///< of the price
    Where time_where;
};

/// Prices of one file by asset.
struct PriceSnapshot {
    std::string file;
    std::map<std::string, SnapshotPrice> prices;
};

/// Read a CSV with the columns asset, price and time (UTC, ISO-8601); further columns are ignored.
/// Missing columns, duplicates, prices that are not positive numbers and times that are none are
/// problems with code 65.
[[nodiscard]] PriceSnapshot parse_price_snapshot(std::string_view text, std::string const& file,
                                                 Problems& problems);

/// The price of `asset`, or nullptr with a problem (code 65) where it is missing, later than
/// `as_of` or more than `max_age` earlier.
[[nodiscard]] SnapshotPrice const* price_at(PriceSnapshot const& snapshot, std::string const& asset,
                                            UnixSeconds as_of, Seconds max_age, Problems& problems);

}  // namespace brink
