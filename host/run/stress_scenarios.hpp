// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "io/config/problem.hpp"
#include "io/config/scenario_reader.hpp"

namespace brink {

/// The base with the keys that a stress scenario sets and its shocks on top, its fans and
/// statistics those of the book: no rows of outcomes, no limits. Problems: values that do not read.
[[nodiscard]] ReadResult stressed(ReadResult const& base, StressConfig const& stress,
                                  Problems& problems);

/// Scope of a stress scenario in a result, `scenario:<name>`.
[[nodiscard]] std::string scope_of(StressConfig const& stress);

/// Whether each stress scenario of a base that builds does so too; warnings that the base has are
/// not repeated. \return false where problems were added
[[nodiscard]] bool check_stresses(ReadResult const& base, Problems& problems);

}  // namespace brink
