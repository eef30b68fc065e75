// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/garch_filter.hpp"

namespace brink {

std::vector<double> filter_variances(GarchConfig const& garch, double variance,
                                     std::span<double const> returns)
{
    double const omega = (1 - garch.alpha - garch.gamma / 2 - garch.beta) * variance;
    double mean = 0;
    for (double const r : returns)
        mean += r / static_cast<double>(returns.size());
    std::vector<double> variances{variance};
    for (double const r : returns) {
        double const e = r - mean;
        double const weight = garch.alpha + (e < 0 ? garch.gamma : 0.0);
        variances.push_back(omega + weight * e * e + garch.beta * variances.back());
    }
    return variances;
}

}  // namespace brink
