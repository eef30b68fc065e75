// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "io/config/problem.hpp"
#include "io/config/scenario.hpp"

namespace brink {

/// The base with the shocks of a stress scenario on top, its fans and statistics those of the book:
/// no rows of outcomes, no limits.
[[nodiscard]] Scenario stressed(Scenario const& base, StressConfig const& stress);

/// Scope of a stress scenario in a result, `scenario:<name>`.
[[nodiscard]] std::string scope_of(StressConfig const& stress);

/// Whether each stress scenario of a base that builds does so too; warnings that the base has are
/// not repeated. \return false where problems were added
[[nodiscard]] bool check_stresses(Scenario const& base, Problems& problems);

}  // namespace brink
