// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "host/run/progress.hpp"
#include "host/run/side_by_side.hpp"
#include "host/sweep/sweep_points_check.hpp"
#include "io/results/result.hpp"

namespace brink {

/// What a sweep has come to.
struct SweepRun {
    SweepResult result;
    bool is_complete{true};  ///< false: stopped; points that were not run are empty
};

/// Where a sweep goes on from, and what becomes of its points as they are done.
struct SweepKeeping {
    SweepResult done;                              ///< of an earlier process; without points: none
    std::function<void(SweepResult const&)> keep;  ///< called when more points are done
    double seconds{60};  ///< of work between two calls at most, where points are as short as that
};

/// Run the base of the differences, then the points: those of one market together where the engines
/// can, as many at a time as memory holds, on the random numbers of the base. Every point is what a
/// single run of it gives, bit for bit. Points that are the same scenario are run once.
/// \param input the scenario with the sweep
/// \param sweep its points, checked
/// \param shard of which share of the points; the others stay empty, and where there is none the
/// base is not run either
/// \throws MemoryUnavailable, std::system_error, std::bad_alloc; std::runtime_error where files of
/// the scenario have changed since they were checked
[[nodiscard]] SweepRun run_sweep(ReadResult const& input, CheckedSweep const& sweep,
                                 ScenarioRunner const& runner, ProgressOutput* progress,
                                 SweepKeeping keeping = {}, Shard shard = {});

}  // namespace brink
