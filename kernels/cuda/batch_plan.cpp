// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/batch_plan.hpp"

#include <algorithm>

namespace brink {

namespace {

/// A launch lasts 0.2 s at 1e11 asset-steps a second, and below 1 s at a fifth of that.
constexpr double asset_steps_per_launch = 2e10;
/// Waves of threads in a launch: an incomplete last one costs at most a fifth.
constexpr std::int64_t waves = 4;
constexpr std::int64_t step = 64;

}  // namespace

std::int64_t plan_batch(BatchDemand const& demand)
{
    std::int64_t const least = std::max((demand.whole_paths + step - 1) / step * step, step);
    std::size_t const two_batches = 2 * demand.path_bytes * static_cast<std::size_t>(least);
    if (two_batches > demand.device_bytes)
        throw DeviceUnavailable("the GPU has " + std::to_string(demand.device_bytes)
                                + " bytes free, and the outcomes of " + std::to_string(least)
                                + " paths, twice, take " + std::to_string(two_batches));
    std::size_t const budget = std::min(demand.staging_bytes, demand.device_bytes / 8);
    auto const by_memory = static_cast<std::int64_t>(budget / demand.path_bytes);
    auto const by_time =
        static_cast<std::int64_t>(std::min(asset_steps_per_launch / demand.asset_steps, 1e9));
    std::int64_t const paths = std::min({by_memory, by_time, waves * demand.num_threads});
    return std::max(paths / step * step, least);
}

std::vector<PieceBatch> cut_into_batches(std::span<ChunkJob const> workload,
                                         std::int64_t batch_paths, std::int64_t least_row)
{
    std::int64_t longest = least_row;
    for (ChunkJob const& job : workload)
        longest = std::max(longest, job.num_paths);
    std::int64_t const row_paths = std::min(longest, batch_paths);
    std::vector<PieceBatch> batches;
    for (ChunkJob const& job : workload)
        for (std::int64_t first = 0; first < job.num_paths; first += row_paths) {
            if (batches.empty() || batches.back().positions() + row_paths > batch_paths)
                batches.push_back({{}, row_paths});
            batches.back().pieces.push_back(
                {&job, first, std::min(row_paths, job.num_paths - first)});
        }
    return batches;
}

}  // namespace brink
