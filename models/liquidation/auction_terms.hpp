// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

enum class AuctionCurve : std::int32_t {
    stairstep,    ///< x cut every `interval`
    exponential,  ///< the same at every instant
    linear,       ///< to nothing after `interval`
};

/// A falling-price auction of collateral (Maker Liquidation 2.0: clip.sol, abaci.sol, dog.sol).
struct AuctionTerms {
    AuctionCurve curve;
    double start;     ///< first price over the venue's price (buf)
    double cut;       ///< in (0, 1); linear: not used
    double interval;  ///< [s] > 0
    double tail;      ///< [s] after which the auction must be started anew
    double cusp;      ///< share of the first price below which it must be
    double penalty;   ///< of the debt, added to what the auction must raise (chop - 1)
    double room;      ///< [numeraire] debt and penalty under auction at once, at most (hole)
    double dust;      ///< [numeraire] least debt that may be left
};

}  // namespace brink
