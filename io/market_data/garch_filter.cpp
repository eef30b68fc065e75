// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/garch_filter.hpp"

namespace brink {

ReturnMoments moments_of(std::span<double const> returns)
{
    auto const n = static_cast<double>(returns.size());
    double sum = 0, squares = 0;
    for (double const r : returns)
        sum += r;
    double const mean = sum / n;
    for (double const r : returns)
        squares += (r - mean) * (r - mean);
    return {mean, squares / (n - 1)};
}

std::vector<double> filter_variances(GarchConfig const& garch, ReturnMoments const& long_run,
                                     std::span<double const> returns)
{
    double const omega = (1 - garch.alpha - garch.gamma / 2 - garch.beta) * long_run.variance;
    std::vector<double> variances{long_run.variance};
    for (double const r : returns) {
        double const e = r - long_run.mean;
        double const weight = garch.alpha + (e < 0 ? garch.gamma : 0.0);
        variances.push_back(omega + weight * e * e + garch.beta * variances.back());
    }
    return variances;
}

}  // namespace brink
