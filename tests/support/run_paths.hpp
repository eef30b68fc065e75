// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

#include "host/run/scenario_run.hpp"
#include "host/run/stop_signal.hpp"

namespace brink::test {

/// Run all paths of one scenario in one process, without checkpoints.
/// \throws std::runtime_error where it is stopped
inline Result run_paths(ReadResult const& input, ScenarioEngine& engine, Plan const& plan,
                        int threads)
{
    ScenarioRun run{input, engine, plan, {0, plan.shape.paths}, threads};
    while (!run.is_done()) {
        run.jobs(plan.shape.paths);
        if (!run.run(engine))
            throw std::runtime_error{"stopped by " + stop_text()};
        run.absorb();
    }
    return run.finish();
}

}  // namespace brink::test
