// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "io/config/scenario.hpp"
#include "models/market/narrow_market.hpp"

namespace brink {

/// What jumps do to the log price of one asset in a year, all processes together, at the rates as
/// written.
struct JumpMoments {
    double variance{0};  ///< of the log return, sum of rate x E(size^2)
    double growth{0};    ///< of the expected price, sum of rate x (E exp(size) - 1)
};

/// The jump processes of a scenario: common ones in the order of the config, then each asset's own.
struct JumpProcesses {
    std::vector<JumpProcess<double, max_assets>> list;
    std::vector<JumpMoments> moments;  ///< shape [assets]
};

/// \param step_years length of a step
/// \param largest_rate multiple of the rates at which counts are drawn
/// Problems: more processes than a market holds, more jumps in a step than a path draws, an
/// expected price that does not exist.
[[nodiscard]] JumpProcesses build_jumps(Scenario const& scenario, double step_years,
                                        double largest_rate, Problems& problems);

}  // namespace brink
