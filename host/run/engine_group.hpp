// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "host/run/scenario_engine.hpp"
#include "kernels/group_executor.hpp"

namespace brink {

/// Engines of one market, by index: each list ascends, and the lists do by their first. An engine
/// that does not run on the CPU stands alone.
/// \param engines none is null
[[nodiscard]] std::vector<std::vector<std::size_t>> group_by_market(
    std::span<ScenarioEngine const* const> engines);

/// Engines whose paths run together where they can: on the CPU, market and random numbers are made
/// once for all of them. Otherwise they run one after the other. The outcomes are the same, bit for
/// bit, as those of each engine alone.
class EngineGroup {
    std::vector<ScenarioEngine*> members_;
    std::unique_ptr<GroupExecutor> together_;  ///< null: one after the other

  public:
    /// \param members outlive the group; of one market, as `group_by_market` finds them
    /// \param threads 0: all cores
    EngineGroup(std::vector<ScenarioEngine*> members, int threads);

    /// Whether members share the work for the market.
    [[nodiscard]] bool shares_market() const { return together_ != nullptr; }
    /// [bytes] beside the sinks
    [[nodiscard]] std::size_t workspace_bytes() const;

    /// As ScenarioEngine::run of every member. They share the work where their jobs cover the same
    /// paths, in chunks of any sizes.
    /// \param jobs_of_members shape [members]
    void run(std::span<std::vector<ChunkJob> const> jobs_of_members);
};

}  // namespace brink
