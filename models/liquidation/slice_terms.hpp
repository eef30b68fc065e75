// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

enum class AfterSlice : std::int32_t {
    slice,  ///< the next one, as long as the account is in breach (dYdX v4)
    all,    ///< everything (Hyperliquid)
};

/// How much of a position is closed at a time, all [numeraire] but for the share.
struct SliceTerms {
    double share;        ///< of the position, in (0, 1]
    double least;        ///< >= 0
    double most;         ///< > 0; +inf: no bound
    double whole_below;  ///< a position up to it is closed at once
    double interval;     ///< [s] between slices, > 0
    AfterSlice then;
};

/// Where closing orders of a slice do not fill.
struct FillableTerms {
    double adjustment;  ///< of the shortage of margin, > 0; 0: orders fill at any price
    double spread;      ///< of the maintenance rate
};

}  // namespace brink
