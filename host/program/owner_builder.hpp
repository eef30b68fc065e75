// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/program_draft.hpp"
#include "host/program/scenario_index.hpp"

namespace brink {

/// Owners sorted by name with their reserves and responses; the draft's accounts are sorted by
/// owner, then id, renumbered to that order, and the first named ones get outcome columns. \param
/// max_columns accounts with outcome columns of their own at most \return how many named accounts
/// got none
std::size_t build_owners(Scenario const& scenario, ScenarioIndex const& index,
                         std::int32_t max_columns, ProgramDraft& draft);

}  // namespace brink
