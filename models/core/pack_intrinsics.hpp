// SPDX-License-Identifier: Apache-2.0
#pragma once

// g++ 12 finds the deliberately undefined registers of its own header uninitialised.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#pragma GCC diagnostic pop

#include "models/core/pack.hpp"

/// \file
/// What compiler vectors cannot say, for 512 and for 256 bits. Included by pack.hpp.

BRINK_BEGIN_ISA

#if BRINK_WIDE_512
BRINK_FN PackF32 madd(PackF32 a, PackF32 b, PackF32 c)
{
    return PackF32(_mm512_fmadd_ps(a.lanes, b.lanes, c.lanes));
}
BRINK_FN PackF64 madd(PackF64 a, PackF64 b, PackF64 c)
{
    return PackF64(_mm512_fmadd_pd(a.lanes, b.lanes, c.lanes));
}
BRINK_FN PackF32 vsqrt(PackF32 a)
{
    return PackF32(_mm512_sqrt_ps(a.lanes));
}
BRINK_FN PackF64 vsqrt(PackF64 a)
{
    return PackF64(_mm512_sqrt_pd(a.lanes));
}
BRINK_FN PackU32 xor_masked(PackU32 a, PackU32 b, PackU32 mask)
{
    return PackU32((PackU32::Lanes)_mm512_ternarylogic_epi32((__m512i)a.lanes, (__m512i)b.lanes,
                                                             (__m512i)mask.lanes, 0x78));
}
BRINK_FN PackU64 xor_masked(PackU64 a, PackU64 b, PackU64 mask)
{
    return PackU64((PackU64::Lanes)_mm512_ternarylogic_epi64((__m512i)a.lanes, (__m512i)b.lanes,
                                                             (__m512i)mask.lanes, 0x78));
}
BRINK_FN PackU32 xor_three(PackU32 a, PackU32 b, PackU32 c)
{
    return PackU32((PackU32::Lanes)_mm512_ternarylogic_epi32((__m512i)a.lanes, (__m512i)b.lanes,
                                                             (__m512i)c.lanes, 0x96));
}
BRINK_FN PackU64 xor_three(PackU64 a, PackU64 b, PackU64 c)
{
    return PackU64((PackU64::Lanes)_mm512_ternarylogic_epi64((__m512i)a.lanes, (__m512i)b.lanes,
                                                             (__m512i)c.lanes, 0x96));
}
/// 64-bit products of the low halves.
BRINK_FN PackU64 multiply_low_halves(PackU64 a, PackU64 b)
{
    return PackU64((PackU64::Lanes)_mm512_mul_epu32((__m512i)a.lanes, (__m512i)b.lanes));
}
/// The low (Half = 0) or high (1) halves of the 64-bit lanes: of each four lanes of the result, two
/// come from `front` and two from `back`.
template<int Half>
BRINK_FN PackU32 join_halves(PackU64 front, PackU64 back)
{
    return PackU32((PackU32::Lanes)_mm512_shuffle_ps((__m512)front.lanes, (__m512)back.lanes,
                                                     Half == 0 ? 0x88 : 0xdd));
}
BRINK_FN std::uint32_t lane_bits(Mask<4> mask)
{
    return _mm512_movepi32_mask((__m512i)mask.lanes);
}
BRINK_FN std::uint32_t lane_bits(Mask<8> mask)
{
    return _mm512_movepi64_mask((__m512i)mask.lanes);
}
BRINK_FN void store_as_double(PackF32 a, double* values)
{
    _mm512_storeu_pd(values, _mm512_cvtps_pd(_mm512_castps512_ps256(a.lanes)));
    _mm512_storeu_pd(values + 8, _mm512_cvtps_pd(_mm512_extractf32x8_ps(a.lanes, 1)));
}
BRINK_FN PackF32 round_to_float(double const* values)
{
    __m256 const low = _mm512_cvtpd_ps(_mm512_loadu_pd(values));
    __m256 const high = _mm512_cvtpd_ps(_mm512_loadu_pd(values + 8));
    return PackF32(_mm512_insertf32x8(_mm512_castps256_ps512(low), high, 1));
}
#else
BRINK_FN PackF32 madd(PackF32 a, PackF32 b, PackF32 c)
{
    return PackF32(_mm256_fmadd_ps(a.lanes, b.lanes, c.lanes));
}
BRINK_FN PackF64 madd(PackF64 a, PackF64 b, PackF64 c)
{
    return PackF64(_mm256_fmadd_pd(a.lanes, b.lanes, c.lanes));
}
BRINK_FN PackF32 vsqrt(PackF32 a)
{
    return PackF32(_mm256_sqrt_ps(a.lanes));
}
BRINK_FN PackF64 vsqrt(PackF64 a)
{
    return PackF64(_mm256_sqrt_pd(a.lanes));
}
template<class T>
BRINK_FN Pack<T> xor_masked(Pack<T> a, Pack<T> b, Pack<T> mask)
{
    return a ^ (b & mask);
}
template<class T>
BRINK_FN Pack<T> xor_three(Pack<T> a, Pack<T> b, Pack<T> c)
{
    return a ^ b ^ c;
}
/// 64-bit products of the low halves.
BRINK_FN PackU64 multiply_low_halves(PackU64 a, PackU64 b)
{
    return PackU64((PackU64::Lanes)_mm256_mul_epu32((__m256i)a.lanes, (__m256i)b.lanes));
}
/// The low (Half = 0) or high (1) halves of the 64-bit lanes: of each four lanes of the result, two
/// come from `front` and two from `back`.
template<int Half>
BRINK_FN PackU32 join_halves(PackU64 front, PackU64 back)
{
    return PackU32((PackU32::Lanes)_mm256_shuffle_ps((__m256)front.lanes, (__m256)back.lanes,
                                                     Half == 0 ? 0x88 : 0xdd));
}
BRINK_FN std::uint32_t lane_bits(Mask<4> mask)
{
    return static_cast<std::uint32_t>(_mm256_movemask_ps((__m256)mask.lanes));
}
BRINK_FN std::uint32_t lane_bits(Mask<8> mask)
{
    return static_cast<std::uint32_t>(_mm256_movemask_pd((__m256d)mask.lanes));
}
BRINK_FN void store_as_double(PackF32 a, double* values)
{
    _mm256_storeu_pd(values, _mm256_cvtps_pd(_mm256_castps256_ps128(a.lanes)));
    _mm256_storeu_pd(values + 4, _mm256_cvtps_pd(_mm256_extractf128_ps(a.lanes, 1)));
}
BRINK_FN PackF32 round_to_float(double const* values)
{
    __m128 const low = _mm256_cvtpd_ps(_mm256_loadu_pd(values));
    __m128 const high = _mm256_cvtpd_ps(_mm256_loadu_pd(values + 4));
    return PackF32(_mm256_insertf128_ps(_mm256_castps128_ps256(low), high, 1));
}
#endif

BRINK_END_ISA
