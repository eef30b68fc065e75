// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/macros.hpp"

BRINK_BEGIN_ISA

/// base^n by squaring. \param n >= 0
BRINK_HD inline double whole_power(double base, std::int64_t n)
{
    double power = 1.0;
    for (; n > 0; n >>= 1) {
        if ((n & 1) != 0)
            power *= base;
        base *= base;
    }
    return power;
}

BRINK_END_ISA
