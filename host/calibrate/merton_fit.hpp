// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "host/calibrate/estimate.hpp"

namespace brink {

/// Law of one return of Merton's jump diffusion: a Poisson mixture of normals.
struct MertonLaw {
    double location{0};   ///< per return, without jumps
    double diffusion{0};  ///< standard deviation per return without jumps, > 0
    double jumps{0};      ///< expected number per return, > 0
    double jump_mean{0};  ///< of a log size
    double jump_sd{0};

    [[nodiscard]] double log_likelihood(std::span<double const> returns) const;
    [[nodiscard]] double distribution(double x) const;  ///< P(return <= x)
};

/// What the market file says of an asset, per year. NaN errors: jumps and diffusion cannot be told
/// apart in these data, or a parameter stands at the edge of its range.
struct MertonFit {
    MertonLaw law;
    FittedValue volatility;  ///< of the whole return, jumps included
    FittedValue rate, mean, sd;
    double log_likelihood{0};
};

/// Maximum likelihood from several starts: jumps rare and large, and frequent and small. Jumps per
/// return stay between 1 / n and 1.5, the diffusion above a tenth of the sample's deviation (prices
/// that repeat would else draw it to zero).
[[nodiscard]] MertonFit fit_merton(std::span<double const> returns, double years_per_return);

}  // namespace brink
