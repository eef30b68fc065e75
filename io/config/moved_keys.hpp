// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"
#include "io/config/scenario.hpp"

namespace brink {

/// Where the keys lead that stress scenarios and points of a sweep replace: no place is set twice
/// by one list of settings, or moved by two axes, whole or in part, however it is spelled.
/// \param root the tree that the scenario was read from
void check_moved_keys(Scenario const& scenario, ConfigNode& root, Problems& problems);

}  // namespace brink
