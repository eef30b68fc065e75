// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/best_amount.hpp"
#include "models/core/least_amount.hpp"

BRINK_BEGIN_ISA

/// Least y in [0, most] with lack(y) <= 0, for a convex lack. Where no y cures it, the least that
/// leaves as little of it as any, to 1e-9 of what that helps: more than this helps nothing. 0 where
/// no amount helps by a millionth of what lacks.
template<class Lack>
BRINK_HD inline double helpful_amount(Lack const& lack, double most)
{
    constexpr double tolerance = 1e-9, alike = 1e-6;
    double const left = lack(most);
    if (!(left > 0.0))
        return least_amount(lack, most);
    double const whole = lack(0.0);
    // Falling to the very end, as it is convex: no less helps as much.
    if (lack((1.0 - alike) * most) - left > tolerance * (whole - left))
        return whole - left > alike * whole ? most : 0.0;
    double const best = best_amount([&](double y) { return -lack(y); }, most);
    double const rest = lack(best);
    if (!(rest > 0.0))
        return least_amount(lack, best);
    double const help = whole - rest;
    if (!(help > alike * whole))
        return 0.0;
    double low = 0.0, least = best;  // halved: the lack is level above `least`
    for (int i = 0; i < 50; ++i) {
        double const y = 0.5 * (low + least);
        (lack(y) - rest > tolerance * help ? low : least) = y;
    }
    return least < (1.0 - alike) * best ? least * (1.0 + tolerance) : best;
}

BRINK_END_ISA
