// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "kernels/cuda/cuda_check.hpp"

namespace brink {

/// Owner of an event of the device that was current at construction; measures no time.
class CudaEvent {
    cudaEvent_t event_{nullptr};

  public:
    CudaEvent() { BRINK_CUDA_CHECK(cudaEventCreateWithFlags(&event_, cudaEventDisableTiming)); }
    ~CudaEvent()
    {
        if (event_ != nullptr)
            static_cast<void>(cudaEventDestroy(event_));
    }
    CudaEvent(CudaEvent&& other) noexcept : event_{std::exchange(other.event_, nullptr)} {}
    CudaEvent& operator=(CudaEvent&&) = delete;

    cudaEvent_t get() const { return event_; }
    /// Wait on the host until what was queued before the event is done.
    void synchronize() const { BRINK_CUDA_CHECK(cudaEventSynchronize(event_)); }
};

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
    void record(CudaEvent const& event) const
    {
        BRINK_CUDA_CHECK(cudaEventRecord(event.get(), stream_));
    }
    /// What is queued from now on waits for the event; the host does not.
    void wait_for(CudaEvent const& event) const
    {
        BRINK_CUDA_CHECK(cudaStreamWaitEvent(stream_, event.get(), 0));
    }
    /// Wait on the host until all that was queued is done.
    void synchronize() const { BRINK_CUDA_CHECK(cudaStreamSynchronize(stream_)); }
};

}  // namespace brink
