// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tests/bench/core_workload.hpp"

namespace brink::bench {

/// One launch of the `core` case on the current device, one path per thread.
template<class T>
struct CoreDeviceRun {
    double seconds;                  ///< of the kernel, by CUDA events
    int registers;                   ///< of a thread
    int local_bytes;                 ///< of a thread: 0 = nothing spilled
    int threads_per_multiprocessor;  ///< in flight
    std::vector<T> loss;             ///< [USD] of the first core_num_paths paths
    std::vector<T> steps_survived;
};

/// \param num_paths a multiple of 128, at least core_num_paths
/// \throws DeviceUnavailable
template<class T>
CoreDeviceRun<T> run_core_on_device(CoreWorkload<T> const& workload, int num_paths);

}  // namespace brink::bench
