// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>

namespace brink {

/// Unsigned key in the order of the numbers (-0.0 just below +0.0, infinities at the ends; not for
/// NaN): sign bit flipped for positive numbers, all bits for negative ones.
inline std::uint32_t ordered_key(float value)
{
    auto const bits = std::bit_cast<std::uint32_t>(value);
    return bits ^ ((bits >> 31) != 0 ? 0xffffffffU : 0x80000000U);
}

/// Inverse of `ordered_key`.
inline float from_ordered_key(std::uint32_t key)
{
    return std::bit_cast<float>(key ^ ((key >> 31) != 0 ? 0x80000000U : 0xffffffffU));
}

}  // namespace brink
