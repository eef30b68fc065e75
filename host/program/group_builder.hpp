// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/program_draft.hpp"
#include "io/config/scenario.hpp"

namespace brink {

/// Groups of the draft's accounts, sorted by column and value. The accounts are in their last
/// order. \return how many groups there are beyond `most`, which get no outcome columns
std::size_t build_groups(Scenario const& scenario, std::size_t most, ProgramDraft& draft);

}  // namespace brink
