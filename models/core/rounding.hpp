// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"

BRINK_BEGIN_ISA

/// Whole units in `amount`. Above 2^53 units a double has no fractions of one.
BRINK_HD inline double whole_units(double amount, double unit)
{
    double const units = amount / unit;
    return vabs(units) < 0x1p53 ? static_cast<double>(static_cast<std::int64_t>(units)) : units;
}

/// The largest multiple of `unit` that is not above `amount`. \param unit 0: no rounding
/// \param amount >= 0
BRINK_HD inline double rounded_down(double amount, double unit)
{
    return unit > 0.0 ? vmin(amount, whole_units(amount, unit) * unit) : amount;
}

/// The smallest multiple of `unit` that is not below `amount`.
BRINK_HD inline double rounded_up(double amount, double unit)
{
    if (!(unit > 0.0))
        return amount;
    double const below = whole_units(amount, unit) * unit;
    return below < amount ? vmax(amount, below + unit) : amount;
}

BRINK_END_ISA
