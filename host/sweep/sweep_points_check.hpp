// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/config/scenario_reader.hpp"
#include "io/config/sweep_points.hpp"

namespace brink {

/// What tells scenarios apart without keeping them.
struct ScenarioDigest {
    std::string scenario;  ///< equal where two give the same numbers
    std::string market;    ///< equal where prices, times and seed are written alike

    friend bool operator==(ScenarioDigest const&, ScenarioDigest const&) = default;
};

/// Of a scenario as `keep_point` leaves it.
[[nodiscard]] ScenarioDigest digest_of(ReadResult const& input);

/// The points of a sweep, each of which reads and builds.
struct CheckedSweep {
    SweepPoints expanded;
    std::vector<ScenarioDigest> digests;  ///< shape [points]
    std::vector<std::string> warnings;    ///< of points, which the base has not
};

/// Read and build every point of the sweep, and the point that differences are against, without
/// running anything. What is wrong at several points is said once, with the first of them and how
/// many more; so are warnings, but those that the base has are not repeated.
/// \param base read and built without problems
/// \return nothing where problems were added; no points where there is no sweep
[[nodiscard]] std::optional<CheckedSweep> check_sweep_points(ReadResult const& base,
                                                             Problems& problems);

}  // namespace brink
