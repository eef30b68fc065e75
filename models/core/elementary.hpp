// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"

/// \file
/// Elementary functions from polynomials of our own: the same bits on every backend. Coefficients
/// are minimax fits (Remez exchange), rounded to the number type.

BRINK_BEGIN_ISA

/// Polynomial in x, highest coefficient first.
template<class F>
BRINK_FN F horner(F, F sum)
{
    return sum;
}
template<class F, class... Rest>
BRINK_FN F horner(F x, F sum, value_t<F> next, Rest... rest)
{
    return horner<F>(x, madd(sum, x, F(next)), rest...);
}

/// 2^x for |x| <= 126 (float) or 1022 (double). Relative error below 1e-7 (float), 3e-16 (double);
/// exact at 0; NaN and infinities give NaN, finite arguments out of range give garbage.
template<class F>
BRINK_FN F exp2_in_range(F x)
{
    // Adding 1.5 * 2^(mantissa bits) rounds to the integer k, which is then in the low bits.
    if constexpr (is_single<F>) {
        F const k = x + F(12582912.0f);
        F const r = x - (k - F(12582912.0f));
        F const y = horner<F>(r, F(0.000155946647f), 0.00134066422f, 0.00961769279f, 0.0555031039f,
                              0.240226522f, 0.693147242f, 1.0f);
        return from_bits(to_bits(y) + (to_bits(k) << 23));
    } else {
        F const k = x + F(6755399441055744.0);
        F const r = x - (k - F(6755399441055744.0));
        F const y =
            horner<F>(r, F(4.0780774074495795e-10), 7.0725704431039361e-09, 1.0180647616341923e-07,
                      1.3215442675299459e-06, 1.5252727385311047e-05, 0.00015403530441571736,
                      0.0013333558153439827, 0.0096181291076070027, 0.055504108664790393,
                      0.24022650695910097, 0.69314718055994573, 1.0);
        return from_bits(to_bits(y) + (to_bits(k) << 52));
    }
}

/// 2^x, the argument limited to the range of exp2_in_range. Accuracy as there.
template<class F>
BRINK_FN F exp2_(F x)
{
    constexpr value_t<F> limit = is_single<F> ? 126 : 1022;
    return exp2_in_range(vmin(F(limit), vmax(F(-limit), x)));
}

/// A positive normal number as 2^(exponent + Shift) * (1 + excess), with excess in [-1/3, 1/3]
/// (float) or [sqrt(1/2) - 1, sqrt(2) - 1] (double).
template<class F>
struct Decomposed {
    F exponent;
    F excess;
};
template<int Shift = 0, class F>
BRINK_FN Decomposed<F> decompose(F x)
{
    using U = bits_t<F>;
    if constexpr (is_single<F>) {
        constexpr std::uint32_t start = 0x3f2aaaabu;
        U const offset = to_bits(x) - U(start + (std::uint32_t{Shift} << 23));
        return {to_float(shift_right_signed(offset, 23)),
                from_bits((offset & U(0x7fffffu)) + U(start)) - F(1.0f)};
    } else {
        U const start(0x3fe6a09e667f3bcdull);
        U const offset = to_bits(x) - start;
        // exponent + 1024 as an integer, made a number by the mantissa of 2^52
        U const biased = (offset + U(0x4000000000000000ull)) >> 52;
        constexpr double unbias = 4503599627370496.0 + 1024.0 + Shift;
        return {from_bits(biased | U(0x4330000000000000ull)) - F(unbias),
                from_bits((offset & U(0xfffffffffffffull)) + start) - F(1.0)};
    }
}

/// Base-2 logarithm of a positive normal number; NaN for anything else. Error below 2 units in the
/// last place of the result (relative, also near 1).
template<class F>
BRINK_FN F log2_(F x)
{
    using T = value_t<F>;
    auto const [exponent, f] = decompose(x);
    F y;
    if constexpr (is_single<F>) {
        y = horner<F>(f, F(-0.187831432f), 0.203238174f, -0.175262719f, 0.20169878f, -0.240699798f,
                      0.288718313f, -0.360668778f, 0.480895817f, -0.72134757f);
        // 1/ln 2 in two parts, so that the leading term f/ln 2 carries no error of its constant
        F const leading = f * F(1.44269502f);
        F const rest = madd(f * f, y, madd(f, F(1.44269502f), -leading) + f * F(1.92596303e-8f));
        y = exponent + leading;
        y = y + (((exponent - y) + leading) + rest);
    } else {
        // ln(1 + f) = f - s (f - R), s = f / (2 + f), R = 2 s^2 (1/3 + s^2/5 + ...)
        F const s = f / (f + F(2.0));
        F const z = s * s;
        F const series = horner<F>(z, F(0.073977361404734002), 0.0765704955535607,
                                   0.09091781197588765, 0.11111099305474349, 0.14285714371007177,
                                   0.19999999999708187, 0.3333333333333367);
        F const correction = s * (f - F(2.0) * z * series);
        F const leading = f * F(1.4426950408889634);
        F const rest =
            madd(-correction, F(1.4426950408889634),
                 madd(f, F(1.4426950408889634), -leading) + f * F(2.0355273740931033e-17));
        y = exponent + leading;
        y = y + (((exponent - y) + leading) + rest);
    }
    constexpr T smallest = is_single<F> ? T(1.17549435e-38) : T(2.2250738585072014e-308);
    auto const valid = is_finite(x) & (x >= F(smallest));
    return select(valid, y, F(static_cast<T>(__builtin_nan(""))));
}

BRINK_END_ISA
