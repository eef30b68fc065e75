// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "kernels/cuda/cuda_stream.hpp"
#include "kernels/cuda/device_engine.hpp"
#include "kernels/cuda/device_memory.hpp"
#include "kernels/executor.hpp"

namespace brink {

/// Runs chunks on one device. All memory but the sinks is taken at construction. Not for two host
/// threads at once.
template<class T>
class DeviceRunner {
    int device_;
    std::string name_;
    ProgramInput<T> input_;
    DeviceEngine<T> engine_;
    int num_blocks_{0};
    CudaStream stream_;
    DeviceArray<std::byte> tables_;
    DeviceArray<std::byte> scratch_;
    DeviceArray<PathSpan> spans_;
    PathBatch<T> batch_;

  public:
    /// \throws DeviceUnavailable where the device lacks memory or this build has no code for it
    DeviceRunner(ProgramInput<T> const& input, int device);

    std::string const& name() const { return name_; }
    /// Paths that advance at the same time.
    int num_threads() const { return num_blocks_ * threads_per_block; }
    std::size_t host_bytes() const { return 0; }

    /// Returns when the chunks are done and their outcomes are in the callers' sinks.
    void run(std::span<ChunkJob const> workload);

  private:
    void run_chunk(ChunkJob const& job);
};

}  // namespace brink
