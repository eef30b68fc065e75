// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/plan/plan.hpp"
#include "host/program/scenario_hash.hpp"
#include "host/run/scenario_engine.hpp"
#include "io/config/scenario_reader.hpp"
#include "io/results/result.hpp"

namespace brink {

/// Run all paths of one scenario and reduce them, without checkpoints. The result is a function of
/// scenario, seed, arithmetic and number of paths. Limits are not judged, and stress scenarios not
/// run: see `SideBySide`.
/// \param plan of this engine, scenario and machine \param threads for statistics, 0: all cores
/// \throws std::runtime_error where it is stopped; std::system_error, std::bad_alloc
[[nodiscard]] Result run_paths(ReadResult const& input, ScenarioEngine& engine, Plan const& plan,
                               int threads);

/// What the scenario hash of a run on this engine covers beside the config.
[[nodiscard]] NumericsId numerics_of(Scenario const& scenario, ScenarioEngine const& engine);

}  // namespace brink
