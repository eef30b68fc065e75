// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/merge/part_checks.hpp"
#include "io/results/result.hpp"

namespace brink {

/// The points of a sweep that the parts of one run have, as one sweep. No point is in two parts,
/// and none is missing, or, where the union is `partial`, none between those that are there in the
/// order in which they run.
/// \return without points where the scenario has no sweep, or no part has any
[[nodiscard]] SweepResult unite_points(std::vector<GivenPart> const& parts, bool partial,
                                       MergeProblems& problems);

}  // namespace brink
