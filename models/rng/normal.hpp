// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/rng/philox.hpp"

/// \file
/// Standard normals by G. E. P. Box and M. E. Muller, "A note on the generation of random normal
/// deviates" (1958): two words make two normals r cos(t), r sin(t), always, without rejection.

BRINK_BEGIN_ISA

/// Two independent standard normals.
template<class F>
struct NormalPair {
    F cosine, sine;
};

/// Squared radius -2 ln u of u = (floor(word / 2) + 1/2) / 2^31. Relative error below 3e-7 (float:
/// near u = 1 the absolute error is 2^-24, since u is rounded first), 1e-12 (double).
template<class F>
BRINK_FN F squared_radius(bits_t<F> word)
{
    using U = bits_t<F>;
    if constexpr (is_single<F>) {
        auto const [exponent, f] = decompose<31>(to_float(word >> 1) + F(0.5f));
        F const q = horner<F>(f, F(0.307316303f), -0.342223316f, 0.328401208f, -0.395900786f,
                              0.500152469f, -0.666759789f, 0.999998748f, -1.99999964f);
        return madd(exponent, F(-1.3862943611198906f), q * f);
    } else {
        F const cell = from_bits((word >> 1) | U(0x4330000000000000ull)) - F(4503599627370495.5);
        auto const [exponent, f] = decompose<31>(cell);
        F const s = f / (f + F(2.0));  // ln(1 + f) = 2 atanh(s)
        F const z = s * s;
        F const q = horner<F>(z, F(0.097917313500764588), 0.11088118428599439, 0.14286053999731077,
                              0.19999997816400117, 0.33333333337884424, 1.0);
        return madd(exponent, F(-1.3862943611198906), F(-4.0) * s * q);
    }
}

/// Two words to two normals, cosine first, from the same words in float and double.
/// Angle: the high bits of `angle_word` place it in an eighth turn either side of an axis (22 bits
/// in float, 32 in double, cells symmetric about 0), bit 0 swaps sine and cosine and bit 1 mirrors,
/// so that the four quadrants are covered once each. The radius has 31 bits: |normal| <= 6.66, and
/// the probability cut off beyond is 2.7e-11; use importance sampling for anything rarer.
template<class F>
BRINK_FN NormalPair<F> normal_pair(bits_t<F> radius_word, bits_t<F> angle_word)
{
    using U = bits_t<F>;
    F const r = vsqrt(squared_radius<F>(radius_word));
    F sine, cosine;
    if constexpr (is_single<F>) {
        // f in (-1/2, 1/2): the angle in quarter turns; the set lowest bit is the middle of the
        // cell
        F const f = from_bits((angle_word >> 9) | U(0x3f800001u)) - F(1.5f);
        F const z = f * f;
        sine = f * horner<F>(z, F(-0.00460165786f), 0.079680033f, -0.64596349f, 1.57079637f);
        cosine = horner<F>(z, F(-0.0204145294f), 0.253602386f, -1.23369765f, 1.0f);
        cosine = from_bits(xor_masked(to_bits(cosine), angle_word << 30, U(0x80000000u)));
    } else {
        F const f = from_bits((angle_word << 20) | U(0x3ff0000000080000ull)) - F(1.5);
        F const z = f * f;
        sine = f
               * horner<F>(z, F(-3.5562065756433128e-06), 0.00016042915249711454,
                           -0.0046817525667693675, 0.079692626153533411, -0.64596409750423955,
                           1.5707963267948895);
        cosine = horner<F>(z, F(-2.485220842950266e-05), 0.00091916292301714086,
                           -0.020863468401461895, 0.25366950721165266, -1.2337005501235712, 1.0);
        cosine = from_bits(xor_masked(to_bits(cosine), angle_word << 62, U(0x8000000000000000ull)));
    }
    auto const swapped = is_odd(angle_word);
    return {r * select(swapped, sine, cosine), r * select(swapped, cosine, sine)};
}

BRINK_END_ISA
