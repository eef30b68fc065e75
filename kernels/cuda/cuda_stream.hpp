// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "kernels/cuda/cuda_check.hpp"

namespace brink {

/// Owner of a stream of the device that was current at construction. Never the default stream: what
/// is queued on it waits for nothing else.
class CudaStream {
    cudaStream_t stream_{nullptr};

  public:
    CudaStream() { BRINK_CUDA_CHECK(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking)); }
    ~CudaStream()
    {
        if (stream_ != nullptr)
            static_cast<void>(cudaStreamDestroy(stream_));
    }
    CudaStream(CudaStream&& other) noexcept : stream_{std::exchange(other.stream_, nullptr)} {}
    CudaStream& operator=(CudaStream&&) = delete;

    cudaStream_t get() const { return stream_; }
    /// Wait on the host until all that was queued is done.
    void synchronize() const { BRINK_CUDA_CHECK(cudaStreamSynchronize(stream_)); }
};

}  // namespace brink
