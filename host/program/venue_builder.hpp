// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "host/program/scenario_index.hpp"
#include "io/config/scenario.hpp"
#include "models/path/program.hpp"

namespace brink {

/// When a venue calls and liquidates; its grid is set apart.
[[nodiscard]] Ladder<double> make_ladder(VenueConfig const& venue, ScenarioIndex const& index);

/// How a venue closes accounts by force, without its order of sales.
[[nodiscard]] Venue make_venue(VenueConfig const& venue);

/// Assets that the venue lists, then the others; none where it lists none.
[[nodiscard]] std::vector<std::int32_t> make_sale_order(VenueConfig const& venue,
                                                        ScenarioIndex const& index);

}  // namespace brink
