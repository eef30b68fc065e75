// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

#include <vector>

namespace brink {

/// Places of the assets that [market.history] moves.
[[nodiscard]] std::vector<std::size_t> historical_assets(Scenario const& scenario);

/// Column of an asset in the history's returns, log returns of its rows; empty where it has none.
[[nodiscard]] std::vector<double> history_of(HistoryConfig const& history,
                                             std::string const& asset);

/// Read the price files of [market.history] into its joint returns, and give historical assets
/// without a volatility that of their rows, or of their GARCH filter at the end. Adds the files to
/// `sources` (role "history"). Problems of contents have code 65.
void load_history(Scenario& scenario, std::vector<SourceFile>& sources, Problems& problems);

}  // namespace brink
