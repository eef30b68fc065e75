// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"

/// \file
/// Lanes of 32-bit random words, in the shape that a 32 x 32 -> 64 bit multiplication wants. Only
/// the low 32 bits of a lane count: a product is kept whole, its low word being the product itself.

BRINK_BEGIN_ISA

/// Both words of a product.
template<class W>
struct WideProduct {
    W high, low;
};

BRINK_FN WideProduct<std::uint32_t> multiply_words(std::uint32_t a, std::uint32_t factor)
{
#ifdef __CUDA_ARCH__
    // Written out, since the compiler would carry the words on as 64-bit integers.
    std::uint32_t low, high;
    asm("{ .reg .u64 p; mul.wide.u32 p, %2, %3; mov.b64 {%0, %1}, p; }"
        : "=r"(low), "=r"(high)
        : "r"(a), "r"(factor));
    return {high, low};
#else
    std::uint64_t const product = static_cast<std::uint64_t>(a) * factor;
    return {static_cast<std::uint32_t>(product >> 32), static_cast<std::uint32_t>(product)};
#endif
}

/// Words of number type F: lane l holds `first + l` (no carry beyond 32 bits), or `words[l]`; and
/// the words as bits of F, ready for its arithmetic. Packs and twins specialise it.
template<class F>
struct WordLanes {
    static BRINK_FN std::uint32_t counting_from(std::uint32_t first) { return first; }
    static BRINK_FN std::uint32_t from(std::uint32_t const* words) { return words[0]; }
    static BRINK_FN bits_t<F> as_bits(std::uint32_t word) { return word; }
    static BRINK_FN bits_t<F> high_as_bits(WideProduct<std::uint32_t> product)
    {
        return product.high;
    }
};

BRINK_END_ISA
