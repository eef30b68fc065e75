// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

namespace brink {

/// How well a law describes a series of returns.
struct Goodness {
    double kolmogorov{0};        ///< largest distance of the distribution functions
    double kolmogorov_level{0};  ///< 1.36 / sqrt(n): its 5 % point where nothing was fitted; the
                                 ///< parameters were, so that the true point is lower
    double ljung_box{0};         ///< of the squared returns about their mean
    double ljung_box_p{0};       ///< chance of a larger one where variances do not cluster
};

/// Lags of the Ljung-Box statistic.
inline constexpr int ljung_box_lags = 10;

/// \param distribution P(return <= x) of the fitted law
[[nodiscard]] Goodness measure_goodness(std::span<double const> returns,
                                        std::function<double(double)> const& distribution);

}  // namespace brink
