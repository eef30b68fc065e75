// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/batch_plan.hpp"
#include "kernels/cuda/cuda_stream.hpp"
#include "kernels/cuda/device_memory.hpp"

namespace brink {

/// One member of the host's sink, the fan of the book or those of the accounts, on the device,
/// shape [rows][fan paths]. Its memory is taken with the first batch that records one, since only
/// the first path ids of a run do.
class FanBuffer {
    FanSink OutcomeSink::*fan_;
    DeviceArray<float> values_;
    std::int64_t rows_;
    std::int64_t paths_{0};

  public:
    /// \param rows fan times, times accounts where `fan` holds several
    FanBuffer(FanSink OutcomeSink::*fan, std::int64_t rows) : fan_{fan}, rows_{rows} {}

    /// Let the kernel record into `sink` where a piece of the batch wants it.
    void attach(PieceBatch const& batch, OutcomeSink& sink);
    /// Queue the copies of what the batch recorded; the host's memory may be pageable.
    void queue_copy(PieceBatch const& batch, CudaStream const& stream) const;
};

}  // namespace brink
