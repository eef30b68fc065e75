// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "host/app/scenario_options.hpp"
#include "host/plan/plan.hpp"
#include "host/run/scenario_engine.hpp"

namespace brink {

/// Plan a run on this machine; tails that do not fit into memory go to the folder of the result.
/// \throws MemoryUnavailable
[[nodiscard]] Plan plan_run(Scenario const& scenario, ScenarioEngine const& engine,
                            DeviceOptions const& options, std::filesystem::path const& output);

}  // namespace brink
