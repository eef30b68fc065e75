// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "models/margin/rules.hpp"

namespace brink {

/// Brackets that hold every x from `x / factor` to `x * factor`, bounded 1e-3 inside their floors.
/// \param x position at t_0 in the units of the floors, >= 0; \param factor >= 1
[[nodiscard]] TierWindow<double> make_tier_window(std::span<MarginTier<double> const> tiers,
                                                  double x, double factor);

}  // namespace brink
