// SPDX-License-Identifier: Apache-2.0
#include "host/app/planning.hpp"

namespace brink {

Plan plan_run(Scenario const& scenario, ScenarioEngine const& engine, DeviceOptions const& options,
              std::filesystem::path const& output, std::uint64_t batch_chunks,
              std::uint64_t side_by_side)
{
    ExecutorInfo const info = engine.info();
    PlanRequest request;
    request.threads = options.num_threads();
    request.parallel_paths = info.parallel_paths;
    request.workspace_bytes = engine.workspace_bytes();
    request.on_cpu = info.backend == "cpu";
    request.reduces = engine.reduces();
    request.batch_chunks = batch_chunks > 0 ? batch_chunks : options.batch_chunks;
    request.side_by_side = side_by_side;
    request.spill_folder = output.has_parent_path() ? output.parent_path() : ".";
    request.limits = {available_memory(), free_room(request.spill_folder)};
    return make_plan(scenario, engine.shape(), request);
}

}  // namespace brink
