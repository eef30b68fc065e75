// SPDX-License-Identifier: Apache-2.0
// The reference implementation as an oracle, alone in its file: its names clash with cuRAND's.
#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <random>

#include "models/rng/philox.hpp"

namespace brink {
namespace {

TEST(Philox, AgreesWithTheReferenceImplementation)
{
    std::mt19937 generator(2);
    auto const word = [&] { return static_cast<std::uint32_t>(generator()); };
    r123::Philox4x32 const reference;
    for (int i = 0; i < 100'000; ++i) {
        r123::Philox4x32::ctr_type const counter = {{word(), word(), word(), word()}};
        r123::Philox4x32::key_type const key = {{word(), word()}};

        auto const words = philox_words<std::uint32_t>(
            {counter[0], counter[1], counter[2], counter[3]}, {key[0], key[1]});

        auto const expected = reference(counter, key);
        ASSERT_EQ(words.w0, expected[0]);
        ASSERT_EQ(words.w1, expected[1]);
        ASSERT_EQ(words.w2, expected[2]);
        ASSERT_EQ(words.w3, expected[3]);
    }
}

}  // namespace
}  // namespace brink
