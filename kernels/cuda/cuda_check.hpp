// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

/// Every call of the CUDA runtime stands in this macro: it throws where the call failed, naming
/// file, line, the call and CUDA's own name of the error. After a launch:
/// BRINK_CUDA_CHECK(cudaGetLastError()).
#define BRINK_CUDA_CHECK(call) ::brink::check_cuda((call), #call, __FILE__, __LINE__)

namespace brink {

/// \throws DeviceUnavailable where the device, its memory or code for it is missing;
///   std::runtime_error for anything else
[[noreturn]] void throw_cuda_error(cudaError_t error, char const* call, char const* file, int line);

inline void check_cuda(cudaError_t error, char const* call, char const* file, int line)
{
    if (error != cudaSuccess) [[unlikely]]
        throw_cuda_error(error, call, file, line);
}

}  // namespace brink
