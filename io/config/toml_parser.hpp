// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"

#include <optional>
#include <string>

namespace brink {

/// Parse TOML 1.0. A syntax error is added to `problems` with its place, and nothing is returned:
/// what follows a syntax error cannot be trusted, so one is reported per file.
[[nodiscard]] std::optional<ConfigNode> parse_toml(std::string const& text, std::string const& file,
                                                   Problems& problems);

/// The value of `--set KEY=VALUE`: any TOML value, or a bare word taken as a string. Nothing where
/// it is neither.
[[nodiscard]] std::optional<ConfigNode> parse_toml_value(std::string const& text);

}  // namespace brink
