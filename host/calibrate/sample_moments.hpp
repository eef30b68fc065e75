// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "host/calibrate/estimate.hpp"

namespace brink {

/// Moments of a series of returns, per return.
struct SampleMoments {
    double mean{0};
    double sd{0};               ///< with n - 1
    double excess_kurtosis{0};  ///< m4 / m2^2 - 3
};

/// \param returns two at least
[[nodiscard]] SampleMoments sample_moments(std::span<double const> returns);

/// Standard deviation per return. Its error uses the fourth moment, so that it holds for fat tails
/// as long as that moment exists: se = sd / 2 sqrt((kurtosis - 1) / n).
[[nodiscard]] FittedValue sample_volatility(std::span<double const> returns);

/// Weight of the variance so far in one step of the exponential average.
/// Source: J.P. Morgan/Reuters, "RiskMetrics: Technical Document", 4th edition (1996), daily data.
inline constexpr double ewma_decay = 0.94;

/// Exponentially weighted standard deviation per return about zero, the last return weighs most;
/// error as above with the sum of squared weights for 1 / n.
[[nodiscard]] FittedValue ewma_volatility(std::span<double const> returns);

/// Annual growth of the expected price, mean log return + half the variance, and its error
/// sd / sqrt(years).
[[nodiscard]] FittedValue sample_drift(std::span<double const> returns, double years_per_return);

}  // namespace brink
