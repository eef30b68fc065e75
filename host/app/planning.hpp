// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

#include "host/app/scenario_options.hpp"
#include "host/plan/plan.hpp"
#include "host/run/scenario_engine.hpp"

namespace brink {

/// Plan a run on this machine; tails that do not fit into memory go to the folder of the result.
/// \param batch_chunks 0: as the options say
/// \param side_by_side runs that share the memory
/// \throws MemoryUnavailable
[[nodiscard]] Plan plan_run(Scenario const& scenario, ScenarioEngine const& engine,
                            DeviceOptions const& options, std::filesystem::path const& output,
                            std::uint64_t batch_chunks = 0, std::uint64_t side_by_side = 1);

}  // namespace brink
