// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "host/plan/memory_limits.hpp"
#include "host/plan/run_shape.hpp"
#include "io/config/scenario.hpp"

namespace brink {

/// [bytes] that a run takes, by what for.
struct MemoryPlan {
    std::size_t program{0};     ///< the process itself and what its libraries hold
    std::size_t workspace{0};   ///< of the executor
    std::size_t columns{0};     ///< outcomes of the chunks in flight, and their summaries
    std::size_t histograms{0};  ///< bodies of the distributions
    std::size_t tails{0};       ///< exact tail values: what may go to disk
    std::size_t fans{0};
    std::size_t rows{0};      ///< outcomes kept per path
    std::size_t accounts{0};  ///< table of every account

    /// All but the tails.
    [[nodiscard]] std::size_t fixed() const
    {
        return program + workspace + columns + histograms + fans + rows + accounts;
    }
    [[nodiscard]] std::size_t total() const { return fixed() + tails; }
};

/// How a run goes about its work. Nothing in here but the chunk size changes a number.
struct Plan {
    RunShape shape;
    std::uint64_t chunk_paths{0};
    std::uint64_t num_chunks{0};
    std::uint64_t batch_chunks{1};  ///< in flight at a time
    MemoryPlan memory;
    std::size_t memory_available{no_limit};
    bool reduced{false};  ///< the executor summarises; columns never come here
    bool spills{false};   ///< tails live in nameless files of `spill_folder`
    std::filesystem::path spill_folder;
    double asset_steps{0};         ///< paths x accounts x assets x steps
    double estimated_seconds{0};   ///< on a CPU; NaN for other devices
    std::uint64_t depth_paths{0};  ///< run length that tails and rows are kept deep enough for
    std::uint64_t kept_rows{0};    ///< of the result
    std::size_t output_bytes{0};   ///< of the result file, before compression
    std::size_t sweep_points{0};   ///< that come after the base, each as long as it
    std::size_t scenarios{0};  ///< stress scenarios that come after the base, each as long as it
    int threads{1};            ///< of the CPU

    [[nodiscard]] std::uint64_t paths_in_chunk(std::uint64_t chunk_idx) const;
};

/// What the machine and the command line say about a run.
struct PlanRequest {
    int threads{1};
    int parallel_paths{1};           ///< paths that the executor advances at a time
    std::size_t workspace_bytes{0};  ///< of the executor
    bool on_cpu{true};
    bool reduces{false};            ///< the executor can hand over summaries in place of columns
    std::uint64_t batch_chunks{0};  ///< 0: chosen here
    std::uint64_t side_by_side{1};  ///< runs that share memory and disk
    std::filesystem::path spill_folder{"."};
    MemoryLimits limits;
};

/// Tails move to disk where a run would take more than this [bytes] otherwise.
inline constexpr std::size_t memory_before_spilling = std::size_t{3} << 29;

/// What runs may take: a tenth stays for what the system and other programs take meanwhile.
constexpr std::size_t usable_memory(std::size_t available)
{
    return available == no_limit ? no_limit : available / 10 * 9;
}

/// Tails move to disk where all runs side by side would take more than this [bytes], which may have
/// half of what there is: disk is slower than what they share. \param usable [bytes] for all of
/// them
constexpr std::size_t memory_of_runs(std::size_t usable, std::uint64_t side_by_side)
{
    std::size_t const share = side_by_side > 1 ? usable / 2 : 0;
    return std::min(usable, std::max(memory_before_spilling, share));
}

/// [s] per asset-step of one CPU thread, statistics included: the quickstart scenario on an AVX2
/// machine of 2023, rounded up. See docs/benchmarks.md for measurements.
inline constexpr double seconds_per_asset_step = 1e-8;

/// \throws MemoryUnavailable with what is needed and what there is
[[nodiscard]] Plan make_plan(Scenario const& scenario, RunShape const& shape,
                             PlanRequest const& request);

}  // namespace brink
