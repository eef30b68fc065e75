// SPDX-License-Identifier: Apache-2.0
#include "tests/parity/philox_device.hpp"

#include <gtest/gtest.h>

#include <random>

#include "kernels/executor.hpp"

namespace brink {
namespace {

std::vector<test::PhiloxDraw> random_draws(int count)
{
    std::mt19937_64 generator(5);
    std::vector<test::PhiloxDraw> draws;
    for (int i = 0; i < count; ++i) {
        std::uint64_t const seed = generator(), path = generator() >> 16, other = generator();
        draws.push_back({{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
                         path,
                         static_cast<std::uint32_t>(other >> 40),
                         {static_cast<std::uint32_t>(other) & 0xffffffU, Stream::diffusion,
                          static_cast<std::uint32_t>(generator()) & 0xffffU}});
    }
    return draws;
}

TEST(PhiloxOnDevice, GivesTheWordsOfTheHostAndOfCurand)
{
    if (cuda_devices().empty())
        GTEST_SKIP() << "no GPU: " << cuda_status();
    std::vector<test::PhiloxDraw> const draws = random_draws(100'003);

    test::DeviceWords const device = test::philox_on_device(draws);

    for (std::size_t i = 0; i < draws.size(); ++i) {
        auto const w =
            PathRandom<float>{draws[i].key, draws[i].path, draws[i].replicate}.words(draws[i].at);
        ASSERT_EQ(device.ours[i], (test::FourWords{w.w0, w.w1, w.w2, w.w3})) << i;
        ASSERT_EQ(device.curand[i], device.ours[i]) << i;
    }
}

}  // namespace
}  // namespace brink
