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

#include <type_traits>

#include "models/core/real.hpp"

/// \file
/// SIMD lanes with the names of real.hpp. Compiler vectors carry the arithmetic; intrinsics stand
/// only where the language has no spelling, and in no other file. Host code compiled for
/// x86-64-v3 or wider.

#if defined(__AVX512F__) && defined(__AVX512DQ__)
#define BRINK_WIDE_512 1
#elif defined(__AVX2__) && defined(__FMA__)
#define BRINK_WIDE_512 0
#else
#error "packs need x86-64-v3 or wider: compile with brink_add_isa_library"
#endif

BRINK_BEGIN_ISA

inline constexpr int pack_bytes = BRINK_WIDE_512 ? 64 : 32;

template<class T>
struct VectorOf {
    typedef T type __attribute__((vector_size(pack_bytes)));
};
template<class T>
using vector_t = typename VectorOf<T>::type;

/// Lanes of 4 or 8 bytes, all ones where true.
template<int LaneBytes>
struct Mask {
    using Lane = std::conditional_t<LaneBytes == 4, std::int32_t, std::int64_t>;
    vector_t<Lane> lanes;

    friend BRINK_FN Mask operator&(Mask a, Mask b) { return {a.lanes & b.lanes}; }
    friend BRINK_FN Mask operator|(Mask a, Mask b) { return {a.lanes | b.lanes}; }
    friend BRINK_FN Mask operator!(Mask a) { return {~a.lanes}; }
};

/// `pack_bytes` / sizeof(T) consecutive lanes; T = float, double, uint32_t or uint64_t.
template<class T>
struct Pack {
    using Lanes = vector_t<T>;
    using MaskType = Mask<sizeof(T)>;
    Lanes lanes;

    Pack() = default;
    /// The same value in all lanes. (x - 0 keeps a signed zero, which 0 + x would lose.)
    BRINK_FN Pack(T value) : lanes(value - Lanes{}) {}
    BRINK_FN explicit Pack(Lanes values) : lanes(values) {}

    friend BRINK_FN Pack operator+(Pack a, Pack b) { return Pack(a.lanes + b.lanes); }
    friend BRINK_FN Pack operator-(Pack a, Pack b) { return Pack(a.lanes - b.lanes); }
    friend BRINK_FN Pack operator*(Pack a, Pack b) { return Pack(a.lanes * b.lanes); }
    friend BRINK_FN Pack operator/(Pack a, Pack b) { return Pack(a.lanes / b.lanes); }
    friend BRINK_FN Pack operator-(Pack a) { return Pack(-a.lanes); }
    friend BRINK_FN Pack operator&(Pack a, Pack b) { return Pack(a.lanes & b.lanes); }
    friend BRINK_FN Pack operator|(Pack a, Pack b) { return Pack(a.lanes | b.lanes); }
    friend BRINK_FN Pack operator^(Pack a, Pack b) { return Pack(a.lanes ^ b.lanes); }
    friend BRINK_FN Pack operator<<(Pack a, int count) { return Pack(a.lanes << count); }
    friend BRINK_FN Pack operator>>(Pack a, int count) { return Pack(a.lanes >> count); }
    BRINK_FN Pack& operator+=(Pack b) { return *this = *this + b; }
    BRINK_FN Pack& operator-=(Pack b) { return *this = *this - b; }
    BRINK_FN Pack& operator*=(Pack b) { return *this = *this * b; }

    friend BRINK_FN MaskType operator<(Pack a, Pack b) { return {a.lanes < b.lanes}; }
    friend BRINK_FN MaskType operator>(Pack a, Pack b) { return {a.lanes > b.lanes}; }
    friend BRINK_FN MaskType operator<=(Pack a, Pack b) { return {a.lanes <= b.lanes}; }
    friend BRINK_FN MaskType operator>=(Pack a, Pack b) { return {a.lanes >= b.lanes}; }
    friend BRINK_FN MaskType operator==(Pack a, Pack b) { return {a.lanes == b.lanes}; }
    friend BRINK_FN MaskType operator!=(Pack a, Pack b) { return {a.lanes != b.lanes}; }

    friend BRINK_FN Pack select(MaskType mask, Pack a, Pack b)
    {
        return Pack(mask.lanes ? a.lanes : b.lanes);
    }
    friend BRINK_FN Pack vmin(Pack a, Pack b)
    {
        return Pack(a.lanes < b.lanes ? a.lanes : b.lanes);
    }
    friend BRINK_FN Pack vmax(Pack a, Pack b)
    {
        return Pack(a.lanes > b.lanes ? a.lanes : b.lanes);
    }
};

using PackF32 = Pack<float>;
using PackF64 = Pack<double>;
using PackU32 = Pack<std::uint32_t>;
using PackU64 = Pack<std::uint64_t>;

BRINK_FN PackU32 to_bits(PackF32 a)
{
    return PackU32((PackU32::Lanes)a.lanes);
}
BRINK_FN PackU64 to_bits(PackF64 a)
{
    return PackU64((PackU64::Lanes)a.lanes);
}
BRINK_FN PackF32 from_bits(PackU32 a)
{
    return PackF32((PackF32::Lanes)a.lanes);
}
BRINK_FN PackF64 from_bits(PackU64 a)
{
    return PackF64((PackF64::Lanes)a.lanes);
}
BRINK_FN PackF32 to_float(PackU32 a)
{
    return PackF32(__builtin_convertvector((vector_t<std::int32_t>)a.lanes, PackF32::Lanes));
}
BRINK_FN PackU32 shift_right_signed(PackU32 a, int count)
{
    return PackU32((PackU32::Lanes)((vector_t<std::int32_t>)a.lanes >> count));
}
/// The lowest bit, moved into the sign.
BRINK_FN Mask<4> is_odd(PackU32 a)
{
    return {(vector_t<std::int32_t>)(a.lanes << 31) < 0};
}
BRINK_FN Mask<8> is_odd(PackU64 a)
{
    return {(vector_t<std::int64_t>)(a.lanes << 63) < 0};
}
BRINK_FN PackF32 vabs(PackF32 a)
{
    return from_bits(to_bits(a) & PackU32(0x7fffffffu));
}
BRINK_FN PackF64 vabs(PackF64 a)
{
    return from_bits(to_bits(a) & PackU64(0x7fffffffffffffffull));
}
BRINK_FN Mask<4> is_finite(PackF32 a)
{
    return {(vector_t<std::int32_t>)to_bits(vabs(a)).lanes < 0x7f800000};
}
BRINK_FN Mask<8> is_finite(PackF64 a)
{
    return {(vector_t<std::int64_t>)to_bits(vabs(a)).lanes < 0x7ff0000000000000};
}

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

template<int LaneBytes>
inline constexpr int mask_lanes<Mask<LaneBytes>> = pack_bytes / LaneBytes;

template<int LaneBytes>
BRINK_FN bool any_lane(Mask<LaneBytes> mask)
{
    return lane_bits(mask) != 0;
}

template<class T>
BRINK_FN void store(Pack<T> a, T* values)
{
    std::memcpy(values, &a.lanes, sizeof a.lanes);
}
BRINK_FN void store_as_double(PackF64 a, double* values)
{
    store(a, values);
}
template<>
struct NarrowLoader<PackF32> {
    static BRINK_FN PackF32 load(double const* values) { return round_to_float(values); }
};

BRINK_END_ISA

#include "models/core/pack_words.hpp"
