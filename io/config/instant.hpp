// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace brink {

/// Calendar fields of an instant, proleptic Gregorian.
struct CivilTime {
    int year{1970}, month{1}, day{1}, hour{0}, minute{0}, second{0};
};

/// Seconds since 1970-01-01T00:00:00Z of a UTC calendar time; nothing for a date that does not
/// exist.
[[nodiscard]] std::optional<UnixSeconds> to_unix(CivilTime const& time);

/// `2025-06-30T08:00:00Z`, offsets as +hh:mm, a space for the T; whole seconds (a fraction of zero
/// is read). Nothing where the offset is missing: local times are refused.
[[nodiscard]] std::optional<UnixSeconds> parse_instant(std::string_view text);

/// `YYYY-MM-DDThh:mm:ssZ`
[[nodiscard]] std::string format_instant(UnixSeconds instant);

/// Seconds from Monday 00:00 UTC of `Sat 18:30`; of `18:30` alone, from midnight.
struct ClockTime {
    bool has_weekday{false};
    std::int64_t seconds{0};
};
[[nodiscard]] std::optional<ClockTime> parse_clock(std::string_view text);

/// `Sat 18:30` of seconds from Monday 00:00 UTC.
[[nodiscard]] std::string format_weekly(std::int64_t seconds);

}  // namespace brink
