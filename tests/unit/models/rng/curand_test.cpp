// SPDX-License-Identifier: Apache-2.0
// cuRAND's generator as its header compiles for the host: the words that its device code makes.
#include <cuda_runtime_api.h>
#include <gtest/gtest.h>
#include <vector_functions.h>

#define QUALIFIERS static inline
#include <curand_philox4x32_x.h>

#include <random>

#include "models/rng/philox.hpp"

namespace brink {
namespace {

/// What a kernel may pass as the rounds of PathRandom.
struct CurandRounds {
    template<class W>
    struct PathPart {
        W path, replicate;
    };
    template<class W>
    static PathPart<W> path_part(W path, std::uint32_t replicate, RandomKey)
    {
        return {path, replicate};
    }
    template<class F>
    static PhiloxWords<bits_t<F>> words(PathPart<words_t<F>> const& path, std::uint32_t word0,
                                        std::uint32_t word3, RandomKey key)
    {
        uint4 const w = curand_Philox4x32_10(make_uint4(word0, path.replicate, path.path, word3),
                                             make_uint2(key.lo, key.hi));
        return {w.x, w.y, w.z, w.w};
    }
};

TEST(Philox, AgreesWithCurand)
{
    std::mt19937_64 generator(3);
    for (int i = 0; i < 100'000; ++i) {
        std::uint64_t const seed = generator(), path = generator() >> 16, other = generator();
        RandomKey const key{static_cast<std::uint32_t>(seed),
                            static_cast<std::uint32_t>(seed >> 32)};
        auto const replicate = static_cast<std::uint32_t>(other >> 40);
        DrawPosition const at{static_cast<std::uint32_t>(other) & 0xffffffu, Stream::diffusion,
                              static_cast<std::uint32_t>(generator()) & 0xffffu};

        auto const ours = PathRandom<float>(key, path, replicate).words(at);
        auto const theirs = PathRandom<float, CurandRounds>(key, path, replicate).words(at);

        ASSERT_EQ(ours.w0, theirs.w0);
        ASSERT_EQ(ours.w1, theirs.w1);
        ASSERT_EQ(ours.w2, theirs.w2);
        ASSERT_EQ(ours.w3, theirs.w3);
    }
}

}  // namespace
}  // namespace brink
