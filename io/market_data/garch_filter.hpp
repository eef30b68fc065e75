// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "io/config/market_config.hpp"

namespace brink {

/// Variances per return that a GJR-GARCH(1,1) of long-run variance `variance` sees along returns:
/// [n + 1], from the long-run variance on; the last is that of the return to come.
[[nodiscard]] std::vector<double> filter_variances(GarchConfig const& garch, double variance,
                                                   std::span<double const> returns);

}  // namespace brink
