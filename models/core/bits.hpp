// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>

#include "models/core/macros.hpp"

/// \file
/// Numbers as bits, and integer lanes: what the generators and the polynomials need beyond the
/// operators + - & | ^ << >>.

BRINK_BEGIN_ISA

BRINK_FN std::uint32_t to_bits(float a)
{
    std::uint32_t bits;
    std::memcpy(&bits, &a, sizeof bits);
    return bits;
}
BRINK_FN std::uint64_t to_bits(double a)
{
    std::uint64_t bits;
    std::memcpy(&bits, &a, sizeof bits);
    return bits;
}
BRINK_FN float from_bits(std::uint32_t bits)
{
    float a;
    std::memcpy(&a, &bits, sizeof a);
    return a;
}
BRINK_FN double from_bits(std::uint64_t bits)
{
    double a;
    std::memcpy(&a, &bits, sizeof a);
    return a;
}

/// Signed value of 32-bit lanes as float, rounded to nearest.
BRINK_FN float to_float(std::uint32_t bits)
{
    return static_cast<float>(static_cast<std::int32_t>(bits));
}
BRINK_FN std::uint32_t shift_right_signed(std::uint32_t bits, int count)
{
    return static_cast<std::uint32_t>(static_cast<std::int32_t>(bits) >> count);
}
/// True where the lowest bit is set.
BRINK_FN bool is_odd(std::uint32_t bits)
{
    return (bits & 1u) != 0;
}
BRINK_FN bool is_odd(std::uint64_t bits)
{
    return (bits & 1u) != 0;
}
BRINK_FN std::uint32_t xor_three(std::uint32_t a, std::uint32_t b, std::uint32_t c)
{
    return a ^ b ^ c;
}
BRINK_FN std::uint64_t xor_three(std::uint64_t a, std::uint64_t b, std::uint64_t c)
{
    return a ^ b ^ c;
}
/// Index of the lowest and of the highest bit that is set. \param bits not 0
BRINK_FN std::int32_t lowest_bit(std::uint32_t bits)
{
#ifdef __CUDA_ARCH__
    return __ffs(static_cast<int>(bits)) - 1;
#else
    return __builtin_ctz(bits);
#endif
}
BRINK_FN std::int32_t highest_bit(std::uint32_t bits)
{
#ifdef __CUDA_ARCH__
    return 31 - __clz(static_cast<int>(bits));
#else
    return 31 - __builtin_clz(bits);
#endif
}
BRINK_FN int num_bits(std::uint32_t bits)
{
#ifdef __CUDA_ARCH__
    return __popc(bits);
#else
    return __builtin_popcount(bits);
#endif
}
/// a ^ (b & mask): one instruction where the machine has three-input logic.
BRINK_FN std::uint32_t xor_masked(std::uint32_t a, std::uint32_t b, std::uint32_t mask)
{
    return a ^ (b & mask);
}
BRINK_FN std::uint64_t xor_masked(std::uint64_t a, std::uint64_t b, std::uint64_t mask)
{
    return a ^ (b & mask);
}

BRINK_END_ISA
