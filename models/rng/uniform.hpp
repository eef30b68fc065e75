// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/rng/philox.hpp"

BRINK_BEGIN_ISA

/// The middle of the word's cell among 2^32 equal cells of (0, 1); never 0 or 1.
BRINK_FN double uniform01(std::uint32_t word)
{
    return (static_cast<double>(word) + 0.5) * 0x1p-32;
}

/// The middle of the word's cell among 2^31 equal cells of (0, 1), rounded to the number type: near
/// 0, where rare events are decided, exact also in float.
template<class F>
BRINK_FN F uniform_of(bits_t<F> word)
{
    if constexpr (is_single<F>) {
        return (to_float(word >> 1) + F(0.5f)) * F(0x1p-31f);
    } else {
        using U = bits_t<F>;
        F const cell = from_bits((word >> 1) | U(0x4330000000000000ull)) - F(4503599627370495.5);
        return cell * F(0x1p-31);
    }
}

BRINK_END_ISA
