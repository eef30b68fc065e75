// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/run/side_by_side.hpp"
#include "host/sweep/sweep_points_check.hpp"

namespace brink {

/// The points of a sweep that one process runs.
struct SweepShare {
    /// In the order in which they run: those of one market together, each scenario once.
    std::vector<std::vector<std::size_t>> groups;
    std::uint64_t runs{0};    ///< points in the groups
    std::uint64_t points{0};  ///< those, and the ones that repeat them
};

/// For every point the first with the same scenario, which runs for both; shape [points].
[[nodiscard]] std::vector<std::size_t> first_alike(std::vector<ScenarioDigest> const& digests);

/// The share of a shard: of n runs of all points, in their order, those from n (K - 1) / N up to
/// n K / N. Neighbours mostly have one market, so that a shard shares as much work as one process
/// does. Of more shards than runs, some have none.
[[nodiscard]] SweepShare share_of(std::vector<ScenarioDigest> const& digests, Shard shard = {});

/// All runs of a sweep, in the order of `share_of`.
[[nodiscard]] std::vector<std::size_t> run_order(std::vector<ScenarioDigest> const& digests);

/// Which of `count` shards, from 1, has the run at `place` of `runs`. Precondition: place < runs.
[[nodiscard]] std::uint64_t shard_with(std::uint64_t place, std::uint64_t runs,
                                       std::uint64_t count);

}  // namespace brink
