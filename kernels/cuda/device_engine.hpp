// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "kernels/cuda/cuda_check.hpp"
#include "kernels/cuda/path_batch.hpp"
#include "models/market/narrow_market.hpp"

namespace brink {

/// How many threads of a kernel a device keeps in flight, and what each costs.
struct Residency {
    int blocks_per_multiprocessor{0};
    int registers{0};
    int local_bytes{0};  ///< per thread: stack and spills
};

/// The path program for one asset count on the device.
template<class T>
struct DeviceEngine {
    int num_assets;
    /// Queue the batch on `stream` of the current device with `num_blocks` blocks of
    /// `threads_per_block`; returns at once. The workspace must hold all those threads.
    void (*launch)(PathBatch<T> const& batch, WideMarket const& market, int num_blocks,
                   cudaStream_t stream);
    /// Of the current device.
    Residency (*residency)(SharedPlan const& shared);
};

/// Engines of this build, ascending by asset count.
template<class T>
std::span<DeviceEngine<T> const> device_engines();

/// Defined once per asset count, each in a translation unit of its own.
template<class T, int N>
DeviceEngine<T> device_engine();

}  // namespace brink
