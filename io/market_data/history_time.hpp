// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

#include <optional>
#include <string_view>

namespace brink {

/// How a time of a price history was written.
enum class TimeStyle { instant, local, epoch };

struct HistoryTime {
    UnixSeconds time{0};
    TimeStyle style{TimeStyle::instant};
};

/// Time of a row: ISO-8601 with or without offset (`local`: taken as UTC), a date alone (midnight),
/// YYYYMMDD, or a Unix time in seconds, milliseconds or microseconds, told apart by size (1973 to
/// 2286). Nothing for all else, fractions of a second included.
[[nodiscard]] std::optional<HistoryTime> parse_history_time(std::string_view text);

}  // namespace brink
