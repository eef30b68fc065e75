// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/program_draft.hpp"
#include "host/program/scenario_index.hpp"

namespace brink {

/// The scenario with an asset of fixed price for every oracle that may differ from the market and
/// that an account has to do with, named `<asset>@<venue>`, after all others: the row in which
/// paths write its price. Venues whose oracles of an asset are alike share the row of the first.
[[nodiscard]] Scenario add_oracle_rows(Scenario scenario);

/// Whether the name is that of an oracle's row, whose price follows from those of assets.
[[nodiscard]] bool is_oracle_row(std::string const& name, Scenario const& scenario);

/// The oracles of a scenario with oracle rows, and at which price each account counts what it has.
/// \param draft its accounts are built
void build_oracles(Scenario const& scenario, ScenarioIndex const& index, ProgramDraft& draft);

}  // namespace brink
