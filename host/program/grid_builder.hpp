// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/program_draft.hpp"
#include "io/config/scenario.hpp"

namespace brink {

/// A venue's scenario grid: one row for every combination of its moves, sorted by them.
[[nodiscard]] GridDraft make_grid(GridConfig const& config);

}  // namespace brink
