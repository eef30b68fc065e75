// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/cuda_check.hpp"

#include <stdexcept>
#include <string>

#include "kernels/executor.hpp"

namespace brink {

void throw_cuda_error(cudaError_t error, char const* call, char const* file, int line)
{
    std::string const text = std::string{file} + ":" + std::to_string(line) + ": " + call + ": "
                             + cudaGetErrorName(error) + " (" + cudaGetErrorString(error) + ")";
    switch (error) {
        case cudaErrorMemoryAllocation:
        case cudaErrorNoDevice:
        case cudaErrorInvalidDevice:
        case cudaErrorInsufficientDriver:
        case cudaErrorDevicesUnavailable:
        case cudaErrorDeviceUninitialized:
        case cudaErrorNoKernelImageForDevice:
        case cudaErrorUnsupportedPtxVersion:
            throw DeviceUnavailable(text);
        default:
            throw std::runtime_error(text);
    }
}

}  // namespace brink
