// SPDX-License-Identifier: Apache-2.0
#include "host/run/run_paths.hpp"

#include <chrono>
#include <stdexcept>

#include "host/run/provenance.hpp"
#include "host/run/scenario_run.hpp"
#include "host/run/stop_signal.hpp"

namespace brink {

NumericsId numerics_of(Scenario const& scenario, ScenarioEngine const& engine)
{
    return {engine.info().arithmetic, precision_name(scenario.run.precision)};
}

Result run_paths(ReadResult const& input, ScenarioEngine& engine, Plan const& plan, int threads)
{
    auto const start = std::chrono::steady_clock::now();
    ScenarioRun run{input, engine, plan, {0, plan.shape.paths}, threads};
    while (!run.is_done()) {
        run.jobs(plan.shape.paths);
        if (!run.run(engine))
            throw std::runtime_error{"stopped by " + stop_text()};
        run.absorb();
    }
    Result result = run.finish();
    std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - start;
    close_provenance(result.provenance, seconds.count());
    return result;
}

}  // namespace brink
