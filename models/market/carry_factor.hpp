// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

/// What a carry factor is of its asset.
enum class CarryKind : std::uint8_t {
    funding,            ///< [1/year] rate of the perpetuals on it
    borrow,             ///< [1/year] rate of debts in it
    implied_volatility  ///< [1/year^(1/2)] level of its options
};

inline constexpr int num_carry_kinds = 3;

/// A rate or an implied volatility that returns to its mean: O. Vasicek, "An equilibrium
/// characterization of the term structure", J. Financial Economics 5 (1977), for an implied
/// volatility in its logarithm, exact for any step:
///   x' = mean + keep (x - mean) + shared e + own b,
/// with e the unit factor of the asset and b a normal of its own. The level in force is x within
/// [floor, cap], or 2^x of an implied volatility.
/// The host validates: 0 < keep < 1, own >= 0, floor <= cap; shared is 0 where no factor moves the
/// asset.
template<class T>
struct CarryFactor {
    std::int32_t asset;
    CarryKind kind;
    T initial;  ///< x at t_0
    T mean;
    T keep;    ///< exp(-dt / reversion time)
    T shared;  ///< signed
    T own;
    T floor, cap;              ///< [1/year] of a rate
    T growth;                  ///< borrow: [log2] of a debt per step and unit of the rate
    std::int32_t carry_field;  ///< borrow: where the growth accumulates in Workspace::carry

    bool operator==(CarryFactor const&) const = default;
};

}  // namespace brink
