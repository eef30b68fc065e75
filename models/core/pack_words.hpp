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

/// Even and odd lanes apart, each word in a 64-bit lane: random words of `Pack<float>`. They are
/// woven together once, after the last round.
struct SplitWords {
    WideWords even, odd;

    SplitWords() = default;
    BRINK_FN SplitWords(WideWords even_lanes, WideWords odd_lanes)
        : even(even_lanes), odd(odd_lanes)
    {}
    BRINK_FN explicit SplitWords(std::uint32_t word) : even(word), odd(word) {}
    friend BRINK_FN SplitWords operator^(SplitWords a, SplitWords b)
    {
        return {a.even ^ b.even, a.odd ^ b.odd};
    }
    friend BRINK_FN SplitWords xor_three(SplitWords a, SplitWords b, SplitWords c)
    {
        return {xor_three(a.even, b.even, c.even), xor_three(a.odd, b.odd, c.odd)};
    }
    friend BRINK_FN WideProduct<SplitWords> multiply_words(SplitWords a, std::uint32_t factor)
    {
        auto const even = multiply_words(a.even, factor);
        auto const odd = multiply_words(a.odd, factor);
        return {{even.high, odd.high}, {even.low, odd.low}};
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
        PackU64 const even = lane_numbers() + lane_numbers() + PackU64(std::uint64_t{first});
        return {WideWords(even), WideWords(even + PackU64(std::uint64_t{1}))};
    }
    static BRINK_FN PackU32 as_bits(SplitWords words)
    {
        return interleave_low_halves(words.even.lanes, words.odd.lanes);
    }
};
template<>
struct WordLanes<PackF64> {
    static BRINK_FN WideWords counting_from(std::uint32_t first)
    {
        return WideWords(lane_numbers() + PackU64(std::uint64_t{first}));
    }
    static BRINK_FN PackU64 as_bits(WideWords words)
    {
        return words.lanes & PackU64(std::uint64_t{0xffffffffu});
    }
};

template<>
struct NarrowLoader<PackF64> {
    static BRINK_FN PackF64 load(double const* values) { return brink::load<PackF64>(values); }
};

BRINK_END_ISA
