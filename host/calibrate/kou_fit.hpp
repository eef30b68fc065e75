// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "host/calibrate/estimate.hpp"
#include "host/calibrate/kou_law.hpp"

namespace brink {

/// What the market file says of an asset, per year. NaN errors: jumps and diffusion cannot be told
/// apart in these data, or a parameter stands at the edge of its range.
struct KouFit {
    KouLaw law;
    FittedValue volatility;  ///< of the whole return, jumps included
    FittedValue rate, up_probability, up_mean, down_mean;
    double log_likelihood{0};
};

/// Expected jumps per return at most.
inline constexpr double most_kou_jumps = 1.5;

/// Maximum likelihood from several starts: jumps rare and large, and frequent and small. Jumps per
/// return and the diffusion stay where `fit_merton` keeps them; mean sizes between a twentieth of
/// the sample's deviation and twenty of it, and below 1, where the expected price ends to exist;
/// the probability between 1 % and 99 %.
[[nodiscard]] KouFit fit_kou(std::span<double const> returns, double years_per_return);

}  // namespace brink
