// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/program_draft.hpp"
#include "host/program/scenario_index.hpp"

namespace brink {

/// A perpetual or a dated contract, with the carry slots and contracts that it needs.
/// \param schedule index into `draft.schedules`
/// \param base the asset that it is on
[[nodiscard]] Instrument make_instrument(InstrumentConfig const& config, ScenarioIndex const& index,
                                         std::int32_t schedule, AssetConfig const& base,
                                         Scenario const& scenario, ProgramDraft& draft);

}  // namespace brink
