// SPDX-License-Identifier: Apache-2.0
#include <curand_philox4x32_x.h>

#include "kernels/cuda/device_memory.hpp"
#include "tests/parity/philox_device.hpp"

namespace brink::test {

__global__ void draw_kernel(PhiloxDraw const* draws, int count, uint4* ours, uint4* curand)
{
    int const i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
    if (i >= count)
        return;
    PhiloxDraw const d = draws[i];
    auto const w = PathRandom<float>{d.key, d.path, d.replicate}.words(d.at);
    ours[i] = make_uint4(w.w0, w.w1, w.w2, w.w3);
    uint4 const counter =
        make_uint4(counter_word0(d.at), d.replicate, static_cast<std::uint32_t>(d.path),
                   counter_word3(d.at, static_cast<std::uint32_t>(d.path >> 32)));
    curand[i] = curand_Philox4x32_10(counter, make_uint2(d.key.lo, d.key.hi));
}

namespace {

std::vector<FourWords> fetch(DeviceArray<uint4> const& words)
{
    std::vector<FourWords> host(words.size());
    BRINK_CUDA_CHECK(cudaMemcpy(host.data(), words.data(), words.bytes(), cudaMemcpyDeviceToHost));
    return host;
}

}  // namespace

DeviceWords philox_on_device(std::vector<PhiloxDraw> const& draws)
{
    DeviceArray<PhiloxDraw> in{draws.size()};
    DeviceArray<uint4> ours{draws.size()}, curand{draws.size()};
    BRINK_CUDA_CHECK(cudaMemcpy(in.data(), draws.data(), in.bytes(), cudaMemcpyHostToDevice));
    auto const count = static_cast<int>(draws.size());
    draw_kernel<<<(count + 127) / 128, 128>>>(in.data(), count, ours.data(), curand.data());
    BRINK_CUDA_CHECK(cudaGetLastError());
    return {fetch(ours), fetch(curand)};
}

}  // namespace brink::test
