// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

namespace brink {

/// Do what the keys say that move many numbers at once, and take them out: `volatility_scale`, the
/// `level`, `scale` and `blend` of correlations, `maintenance_scale` and `haircut_scale` of venues.
/// The effective configuration is written before, so that it holds the keys and reads back to the
/// same scenario. Positions of what was moved become those of the keys, so that checks name them.
/// Problems: numbers that no check looks at later, moved out of their range.
void apply_scales(Scenario& scenario, Problems& problems);

}  // namespace brink
