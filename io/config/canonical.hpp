// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"

#include <map>
#include <string>

namespace brink {

/// The scenario as a tree: every key with its value in force, defaults written out, includes, price
/// snapshots and books merged in. Depends on nothing but the values.
[[nodiscard]] ConfigNode effective_tree(Scenario scenario);

/// TOML text of one value, on one line.
[[nodiscard]] std::string inline_text(ConfigNode const& node);

/// TOML text of a tree, always the same for the same values; reads back to the same scenario
/// without any of the files it came from.
[[nodiscard]] std::string canonical_text(ConfigNode const& root);

/// Dotted key -> value as canonical TOML. Elements of arrays of tables go by name where they have
/// one: `asset.BTC.volatility`, `account.main.positions.BTCUSDT.size`, else by index.
[[nodiscard]] std::map<std::string, std::string> flat_values(ConfigNode const& root);

}  // namespace brink
