// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// One `--set KEY=VALUE`. Steps of the key are separated by dots; a step into an array is an index
/// (`venue.0`, `venue[0]`) or the name, asset or instrument of its element
/// (`asset.BTC.volatility`).
struct Override {
    std::vector<std::string> steps;
    ConfigNode value;
    std::string text;  ///< as written
};

/// Parse all options; one that is malformed is a problem (code 78) and left out.
[[nodiscard]] std::vector<Override> parse_overrides(std::vector<std::string> const& options,
                                                    Problems& problems);

/// Put the value into the tree; its place becomes the option itself. Tables on the way are made,
/// elements of arrays are not.
/// \return empty on success, else why it could not be placed
[[nodiscard]] std::string apply_override(ConfigNode& root, Override const& option);

/// Steps of a dotted key; empty where it is malformed.
[[nodiscard]] std::vector<std::string> key_steps(std::string_view key);

/// Steps to the place that a key stands for, elements of arrays by index: keys that spell the same
/// place differently have the same. Where the tree does not know the way on, steps are as written.
/// \return empty where the key is malformed
[[nodiscard]] std::vector<std::string> resolve_key(ConfigNode& root, std::string_view key);

/// Where an option stands, for messages.
[[nodiscard]] Where place_of_option(Override const& option);

}  // namespace brink
