// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

inline constexpr std::int32_t max_bands = 50;  ///< of one account (crvUSD controller.vy MAX_TICKS)

/// How a venue's market maker turns the collateral of loans into the debt's coin as prices fall,
/// and back (Curve LLAMMA: AMM.vy, controller.vy). Owner: host, which validates.
struct BandTerms {
    double amplification;   ///< A > 1: a band reaches from its upper edge down by 1/A of it
    double fee;             ///< of what is paid in, left to the band; in [0, 1)
    double arbitrage_move;  ///< relative move of the price after which somebody trades, > 0
    double leap;            ///< move of a step above which traders pay the price after it
};

}  // namespace brink
