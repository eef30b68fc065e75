// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "host/calibrate/estimate.hpp"

namespace brink {

/// A GJR-GARCH(1,1) with Student-t shocks: h' = omega + (alpha + gamma [e < 0]) e^2 + beta h, with
/// e the return less its mean and omega = (1 - alpha - gamma / 2 - beta) long-run variance. Source:
/// L. R. Glosten, R. Jagannathan and D. E. Runkle, Journal of Finance 48 (1993).
struct GarchLaw {
    double mean{0};               ///< per return, of the sample
    double long_run_variance{0};  ///< per return
    double alpha{0}, gamma{0}, beta{0};
    double degrees_of_freedom{0};

    [[nodiscard]] double persistence() const { return alpha + gamma / 2 + beta; }
};

/// What the market file says of an asset. NaN errors: the data do not determine the parameters.
struct GarchFit {
    GarchLaw law;
    FittedValue volatility;           ///< a year, of the return after the last
    FittedValue long_run_volatility;  ///< a year
    FittedValue alpha, gamma, beta, degrees_of_freedom;
    std::vector<double> residuals;  ///< shocks over their standard deviations
    double log_likelihood{0};
};

/// Variances of the law along the returns: [n + 1], from the long-run variance on.
[[nodiscard]] std::vector<double> garch_variances(GarchLaw const& law,
                                                  std::span<double const> returns);

/// Maximum likelihood from several starts, with the variance of the sample as the long-run
/// variance: R. F. Engle and J. Mezrich, "GARCH for groups", Risk 9 (1996). With persistence near 1
/// the likelihood hardly tells the long-run variance, and simulations of months need it. The
/// persistence stays below 0.9999.
[[nodiscard]] GarchFit fit_garch(std::span<double const> returns, double years_per_return);

}  // namespace brink
