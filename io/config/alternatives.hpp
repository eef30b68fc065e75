// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"

#include <string_view>

namespace brink {

/// Some keys say the same thing in different ways, and a table has one of them: where `key` is
/// given anew, the others are taken out of the table.
void drop_alternatives(ConfigNode& table, std::string_view key);

}  // namespace brink
