// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/words.hpp"

/// \file
/// Two numbers that advance operation by operation: packs, to make the lanes of the hot functors,
/// or any number where two results are wanted at once. The processor then always finds a second,
/// independent chain. Program order matters: its window reaches neither from one pack's step to the
/// next pack's, nor past a polynomial to the next one.

BRINK_BEGIN_ISA

/// Mask of a twin.
template<class M>
struct TwinMask {
    M a, b;

    friend BRINK_FN TwinMask operator&(TwinMask x, TwinMask y) { return {x.a & y.a, x.b & y.b}; }
    friend BRINK_FN TwinMask operator|(TwinMask x, TwinMask y) { return {x.a | y.a, x.b | y.b}; }
    friend BRINK_FN TwinMask operator!(TwinMask x) { return {!x.a, !x.b}; }
    friend BRINK_FN bool any_lane(TwinMask x) { return any_lane(x.a | x.b); }
};
template<class M>
TwinMask(M, M) -> TwinMask<M>;

template<class M>
inline constexpr int mask_lanes<TwinMask<M>> = 2 * mask_lanes<M>;

template<class M>
BRINK_FN std::uint32_t lane_bits(TwinMask<M> x)
{
    return lane_bits(x.a) | lane_bits(x.b) << mask_lanes<M>;
}

/// Integer lanes of a twin.
template<class U>
struct TwinBits {
    U a, b;

    TwinBits() = default;
    BRINK_FN TwinBits(U low, U high) : a(low), b(high) {}
    template<class Integer>
    BRINK_FN explicit TwinBits(Integer value) : a(value), b(value)
    {}
    friend BRINK_FN TwinBits operator+(TwinBits x, TwinBits y) { return {x.a + y.a, x.b + y.b}; }
    friend BRINK_FN TwinBits operator-(TwinBits x, TwinBits y) { return {x.a - y.a, x.b - y.b}; }
    friend BRINK_FN TwinBits operator&(TwinBits x, TwinBits y) { return {x.a & y.a, x.b & y.b}; }
    friend BRINK_FN TwinBits operator|(TwinBits x, TwinBits y) { return {x.a | y.a, x.b | y.b}; }
    friend BRINK_FN TwinBits operator^(TwinBits x, TwinBits y) { return {x.a ^ y.a, x.b ^ y.b}; }
    friend BRINK_FN TwinBits operator<<(TwinBits x, int n) { return {x.a << n, x.b << n}; }
    friend BRINK_FN TwinBits operator>>(TwinBits x, int n) { return {x.a >> n, x.b >> n}; }
    friend BRINK_FN TwinBits shift_right_signed(TwinBits x, int n)
    {
        return {shift_right_signed(x.a, n), shift_right_signed(x.b, n)};
    }
    friend BRINK_FN TwinBits xor_masked(TwinBits x, TwinBits y, TwinBits mask)
    {
        return {xor_masked(x.a, y.a, mask.a), xor_masked(x.b, y.b, mask.b)};
    }
    friend BRINK_FN TwinBits xor_three(TwinBits x, TwinBits y, TwinBits z)
    {
        return {xor_three(x.a, y.a, z.a), xor_three(x.b, y.b, z.b)};
    }
    friend BRINK_FN auto is_odd(TwinBits x) { return TwinMask{is_odd(x.a), is_odd(x.b)}; }
};

/// Random words of a twin.
template<class W>
struct TwinWords {
    W a, b;

    TwinWords() = default;
    BRINK_FN TwinWords(W low, W high) : a(low), b(high) {}
    BRINK_FN explicit TwinWords(std::uint32_t word) : a(word), b(word) {}
    friend BRINK_FN TwinWords operator^(TwinWords x, TwinWords y) { return {x.a ^ y.a, x.b ^ y.b}; }
    friend BRINK_FN TwinWords xor_three(TwinWords x, TwinWords y, TwinWords z)
    {
        return {xor_three(x.a, y.a, z.a), xor_three(x.b, y.b, z.b)};
    }
    friend BRINK_FN WideProduct<TwinWords> multiply_words(TwinWords x, std::uint32_t factor)
    {
        auto const low = multiply_words(x.a, factor);
        auto const high = multiply_words(x.b, factor);
        return {{low.high, high.high}, {low.low, high.low}};
    }
};

/// Two numbers of type P; the lanes of `a` come before those of `b`.
template<class P>
struct Twin {
    P a, b;

    Twin() = default;
    BRINK_FN Twin(P low, P high) : a(low), b(high) {}
    BRINK_FN Twin(value_t<P> value) : a(value), b(value) {}

    friend BRINK_FN Twin operator+(Twin x, Twin y) { return {x.a + y.a, x.b + y.b}; }
    friend BRINK_FN Twin operator-(Twin x, Twin y) { return {x.a - y.a, x.b - y.b}; }
    friend BRINK_FN Twin operator*(Twin x, Twin y) { return {x.a * y.a, x.b * y.b}; }
    friend BRINK_FN Twin operator/(Twin x, Twin y) { return {x.a / y.a, x.b / y.b}; }
    friend BRINK_FN Twin operator-(Twin x) { return {-x.a, -x.b}; }
    BRINK_FN Twin& operator+=(Twin y) { return *this = *this + y; }
    BRINK_FN Twin& operator-=(Twin y) { return *this = *this - y; }
    BRINK_FN Twin& operator*=(Twin y) { return *this = *this * y; }

    friend BRINK_FN auto operator<(Twin x, Twin y) { return TwinMask{x.a < y.a, x.b < y.b}; }
    friend BRINK_FN auto operator>(Twin x, Twin y) { return TwinMask{x.a > y.a, x.b > y.b}; }
    friend BRINK_FN auto operator<=(Twin x, Twin y) { return TwinMask{x.a <= y.a, x.b <= y.b}; }
    friend BRINK_FN auto operator>=(Twin x, Twin y) { return TwinMask{x.a >= y.a, x.b >= y.b}; }
    friend BRINK_FN auto operator==(Twin x, Twin y) { return TwinMask{x.a == y.a, x.b == y.b}; }
    friend BRINK_FN auto operator!=(Twin x, Twin y) { return TwinMask{x.a != y.a, x.b != y.b}; }

    friend BRINK_FN Twin select(TwinMask<mask_t<P>> mask, Twin x, Twin y)
    {
        return {select(mask.a, x.a, y.a), select(mask.b, x.b, y.b)};
    }
    friend BRINK_FN Twin madd(Twin x, Twin y, Twin z)
    {
        return {madd(x.a, y.a, z.a), madd(x.b, y.b, z.b)};
    }
    friend BRINK_FN Twin vmin(Twin x, Twin y) { return {vmin(x.a, y.a), vmin(x.b, y.b)}; }
    friend BRINK_FN Twin vmax(Twin x, Twin y) { return {vmax(x.a, y.a), vmax(x.b, y.b)}; }
    friend BRINK_FN Twin vabs(Twin x) { return {vabs(x.a), vabs(x.b)}; }
    friend BRINK_FN Twin vsqrt(Twin x) { return {vsqrt(x.a), vsqrt(x.b)}; }
    friend BRINK_FN auto is_finite(Twin x) { return TwinMask{is_finite(x.a), is_finite(x.b)}; }
    friend BRINK_FN TwinBits<bits_t<P>> to_bits(Twin x) { return {to_bits(x.a), to_bits(x.b)}; }
};

template<class P>
struct NumberTraits<Twin<P>> {
    using value = value_t<P>;
    using bits = TwinBits<bits_t<P>>;
    using words = TwinWords<words_t<P>>;
    using mask = TwinMask<mask_t<P>>;
    static constexpr int lanes = 2 * num_lanes<P>;
};

template<class U>
BRINK_FN auto from_bits(TwinBits<U> x)
{
    return Twin<decltype(from_bits(x.a))>(from_bits(x.a), from_bits(x.b));
}
template<class U>
BRINK_FN auto to_float(TwinBits<U> x)
{
    return Twin<decltype(to_float(x.a))>(to_float(x.a), to_float(x.b));
}

template<class P>
BRINK_FN void store(Twin<P> x, value_t<P>* values)
{
    store(x.a, values);
    store(x.b, values + num_lanes<P>);
}
template<class P>
BRINK_FN void store_as_double(Twin<P> x, double* values)
{
    store_as_double(x.a, values);
    store_as_double(x.b, values + num_lanes<P>);
}
template<class P>
struct NarrowLoader<Twin<P>> {
    static BRINK_FN Twin<P> load(double const* values)
    {
        return {load_narrow<P>(values), load_narrow<P>(values + num_lanes<P>)};
    }
};
template<class P>
struct WordLanes<Twin<P>> {
    static BRINK_FN words_t<Twin<P>> counting_from(std::uint32_t first)
    {
        return {WordLanes<P>::counting_from(first),
                WordLanes<P>::counting_from(first + static_cast<std::uint32_t>(num_lanes<P>))};
    }
    static BRINK_FN words_t<Twin<P>> from(std::uint32_t const* words)
    {
        return {WordLanes<P>::from(words), WordLanes<P>::from(words + num_lanes<P>)};
    }
    static BRINK_FN bits_t<Twin<P>> as_bits(words_t<Twin<P>> words)
    {
        return {WordLanes<P>::as_bits(words.a), WordLanes<P>::as_bits(words.b)};
    }
    static BRINK_FN bits_t<Twin<P>> high_as_bits(WideProduct<words_t<Twin<P>>> product)
    {
        return {WordLanes<P>::high_as_bits({product.high.a, product.low.a}),
                WordLanes<P>::high_as_bits({product.high.b, product.low.b})};
    }
};

BRINK_END_ISA
