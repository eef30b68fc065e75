// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/program/program_draft.hpp"
#include "host/program/scenario_index.hpp"

namespace brink {

/// Where the rules of each venue ended up in the draft.
struct RulePlaces {
    std::vector<std::vector<std::int32_t>> curve;  ///< [venue][asset], -1: no collateral value
};

/// Slabs of a tiered collateral curve: one per tier, and a last one of slope 0 for the cap.
[[nodiscard]] std::vector<Slab<double>> make_slabs(CollateralConfig const& config);

/// Tiers as the requirement reads them; `whole_position` has no amounts.
[[nodiscard]] std::vector<MarginTier<double>> make_tiers(ScheduleConfig const& config);

/// Venues, ladders, collateral curves, schedules, instruments and carry slots of the draft.
/// Precondition: the reader found nothing wrong, so every instrument has a schedule.
RulePlaces build_rules(Scenario const& scenario, ScenarioIndex const& index, ProgramDraft& draft,
                       std::vector<std::string>& assumptions);

/// Spread and impact of trading `asset`, with its own daily volatility.
[[nodiscard]] Execution make_execution(ExecutionConfig const& config, double annual_volatility);

}  // namespace brink
