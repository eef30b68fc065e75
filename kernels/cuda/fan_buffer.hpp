// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/batch_plan.hpp"
#include "kernels/cuda/cuda_stream.hpp"
#include "kernels/cuda/device_memory.hpp"

namespace brink {

/// The health fan on the device, shape [fan times][fan paths] as in the host's sink. Its memory is
/// taken with the first batch that records one, since only the first path ids of a run do.
class FanBuffer {
    DeviceArray<float> values_;
    std::int64_t times_;
    std::int64_t paths_{0};

  public:
    explicit FanBuffer(std::int32_t times) : times_{times} {}

    /// Let the kernel record into `sink` where a piece of the batch wants it.
    void attach(PieceBatch const& batch, OutcomeSink& sink);
    /// Queue the copies of what the batch recorded; the host's memory may be pageable.
    void queue_copy(PieceBatch const& batch, CudaStream const& stream) const;
};

}  // namespace brink
