// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"

BRINK_BEGIN_ISA

/// Amount in [0, most] where a concave gain is largest, `most` itself where that is no worse:
/// golden-section search (Kiefer 1953), to 1e-10 of `most`.
template<class Gain>
BRINK_HD inline double best_amount(Gain const& gain, double most)
{
    constexpr double golden = 0.61803398874989484820;
    double low = 0.0, high = most;
    double a = high - golden * (high - low), b = low + golden * (high - low);
    double at_a = gain(a), at_b = gain(b);
    for (int i = 0; i < 48; ++i) {
        if (at_a > at_b) {
            high = b, b = a, at_b = at_a;
            a = high - golden * (high - low), at_a = gain(a);
        } else {
            low = a, a = b, at_a = at_b;
            b = low + golden * (high - low), at_b = gain(b);
        }
    }
    double const inner = 0.5 * (low + high);
    return gain(most) >= gain(inner) ? most : inner;
}

BRINK_END_ISA
