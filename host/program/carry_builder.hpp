// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "io/config/scenario.hpp"
#include "models/market/carry_factor.hpp"

namespace brink {

/// The rates and implied volatilities of the scenario that move, in the order of the assets.
/// Growths of debts accumulate in fields counted from 0.
[[nodiscard]] std::vector<CarryFactor<double>> build_carry_factors(Scenario const& scenario);

/// Place of one of them; -1: the asset has none of this kind.
[[nodiscard]] std::int32_t find_carry_factor(std::vector<CarryFactor<double>> const& factors,
                                             CarryKind kind, std::size_t asset);

/// What one is called, such as `funding:BTC`.
[[nodiscard]] std::string name_carry_factor(CarryKind kind, std::string const& asset);

}  // namespace brink
