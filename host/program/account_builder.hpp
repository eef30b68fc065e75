// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/program_draft.hpp"
#include "host/program/rules_builder.hpp"
#include "host/program/scenario_index.hpp"

namespace brink {

/// One position as an exchange of two legs, in the units that its schedule counts in; its window of
/// brackets is left empty.
/// \param settlement index into the account's holdings
[[nodiscard]] Position<double> make_position(PositionConfig const& config,
                                             InstrumentConfig const& instrument,
                                             std::int32_t instrument_idx, Instrument const& terms,
                                             MarginSchedule<double> const& schedule,
                                             std::int32_t settlement);

/// Margin units of all accounts, in the order of the config: a cross account is one; an isolated
/// account is one per position, named `<account>/<instrument>`, and one named `<account>` for what
/// it holds beside them. A unit's holdings are the assets it has a balance or a debt in, settles
/// in, or may come to hold through its owner's responses, in the order of the config.
[[nodiscard]] std::vector<AccountDraft> build_accounts(Scenario const& scenario,
                                                       ScenarioIndex const& index,
                                                       RulePlaces const& places,
                                                       ProgramDraft const& draft,
                                                       Problems& problems);

}  // namespace brink
