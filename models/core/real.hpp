// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>

#include "models/core/bits.hpp"

/// \file
/// The number layer for float and double; `pack.hpp` and `twin.hpp` say the same for SIMD lanes.
/// Functors are templates on the number type F and use only these names, so that one source gives
/// the same bits as a scalar, as a pack lane and on the device. Rules that keep it so: every
/// multiply-add is written `madd` (contraction is off), nothing calls libm, masks are combined with
/// `&`, `|` and `!` only.

BRINK_BEGIN_ISA

/// What belongs to a number type F: `value` (type of one lane), `bits` (unsigned lanes of the same
/// size), `words` (lanes of 32-bit random words), `mask` (result of a comparison), `lanes`.
template<class F>
struct NumberTraits;

template<>
struct NumberTraits<float> {
    using value = float;
    using bits = std::uint32_t;
    using words = std::uint32_t;
    using mask = bool;
    static constexpr int lanes = 1;
};

template<>
struct NumberTraits<double> {
    using value = double;
    using bits = std::uint64_t;
    using words = std::uint32_t;
    using mask = bool;
    static constexpr int lanes = 1;
};

template<class F>
using value_t = typename NumberTraits<F>::value;
template<class F>
using bits_t = typename NumberTraits<F>::bits;
template<class F>
using words_t = typename NumberTraits<F>::words;
template<class F>
using mask_t = typename NumberTraits<F>::mask;
template<class F>
inline constexpr int num_lanes = NumberTraits<F>::lanes;
template<class F>
inline constexpr bool is_single = sizeof(value_t<F>) == sizeof(float);

/// a * b + c, rounded once. Without FMA instructions the C library's fused routine gives the same
/// bits, slowly: only cold scalar host code is compiled that way.
BRINK_FN float madd(float a, float b, float c)
{
#ifdef __CUDA_ARCH__
    return __fmaf_rn(a, b, c);
#else
    return __builtin_fmaf(a, b, c);
#endif
}
BRINK_FN double madd(double a, double b, double c)
{
#ifdef __CUDA_ARCH__
    return __fma_rn(a, b, c);
#else
    return __builtin_fma(a, b, c);
#endif
}

BRINK_FN float vsqrt(float a)
{
#ifdef __CUDA_ARCH__
    return __fsqrt_rn(a);
#else
    return __builtin_sqrtf(a);
#endif
}
BRINK_FN double vsqrt(double a)
{
#ifdef __CUDA_ARCH__
    return __dsqrt_rn(a);
#else
    return __builtin_sqrt(a);
#endif
}

/// Minimum and maximum. A NaN as the second argument is returned, so a running extremum stands
/// first: `worst = vmin(worst, health)`. A NaN as the first argument (b on the CPU, NaN on the
/// device) and the sign of a zero result are not specified.
BRINK_FN float vmin(float a, float b)
{
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 800
    float least;  // one instruction; the conditional takes two
    asm("min.NaN.f32 %0, %1, %2;" : "=f"(least) : "f"(a), "f"(b));
    return least;
#else
    return a < b ? a : b;
#endif
}
BRINK_FN double vmin(double a, double b)
{
    return a < b ? a : b;
}
BRINK_FN float vmax(float a, float b)
{
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 800
    float largest;
    asm("max.NaN.f32 %0, %1, %2;" : "=f"(largest) : "f"(a), "f"(b));
    return largest;
#else
    return a > b ? a : b;
#endif
}
BRINK_FN double vmax(double a, double b)
{
    return a > b ? a : b;
}

BRINK_FN float vabs(float a)
{
    return from_bits(to_bits(a) & 0x7fffffffu);
}
BRINK_FN double vabs(double a)
{
    return from_bits(to_bits(a) & std::uint64_t{0x7fffffffffffffffu});
}

/// True where neither infinite nor NaN; decided by the exponent bits, so no compiler option can
/// reason it away.
BRINK_FN bool is_finite(float a)
{
    return (to_bits(a) & 0x7fffffffu) < 0x7f800000u;
}
BRINK_FN bool is_finite(double a)
{
    return (to_bits(a) & std::uint64_t{0x7fffffffffffffffu}) < 0x7ff0000000000000ull;
}

/// a where the mask holds, else b, lane by lane. A plain bool chooses for all lanes at once.
template<class F>
BRINK_FN F select(bool mask, F a, F b)
{
    return mask ? a : b;
}

/// Number of lanes of a mask type.
template<class M>
inline constexpr int mask_lanes = 1;

/// True if the mask holds in at least one lane.
BRINK_FN bool any_lane(bool mask)
{
    return mask;
}
/// Bit l set where the mask holds in lane l.
BRINK_FN std::uint32_t lane_bits(bool mask)
{
    return mask ? 1u : 0u;
}

/// Memory holds consecutive lanes; no alignment is needed.
template<class F>
BRINK_FN F load(value_t<F> const* values)
{
    F lanes;
    std::memcpy(&lanes, values, sizeof lanes);
    return lanes;
}
BRINK_FN void store(float lanes, float* values)
{
    *values = lanes;
}
BRINK_FN void store(double lanes, double* values)
{
    *values = lanes;
}
BRINK_FN void store_as_double(float lanes, double* values)
{
    *values = lanes;
}
BRINK_FN void store_as_double(double lanes, double* values)
{
    *values = lanes;
}

/// Reads `num_lanes<F>` doubles and rounds each to F's number type. The primary template serves
/// scalars; packs and twins specialise it.
template<class F>
struct NarrowLoader {
    static BRINK_FN F load(double const* values) { return static_cast<F>(*values); }
};
template<class F>
BRINK_FN F load_narrow(double const* values)
{
    return NarrowLoader<F>::load(values);
}

BRINK_END_ISA

#include "models/core/elementary.hpp"
