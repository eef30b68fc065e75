// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "io/config/scenario.hpp"
#include "models/market/price_shock.hpp"

namespace brink {

/// Conditions that the scenario's shocks set for some steps, over those of the market.
struct Conditions {
    std::vector<double> volatility;  ///< multiple per asset, shape [assets]
    double correlation{0};           ///< share of the way from each correlation to 1
    double jump_rate{1};
    double depth{1};
    double funding{1};

    /// Whether they are those of the market.
    [[nodiscard]] bool change_nothing() const;
};

/// Steps of equal conditions, one after the other.
struct Phase {
    std::int32_t first_step{0};
    Conditions conditions;
};

/// Most phases of a scenario; a shock that builds up has one for each of its steps.
inline constexpr std::size_t max_phases = 256;

/// Price shocks of [[market.shocks]], in the order of the config.
[[nodiscard]] std::vector<PriceShock<double>> build_price_shocks(Scenario const& scenario);

/// Phases of the same, from step 0 on: one where no shock sets conditions.
/// Problems: more than max_phases.
[[nodiscard]] std::vector<Phase> build_phases(Scenario const& scenario, Problems& problems);

}  // namespace brink
