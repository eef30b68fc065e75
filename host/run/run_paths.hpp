// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/plan/plan.hpp"
#include "host/program/scenario_hash.hpp"
#include "host/run/progress.hpp"
#include "host/run/scenario_engine.hpp"
#include "io/config/scenario_reader.hpp"
#include "io/results/result.hpp"

namespace brink {

struct RunOptions {
    int threads{0};                     ///< for statistics; 0: all cores
    ProgressOutput* progress{nullptr};  ///< null: nobody wants to know
    /// Which part of a run this is; its paths are filled in.
    ProgressPart part{};
};

/// Run all paths of a scenario and reduce them: batches of chunks, in order, each summarised on all
/// threads and merged chunk by chunk. The result is a function of scenario, seed, arithmetic and
/// number of paths. Limits are not judged, and stress scenarios not run: see `run_scenarios`.
/// \param plan of this engine, scenario and machine
/// \throws Stopped where StopSignals received one; std::system_error, std::bad_alloc
[[nodiscard]] Result run_paths(ReadResult const& input, ScenarioEngine& engine, Plan const& plan,
                               RunOptions const& options);

/// What the scenario hash of a run on this engine covers beside the config.
[[nodiscard]] NumericsId numerics_of(Scenario const& scenario, ScenarioEngine const& engine);

}  // namespace brink
