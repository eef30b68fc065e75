// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

namespace brink::test {

inline double normal_distribution(double x)
{
    return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

/// P(min over [0, T] of a Brownian motion with drift mu <= barrier), barrier < 0: reflection
/// principle, e.g. Karatzas and Shreve, section 3.5.C.
inline double first_passage(double barrier, double mu, double sigma, double horizon)
{
    double const sd = sigma * std::sqrt(horizon);
    return normal_distribution((barrier - mu * horizon) / sd)
           + std::exp(2 * mu * barrier / (sigma * sigma))
                 * normal_distribution((barrier + mu * horizon) / sd);
}

}  // namespace brink::test
