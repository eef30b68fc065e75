// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "host/run/run_paths.hpp"

namespace brink {

/// The base with the shocks of a stress scenario on top, its fans and statistics those of the book:
/// no rows of outcomes, no limits.
[[nodiscard]] Scenario stressed(Scenario const& base, StressConfig const& stress);

/// Scope of a stress scenario in a result, `scenario:<name>`.
[[nodiscard]] std::string scope_of(StressConfig const& stress);

/// Whether each stress scenario of a base that builds does so too; warnings that the base has are
/// not repeated. \return false where problems were added
[[nodiscard]] bool check_stresses(Scenario const& base, Problems& problems);

/// How a run of many scenarios goes about each of them.
struct ScenarioRunner {
    EngineOptions engine;
    RunOptions options;
    /// \throws MemoryUnavailable
    std::function<Plan(Scenario const&, ScenarioEngine const&)> plan;
};

/// Run the base, then each stress scenario of [[scenario]] on the same random numbers, and judge
/// the limits over all of them. A stress scenario adds a scope with the outcomes, worst paths and
/// fan of its book, and warnings that the base has not. \param base engine of the base, given back
/// before the next scenario starts Precondition: `check_stresses` added no problem. \throws as
/// run_paths
[[nodiscard]] Result run_scenarios(ReadResult const& input, std::unique_ptr<ScenarioEngine> base,
                                   ScenarioRunner const& runner);

}  // namespace brink
