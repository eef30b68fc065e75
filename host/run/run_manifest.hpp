// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/plan/plan.hpp"
#include "io/config/scenario.hpp"
#include "io/results/manifest.hpp"

namespace brink {

/// What a run is made from, built with and run on, as far as it is known before the run.
[[nodiscard]] Manifest open_manifest(Scenario const& scenario, Plan const& plan);

/// Variables of the environment by which schedulers name a job and its parts, where they are set.
[[nodiscard]] std::map<std::string, std::string> scheduler_variables();

/// How often the scheduler says that it started this job anew; 0 where it does not say.
[[nodiscard]] std::uint64_t restart_count(
    std::map<std::string, std::string> const& scheduler_variables);

/// Most memory [bytes] that was resident in this process so far.
[[nodiscard]] std::uint64_t peak_memory_bytes();

}  // namespace brink
