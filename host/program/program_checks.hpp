// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/opening_values.hpp"
#include "host/program/program_draft.hpp"
#include "host/program/scenario_index.hpp"

namespace brink {

/// What the tables of a program can hold: numbers of assets, venues, responses.
/// \param max_compiled_assets largest asset count that kernels are compiled for
void check_sizes(Scenario const& scenario, int max_compiled_assets, Problems& problems);

/// As many margin units as random numbers can tell apart.
void check_units(Scenario const& scenario, ProgramDraft const& draft, Problems& problems);

/// Responses that could do nothing: posted or bought where it counts for nothing or lies in bands,
/// sold or reduced where nobody has it.
void check_responses(Scenario const& scenario, ScenarioIndex const& index,
                     ProgramDraft const& draft, Problems& problems);

/// Entry prices far from the mark, funding clocks below one second.
void check_positions(Scenario const& scenario, ScenarioIndex const& index, Problems& problems);

/// Limits on accounts that have no outcome columns of their own.
void check_limit_scopes(Scenario const& scenario, ProgramDraft const& draft, Problems& problems);

/// Warn of every account that is in breach before anything has happened.
void warn_of_breaches(Scenario const& scenario, ProgramDraft const& draft,
                      OpeningValues const& opening, Problems& problems);

/// Warn of debts that venues exchange before anything has happened.
void warn_of_exchanges(Scenario const& scenario, ProgramDraft const& draft, Problems& problems);

/// Warn of targets below the health at which an account is called, known only at t_0 where initial
/// margin calls: such a response stops at the call level, and the next adverse move calls again.
void warn_of_low_targets(Scenario const& scenario, ProgramDraft const& draft,
                         OpeningValues const& opening, Problems& problems);

/// What of each venue's rules rests on no publication.
void record_evidence(Scenario const& scenario, std::vector<std::string>& assumptions);

/// Interest that nobody wrote down, one line per venue and asset.
void record_free_borrowing(Scenario const& scenario, ProgramDraft const& draft,
                           std::vector<std::string>& assumptions);

}  // namespace brink
