// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"
#include "io/config/table_visitor.hpp"

#include <optional>
#include <string>
#include <vector>

namespace brink {

// Each turns one node into one value, or adds a problem at its place and returns nothing.

[[nodiscard]] std::optional<std::string> read_text(ConfigNode const& node, Problems& problems);
[[nodiscard]] std::optional<double> read_number(ConfigNode const& node, Range range,
                                                Problems& problems);
/// Whole numbers; a float such as 1e6 counts where it is whole and exact.
[[nodiscard]] std::optional<std::uint64_t> read_count(ConfigNode const& node, CountRange range,
                                                      Problems& problems);
/// A decimal fraction strictly between 0 and 1, as written.
[[nodiscard]] std::optional<std::string> read_decimal(ConfigNode const& node, Problems& problems);
[[nodiscard]] std::optional<Seconds> read_duration(ConfigNode const& node, Range range,
                                                   Problems& problems);
[[nodiscard]] std::optional<UnixSeconds> read_instant(ConfigNode const& node, Problems& problems);
/// A window of outage; one without a weekday is returned once per day of the week.
[[nodiscard]] std::vector<WindowConfig> read_window(ConfigNode const& node, Problems& problems);
[[nodiscard]] std::optional<DelayConfig> read_delay(ConfigNode const& node, Problems& problems);

/// Numbers of an array, 0 for those that are reported.
[[nodiscard]] std::vector<double> read_numbers(ConfigNode const& array, Range range,
                                               Problems& problems);

/// Report that the value is of another type than `wanted`.
void report_type(ConfigNode const& node, std::string_view wanted, Problems& problems);

/// Shortest text that reads back as the same double, always a TOML float or integer.
[[nodiscard]] std::string format_number(double value);

}  // namespace brink
