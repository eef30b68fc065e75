// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"

BRINK_BEGIN_ISA

/// Smallest y in [0, most] with lack(y) <= 0, for a lack that falls in y: regula falsi with the
/// Illinois correction (Dowell and Jarratt 1971), exact after one step where the lack is linear.
/// The upper end of the final bracket is returned, so that the lack is cured, to 1e-13 of `most`;
/// `most` itself where even that does not cure it.
template<class Lack>
BRINK_HD inline double least_amount(Lack const& lack, double most)
{
    double low = 0.0, low_lack = lack(0.0);
    if (!(low_lack > 0.0))
        return 0.0;
    double high = most, high_lack = lack(most);
    if (!(high_lack < 0.0))
        return most;
    int side = 0;
    for (int i = 0; i < 60 && high - low > 1e-13 * most; ++i) {
        double const y = low + (high - low) * (low_lack / (low_lack - high_lack));
        double const y_lack = lack(y);
        if (y_lack > 0.0) {
            high_lack *= side == 1 ? 0.5 : 1.0;
            low = y, low_lack = y_lack, side = 1;
        } else {
            low_lack *= side == -1 ? 0.5 : 1.0;
            high = y, high_lack = y_lack, side = -1;
            if (y_lack == 0.0)
                return y;
        }
    }
    return high;
}

BRINK_END_ISA
