// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

/// The 64-bit seed of a run, in two words.
struct RandomKey {
    std::uint32_t lo, hi;
};

/// Independent sequences of random numbers on one path. A model that needs numbers of its own gets
/// a stream of its own, so that adding it moves nobody else's. Numbers never change their meaning.
enum class Stream : std::uint8_t {
    diffusion = 0,  ///< normals of the price factors
    mixing = 1,     ///< Student-t mixing variable
    jumps = 2,      ///< jump counts and sizes
    regime = 3,     ///< transitions between regimes
    response = 4,   ///< whether an owner responds
    delay = 5,      ///< how long a transfer takes
    oracle = 6,     ///< price updates that are late or missed
    variance = 7,   ///< stochastic variance factors
    peg = 8,        ///< depegs
    failure = 9,    ///< times of failures
    history = 10,   ///< blocks of historical returns
    carry = 11,     ///< rates and implied volatilities
    copula = 12,    ///< what factors come to over a period
    bridge = 13,    ///< breaches between two steps
};

}  // namespace brink
