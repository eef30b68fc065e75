// SPDX-License-Identifier: Apache-2.0
#include "brink/asset_counts.hpp"
#include "kernels/cuda/device_engine.hpp"
#include "kernels/executor.hpp"

namespace brink {

#define X(n)                                       \
    template<>                                     \
    DeviceEngine<float> device_engine<float, n>(); \
    template<>                                     \
    DeviceEngine<double> device_engine<double, n>();
BRINK_FOR_EACH_CUDA_ASSET_COUNT(X)
#undef X

template<>
std::span<DeviceEngine<float> const> device_engines<float>()
{
#define X(n) device_engine<float, n>(),
    static DeviceEngine<float> const engines[] = {BRINK_FOR_EACH_CUDA_ASSET_COUNT(X)};
#undef X
    return engines;
}

template<>
std::span<DeviceEngine<double> const> device_engines<double>()
{
#define X(n) device_engine<double, n>(),
    static DeviceEngine<double> const engines[] = {BRINK_FOR_EACH_CUDA_ASSET_COUNT(X)};
#undef X
    return engines;
}

std::vector<int> cuda_asset_counts()
{
    std::vector<int> counts;
    for (DeviceEngine<float> const& engine : device_engines<float>())
        counts.push_back(engine.num_assets);
    return counts;
}

}  // namespace brink
