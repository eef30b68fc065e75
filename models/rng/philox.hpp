// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/words.hpp"
#include "models/rng/random_key.hpp"

/// \file
/// Philox4x32-10, the counter-based generator of J. K. Salmon et al., "Parallel random numbers: as
/// easy as 1, 2, 3" (SC 2011). Four words are a pure function of key and counter, so a number
/// depends on seed, path, step, stream and block only, never on who draws it or in what order.

BRINK_BEGIN_ISA

/// Four random words, or a counter.
template<class W>
struct PhiloxWords {
    W w0, w1, w2, w3;
};

inline constexpr std::uint32_t philox_factor0 = 0xD2511F53u;
inline constexpr std::uint32_t philox_factor1 = 0xCD9E8D57u;

/// Key of round r.
BRINK_FN RandomKey round_key(RandomKey key, std::uint32_t r)
{
    return {key.lo + r * 0x9E3779B9u, key.hi + r * 0xBB67AE85u};
}

/// One round, in place: four variables, since compilers keep a struct of packs in memory.
template<class W>
BRINK_FN void philox_round(W& c0, W& c1, W& c2, W& c3, RandomKey key)
{
    auto const first = multiply_words(c0, philox_factor0);
    auto const second = multiply_words(c2, philox_factor1);
    c0 = xor_three(second.high, c1, W(key.lo));
    c1 = second.low;
    c2 = xor_three(first.high, c3, W(key.hi));
    c3 = first.low;
}

/// The plain form: all ten rounds. (The low 32 bits of each lane of the result count.)
template<class W>
BRINK_FN PhiloxWords<W> philox_words(PhiloxWords<W> counter, RandomKey key)
{
    W c0 = counter.w0, c1 = counter.w1, c2 = counter.w2, c3 = counter.w3;
    BRINK_UNROLL(10)
    for (std::uint32_t r = 0; r < 10; ++r)
        philox_round(c0, c1, c2, c3, round_key(key, r));
    return {c0, c1, c2, c3};
}

/// Where on a path a draw stands; the same in all lanes.
struct DrawPosition {
    std::uint32_t step;   ///< < 2^24
    Stream stream;        ///< which sequence
    std::uint32_t block;  ///< < 2^16; word j of block b belongs to factor 4 b + j
};

/// Counter word 0: step in the low 24 bits, low byte of the block above.
BRINK_FN std::uint32_t counter_word0(DrawPosition at)
{
    return at.step | (at.block & 255u) << 24;
}
/// Counter word 3: bits 32-47 of the path id, stream, high byte of the block.
BRINK_FN std::uint32_t counter_word3(DrawPosition at, std::uint32_t path_high)
{
    return path_high | static_cast<std::uint32_t>(at.stream) << 16 | (at.block >> 8) << 24;
}

/// Ten rounds of which two are taken out of the loop over steps. Counter words 1 and 2 belong to
/// the path and words 0 and 3 are the same in all lanes, so each multiplication of the first two
/// rounds depends either on the path only (done once) or on the position only (scalar).
struct HoistedPhilox {
    /// What depends on the path: three of the words after two rounds, up to an xor.
    template<class W>
    struct PathPart {
        W low, high2, low2;
    };

    /// \param path low 32 bits of the path ids
    template<class W>
    static BRINK_FN PathPart<W> path_part(W path, std::uint32_t replicate, RandomKey key)
    {
        auto const first = multiply_words(path, philox_factor1);
        auto const second =
            multiply_words(xor_three(first.high, W(replicate), W(key.lo)), philox_factor0);
        return {first.low, second.high, second.low};
    }

    /// Four words per lane, as bits of F.
    template<class F>
    static BRINK_FN PhiloxWords<bits_t<F>> words(PathPart<words_t<F>> const& path,
                                                 std::uint32_t word0, std::uint32_t word3,
                                                 RandomKey key)
    {
        using W = words_t<F>;
        RandomKey const key1 = round_key(key, 1);
        auto const first = multiply_words(word0, philox_factor0);
        auto const second = multiply_words(first.high ^ word3 ^ key.hi, philox_factor1);
        W c0 = path.low ^ W(second.high ^ key1.lo), c1 = W(second.low);
        W c2 = path.high2 ^ W(first.low ^ key1.hi), c3 = path.low2;
        BRINK_UNROLL(7)
        for (std::uint32_t r = 2; r < 9; ++r)
            philox_round(c0, c1, c2, c3, round_key(key, r));
        return last_round<F>(c0, c1, c2, c3, round_key(key, 9));
    }

  private:
    /// The last round makes bits: its xors are done after the halves of a pack are joined.
    template<class F>
    static BRINK_FN PhiloxWords<bits_t<F>> last_round(words_t<F> c0, words_t<F> c1, words_t<F> c2,
                                                      words_t<F> c3, RandomKey key)
    {
        using L = WordLanes<F>;
        auto const first = multiply_words(c0, philox_factor0);
        auto const second = multiply_words(c2, philox_factor1);
        return {xor_three(L::high_as_bits(second), L::as_bits(c1), bits_t<F>(key.lo)),
                L::as_bits(second.low),
                xor_three(L::high_as_bits(first), L::as_bits(c3), bits_t<F>(key.hi)),
                L::as_bits(first.low)};
    }
};

/// The random words of `num_lanes<F>` consecutive paths: `random.words(position)`.
/// \tparam Rounds how the ten rounds are computed: `path_part` and `words` as in HoistedPhilox, or
/// any class with these two that gives the same words.
template<class F, class Rounds = HoistedPhilox>
class PathRandom {
    using Words = words_t<F>;
    using PathPart = decltype(Rounds::path_part(Words{}, 0u, RandomKey{}));

    RandomKey key_;
    std::uint32_t path_high_;
    PathPart path_part_;

  public:
    /// \param first_path id of lane 0, < 2^48; lane l has first_path + l. The lanes must not cross
    /// a multiple of 2^32, which holds where first_path is a multiple of the number of lanes.
    /// \param replicate number of the scramble or repetition
    BRINK_FN PathRandom(RandomKey key, std::uint64_t first_path, std::uint32_t replicate = 0)
        : key_{key},
          path_high_{static_cast<std::uint32_t>(first_path >> 32)},
          path_part_{Rounds::path_part(
              WordLanes<F>::counting_from(static_cast<std::uint32_t>(first_path)), replicate, key)}
    {}

    /// \param path_low low 32 bits of the path ids, lane by lane; the others are those of
    /// `first_path`
    BRINK_FN PathRandom(RandomKey key, std::uint64_t first_path, std::uint32_t const* path_low,
                        std::uint32_t replicate)
        : key_{key},
          path_high_{static_cast<std::uint32_t>(first_path >> 32)},
          path_part_{Rounds::path_part(WordLanes<F>::from(path_low), replicate, key)}
    {}

    /// Four words per lane, each as bits of F with the high half clear where F is double.
    BRINK_FN PhiloxWords<bits_t<F>> words(DrawPosition at) const
    {
        return Rounds::template words<F>(path_part_, counter_word0(at),
                                         counter_word3(at, path_high_), key_);
    }
};

/// Word j of four.
template<class U>
BRINK_FN U pick_word(PhiloxWords<U> const& words, std::int32_t j)
{
    return j == 0 ? words.w0 : j == 1 ? words.w1 : j == 2 ? words.w2 : words.w3;
}

BRINK_END_ISA
