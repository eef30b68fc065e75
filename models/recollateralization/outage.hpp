// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/macros.hpp"
#include "models/recollateralization/response.hpp"

BRINK_BEGIN_ISA

inline constexpr std::int64_t week_seconds = 604'800;
inline constexpr std::int64_t epoch_to_monday = 4 * 86'400;  ///< 1970-01-05 was a Monday

/// End of the window's occurrence that `now` falls in, or `now` itself.
BRINK_HD inline double end_of_outage(OutageWindow const& window, double now)
{
    double const from = static_cast<double>(window.from);
    double const until = static_cast<double>(window.until);
    if (window.weekly == 0)
        return now >= from && now < until ? until : now;
    double const week = static_cast<double>(week_seconds);
    double const since_monday = now - static_cast<double>(epoch_to_monday);
    double const start =
        now
        - (since_monday
           - static_cast<double>(static_cast<std::int64_t>(since_monday / week)) * week);
    double const second = now - start;  // of the week
    bool const wraps = until <= from;
    bool const inside = wraps ? second >= from || second < until : second >= from && second < until;
    if (!inside)
        return now;
    return start + until + (wraps && second >= from ? week : 0.0);
}

/// Unix time at which a request made at `now` can leave: `now`, or the end of the outage it falls
/// in; windows that touch each other are waited out one after the other.
BRINK_HD inline double leave_time(Entries<OutageWindow> windows, double now)
{
    for (std::int32_t round = 0; round <= windows.size(); ++round) {
        double const before = now;
        for (OutageWindow const& window : windows)
            now = end_of_outage(window, now);
        if (now == before)
            break;
    }
    return now;
}

BRINK_END_ISA
