// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/cuda_check.hpp"
#include "kernels/executor.hpp"

namespace brink {

namespace {

/// What cudaGetDeviceCount said; the count is left as it was where there was an error.
struct DeviceCount {
    cudaError_t error;
    int count;
};

DeviceCount count_devices()
{
    int count = 0;
    cudaError_t const error = cudaGetDeviceCount(&count);
    static_cast<void>(cudaGetLastError());  // the runtime keeps it; a later check must not see it
    return {error, error == cudaSuccess ? count : 0};
}

}  // namespace

std::vector<CudaDevice> cuda_devices()
{
    std::vector<CudaDevice> devices;
    for (int idx = 0; idx < count_devices().count; ++idx) {
        cudaDeviceProp properties{};
        if (cudaGetDeviceProperties(&properties, idx) != cudaSuccess) {
            static_cast<void>(cudaGetLastError());
            continue;
        }
        devices.push_back(
            {idx, properties.name, properties.totalGlobalMem,
             std::to_string(properties.major) + "." + std::to_string(properties.minor)});
    }
    return devices;
}

std::string cuda_status()
{
    auto const [error, count] = count_devices();
    if (count > 0)
        return {};
    int driver = 0;
    if (error == cudaErrorInsufficientDriver && cudaDriverGetVersion(&driver) == cudaSuccess
        && driver == 0)
        return "no NVIDIA driver is installed on this machine";
    if (error == cudaSuccess || error == cudaErrorNoDevice)
        return "no GPU was found on this machine";
    return std::string{"no GPU can be used: "} + cudaGetErrorName(error) + " ("
           + cudaGetErrorString(error) + ")";
}

}  // namespace brink
