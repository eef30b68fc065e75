// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/pack.hpp"
#include "models/core/words.hpp"

BRINK_BEGIN_ISA

/// One word in each 64-bit lane: random words of `Pack<double>`.
struct WideWords {
    PackU64 lanes;

    WideWords() = default;
    BRINK_FN explicit WideWords(PackU64 values) : lanes(values) {}
    BRINK_FN explicit WideWords(std::uint32_t word) : lanes(std::uint64_t{word}) {}
    friend BRINK_FN WideWords operator^(WideWords a, WideWords b)
    {
        return WideWords(a.lanes ^ b.lanes);
    }
    friend BRINK_FN WideWords xor_three(WideWords a, WideWords b, WideWords c)
    {
        return WideWords(xor_three(a.lanes, b.lanes, c.lanes));
    }
    friend BRINK_FN WideProduct<WideWords> multiply_words(WideWords a, std::uint32_t factor)
    {
        PackU64 const product = multiply_low_halves(a.lanes, PackU64(std::uint64_t{factor}));
        return {WideWords(product >> 32), WideWords(product)};
    }
};

/// Each word in a 64-bit lane, of every four words the first two in `front` and the last two in
/// `back`: random words of `Pack<float>`. They are joined once, in the last round.
struct SplitWords {
    WideWords front, back;

    SplitWords() = default;
    BRINK_FN SplitWords(WideWords first, WideWords second) : front(first), back(second) {}
    BRINK_FN explicit SplitWords(std::uint32_t word) : front(word), back(word) {}
    friend BRINK_FN SplitWords operator^(SplitWords a, SplitWords b)
    {
        return {a.front ^ b.front, a.back ^ b.back};
    }
    friend BRINK_FN SplitWords xor_three(SplitWords a, SplitWords b, SplitWords c)
    {
        return {xor_three(a.front, b.front, c.front), xor_three(a.back, b.back, c.back)};
    }
    friend BRINK_FN WideProduct<SplitWords> multiply_words(SplitWords a, std::uint32_t factor)
    {
        auto const front = multiply_words(a.front, factor);
        auto const back = multiply_words(a.back, factor);
        return {{front.high, back.high}, {front.low, back.low}};
    }
};

/// 0, 1, 2, ... in 64-bit lanes.
BRINK_FN PackU64 lane_numbers()
{
    PackU64::Lanes numbers;
    for (int l = 0; l < pack_bytes / 8; ++l)
        numbers[l] = static_cast<std::uint64_t>(l);
    return PackU64(numbers);
}

template<>
struct NumberTraits<PackF32> {
    using value = float;
    using bits = PackU32;
    using words = SplitWords;
    using mask = Mask<4>;
    static constexpr int lanes = pack_bytes / 4;
};
template<>
struct NumberTraits<PackF64> {
    using value = double;
    using bits = PackU64;
    using words = WideWords;
    using mask = Mask<8>;
    static constexpr int lanes = pack_bytes / 8;
};

template<>
struct WordLanes<PackF32> {
    static BRINK_FN SplitWords counting_from(std::uint32_t first)
    {
        // 0 1 4 5 ... and 2 3 6 7 ...
        PackU64 const numbers = lane_numbers();
        PackU64 const front = numbers + (numbers >> 1 << 1) + PackU64(std::uint64_t{first});
        return {WideWords(front), WideWords(front + PackU64(std::uint64_t{2}))};
    }
    static BRINK_FN SplitWords from(std::uint32_t const* words)
    {
        PackU64::Lanes front, back;
        for (int l = 0; l < pack_bytes / 8; ++l) {
            front[l] = words[l + l / 2 * 2];
            back[l] = words[l + l / 2 * 2 + 2];
        }
        return {WideWords(PackU64(front)), WideWords(PackU64(back))};
    }
    static BRINK_FN PackU32 as_bits(SplitWords words)
    {
        return join_halves<0>(words.front.lanes, words.back.lanes);
    }
    static BRINK_FN PackU32 high_as_bits(WideProduct<SplitWords> product)
    {
        return join_halves<1>(product.low.front.lanes, product.low.back.lanes);
    }
};
template<>
struct WordLanes<PackF64> {
    static BRINK_FN WideWords counting_from(std::uint32_t first)
    {
        return WideWords(lane_numbers() + PackU64(std::uint64_t{first}));
    }
    static BRINK_FN WideWords from(std::uint32_t const* words)
    {
        PackU64::Lanes lanes;
        for (int l = 0; l < pack_bytes / 8; ++l)
            lanes[l] = words[l];
        return WideWords(PackU64(lanes));
    }
    static BRINK_FN PackU64 as_bits(WideWords words)
    {
        return words.lanes & PackU64(std::uint64_t{0xffffffffu});
    }
    static BRINK_FN PackU64 high_as_bits(WideProduct<WideWords> product)
    {
        return product.high.lanes;
    }
};

template<>
struct NarrowLoader<PackF64> {
    static BRINK_FN PackF64 load(double const* values) { return brink::load<PackF64>(values); }
};

BRINK_END_ISA
