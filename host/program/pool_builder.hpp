// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/scenario_index.hpp"
#include "models/liquidation/stability_pool_terms.hpp"
#include "models/margin/rules.hpp"

namespace brink {

/// All borrowers of a venue; without [venue.recovery] none.
[[nodiscard]] SystemTerms<double> make_system(VenueConfig const& venue, ScenarioIndex const& index);

/// A venue's stability pool; not used where its price is another.
[[nodiscard]] PoolTerms make_pool(VenueConfig const& venue);

/// [numeraire] what a venue's fund holds at t_0: its insurance fund, or the stability pool.
[[nodiscard]] double opening_fund(VenueConfig const& venue);

}  // namespace brink
