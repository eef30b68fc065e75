// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <type_traits>

#include "models/core/real.hpp"

/// \file
/// SIMD lanes with the names of real.hpp. Compiler vectors carry the arithmetic; intrinsics stand
/// only where the language has no spelling, in pack_intrinsics.hpp alone. Host code compiled for
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

BRINK_END_ISA

#include "models/core/pack_intrinsics.hpp"

BRINK_BEGIN_ISA

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
