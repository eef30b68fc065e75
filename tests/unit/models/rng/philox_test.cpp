// SPDX-License-Identifier: Apache-2.0
#include "models/rng/philox.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include "models/rng/uniform.hpp"

namespace brink {
namespace {

using Words = PhiloxWords<std::uint32_t>;

void expect_equal(Words const& actual, Words const& expected)
{
    EXPECT_EQ(actual.w0, expected.w0);
    EXPECT_EQ(actual.w1, expected.w1);
    EXPECT_EQ(actual.w2, expected.w2);
    EXPECT_EQ(actual.w3, expected.w3);
}

TEST(Philox, GivesTheKnownAnswers)
{
    std::ifstream file(BRINK_SOURCE_DIR "/tests/unit/models/rng/known_answers.txt");
    int num_answers = 0;

    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#')
            continue;
        std::istringstream row(line);
        row >> std::hex;
        Words counter{}, expected{};
        RandomKey key{};
        row >> counter.w0 >> counter.w1 >> counter.w2 >> counter.w3 >> key.lo >> key.hi
            >> expected.w0 >> expected.w1 >> expected.w2 >> expected.w3;
        ASSERT_TRUE(row) << line;
        SCOPED_TRACE(line);
        expect_equal(philox_words(counter, key), expected);
        ++num_answers;
    }

    EXPECT_EQ(num_answers, 15);
}

TEST(Philox, HoistedRoundsGiveTheWordsOfThePlainOnes)
{
    std::mt19937_64 generator(1);
    for (int i = 0; i < 20'000; ++i) {
        std::uint64_t const seed = generator(), path = generator() >> 16, other = generator();
        RandomKey const key{static_cast<std::uint32_t>(seed),
                            static_cast<std::uint32_t>(seed >> 32)};
        auto const replicate = static_cast<std::uint32_t>(other >> 32);
        DrawPosition const at{static_cast<std::uint32_t>(other) & 0xffffffu,
                              static_cast<Stream>(other >> 24 & 255u),
                              static_cast<std::uint32_t>(generator()) & 0xffffu};

        Words const hoisted = PathRandom<float>(key, path, replicate).words(at);

        Words const counter{counter_word0(at), replicate, static_cast<std::uint32_t>(path),
                            counter_word3(at, static_cast<std::uint32_t>(path >> 32))};
        expect_equal(hoisted, philox_words(counter, key));
    }
}

TEST(Philox, CounterHoldsStepBlockPathAndStreamInTheirPlaces)
{
    DrawPosition const at{0x00abcdef, Stream::jumps, 0x1234};

    EXPECT_EQ(counter_word0(at), 0x34abcdefu);
    EXPECT_EQ(counter_word3(at, 0x5678), 0x12025678u);
}

TEST(Philox, DoublesGetTheSameWordsWithTheUpperHalfClear)
{
    RandomKey const key{3, 4};
    DrawPosition const at{17, Stream::diffusion, 1};

    auto const single = PathRandom<float>(key, 99).words(at);
    auto const wide = PathRandom<double>(key, 99).words(at);

    EXPECT_EQ(wide.w0, std::uint64_t{single.w0});
    EXPECT_EQ(wide.w1, std::uint64_t{single.w1});
    EXPECT_EQ(wide.w2, std::uint64_t{single.w2});
    EXPECT_EQ(wide.w3, std::uint64_t{single.w3});
}

/// The ten rounds without hoisting, as another implementation of the rounds would be passed.
struct PlainRounds {
    template<class W>
    struct PathPart {
        W path, replicate;
    };
    template<class W>
    static PathPart<W> path_part(W path, std::uint32_t replicate, RandomKey)
    {
        return {path, W(replicate)};
    }
    template<class F>
    static PhiloxWords<bits_t<F>> words(PathPart<words_t<F>> const& path, std::uint32_t word0,
                                        std::uint32_t word3, RandomKey key)
    {
        return philox_words<std::uint32_t>({word0, path.replicate, path.path, word3}, key);
    }
};

TEST(Philox, TakesOtherRoundsAsATemplateArgument)
{
    DrawPosition const at{5, Stream::response, 7};

    expect_equal(PathRandom<float, PlainRounds>({1, 2}, 0x123456789abc, 9).words(at),
                 PathRandom<float>({1, 2}, 0x123456789abc, 9).words(at));
}

TEST(Uniform, IsTheMiddleOfItsCell)
{
    EXPECT_EQ(uniform01(0), 0x1p-33);
    EXPECT_EQ(uniform01(0x80000000u), 0.5 + 0x1p-33);
    EXPECT_EQ(uniform01(0xffffffffu), 1.0 - 0x1p-33);
}

}  // namespace
}  // namespace brink
