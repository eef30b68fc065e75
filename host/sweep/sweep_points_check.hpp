// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario_reader.hpp"

namespace brink {

/// Read and build every point of the sweep, and the point that differences are against, without
/// running anything. What is wrong at several points is said once, with the first of them and how
/// many more; warnings that the base has are not repeated.
/// \param base read and built without problems
/// \return false where problems were added
[[nodiscard]] bool check_sweep_points(ReadResult const& base, Problems& problems);

}  // namespace brink
