// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace brink {

/// Seconds of the year that volatilities, rates and intensities are per: 365 days, as markets that
/// never close have.
inline constexpr double seconds_per_year = 365.0 * 86'400.0;

/// Seconds of an ISO-8601 duration: PT5M, PT1.5S, P10D, P1DT12H, P2W. Months and years have no
/// fixed length and are refused, as are signs, empty designators and repeated or unordered ones.
[[nodiscard]] std::optional<double> parse_duration(std::string_view text);

/// ISO-8601 duration of `seconds` >= 0, in days, hours, minutes and seconds, reads back exactly.
[[nodiscard]] std::string format_duration(double seconds);

/// What a wrong duration probably meant: "5m", "10 days", "1h", "3600" -> ISO-8601, else empty.
[[nodiscard]] std::string guess_duration(std::string_view text);

}  // namespace brink
