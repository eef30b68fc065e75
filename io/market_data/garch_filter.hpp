// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "io/config/market_config.hpp"

namespace brink {

struct ReturnMoments {
    double mean{0};
    double variance{0};  ///< of a sample: with n - 1
};

/// \param returns two at least
[[nodiscard]] ReturnMoments moments_of(std::span<double const> returns);

/// Variances per return that a GJR-GARCH(1,1) about `long_run` sees along returns: [n + 1], from
/// the long-run variance on; the last is that of the return to come. Of `garch` only alpha, gamma,
/// beta.
[[nodiscard]] std::vector<double> filter_variances(GarchConfig const& garch,
                                                   ReturnMoments const& long_run,
                                                   std::span<double const> returns);

}  // namespace brink
