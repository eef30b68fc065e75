// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "models/rng/philox.hpp"
#include "tests/unit/models/probe_suite.hpp"

namespace brink::testing {
namespace {

class RandomLanes : public LanesOfIsa {};

TEST_P(RandomLanes, EachLaneDrawsTheWordsOfItsPath)
{
    RandomKey const key{0xdeadbeef, 0x01234567};
    std::uint64_t const first_paths[] = {0, 4096, 0xffffffe0u, 0x7fff00000040u};

    for_each_table([&](auto const& table, auto) {
        for (std::uint64_t first : first_paths)
            for (std::uint32_t step : {0u, 1u, 0xffffffu})
                for (std::uint32_t block : {0u, 1u, 300u}) {
                    std::vector<std::uint32_t> words(4 * static_cast<std::size_t>(table.lanes));
                    table.draw_words(key, first, nullptr, 77, step, Stream::regime, block,
                                     words.data());
                    for (int l = 0; l < table.lanes; ++l) {
                        PathRandom<float> const random(key, first + static_cast<unsigned>(l), 77);
                        auto const expected = random.words({step, Stream::regime, block});
                        auto const* const lane = words.data() + 4 * l;
                        ASSERT_EQ(lane[0], expected.w0) << "lane " << l;
                        ASSERT_EQ(lane[1], expected.w1) << "lane " << l;
                        ASSERT_EQ(lane[2], expected.w2) << "lane " << l;
                        ASSERT_EQ(lane[3], expected.w3) << "lane " << l;
                    }
                }
    });
}

TEST_P(RandomLanes, DrawTheWordsOfPathsThatAreListed)
{
    RandomKey const key{0xdeadbeef, 0x01234567};
    std::uint64_t const first = 0x7fff00000040u;

    for_each_table([&](auto const& table, auto) {
        std::vector<std::uint32_t> low, words(4 * static_cast<std::size_t>(table.lanes));
        for (int l = 0; l < table.lanes; ++l)
            low.push_back(static_cast<std::uint32_t>(first)
                          + static_cast<std::uint32_t>(l * l) % 61);
        table.draw_words(key, first, low.data(), 77, 12, Stream::carry, 3, words.data());
        for (std::size_t l = 0; l < low.size(); ++l) {
            PathRandom<float> const random(key, first >> 32 << 32 | low[l], 77);
            auto const expected = random.words({12, Stream::carry, 3});
            ASSERT_EQ(words[4 * l], expected.w0) << "lane " << l;
            ASSERT_EQ(words[4 * l + 1], expected.w1) << "lane " << l;
            ASSERT_EQ(words[4 * l + 2], expected.w2) << "lane " << l;
            ASSERT_EQ(words[4 * l + 3], expected.w3) << "lane " << l;
        }
    });
}

BRINK_FOR_EACH_ISA(RandomLanes);

}  // namespace
}  // namespace brink::testing
