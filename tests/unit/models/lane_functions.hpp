// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "tests/unit/models/lane_probe.hpp"

BRINK_BEGIN_ISA

/// One operation of the number layer, the same source for scalars and lanes.
template<class F>
BRINK_FN F evaluate(testing::Operation operation, F a, F b, F c)
{
    using enum testing::Operation;
    switch (operation) {
        case add:
            return a + b;
        case subtract:
            return a - b;
        case multiply:
            return a * b;
        case divide:
            return a / b;
        case negate:
            return -a;
        case fused:
            return madd(a, b, c);
        case minimum:
            return vmin(a, b);
        case maximum:
            return vmax(a, b);
        case absolute:
            return vabs(a);
        case root:
            return vsqrt(a);
        case exp2:
            return exp2_(a);
        case log2:
            return log2_(a);
        case select_less:
            return select(a < b, b, c);
        case select_at_most:
            return select(a <= b, b, c);
        case select_equal:
            return select(a == b, b, c);
        case select_unequal:
            return select(a != b, b, c);
        case select_finite:
            return select(is_finite(a), b, c);
        case select_both:
            return select((a > b) & (b >= c), a, c);
        case select_either:
            return select((a > b) | (b >= c), a, c);
        case select_not:
            return select(!(a > b), a, c);
    }
    return a;
}

BRINK_END_ISA
