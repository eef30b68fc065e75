// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "io/config/scenario.hpp"
#include "models/market/narrow_market.hpp"

namespace brink {

/// What a market needs of its history.
struct HistoryTable {
    HistoryTerms terms{};
    std::vector<double> returns;  ///< [rows][assets of the scenario]: [log2], or standardised
    std::vector<std::string> assumptions;
};

/// Rows of `run.step`: returns of several intervals overlap. Bootstrapped ones are centred, so that
/// the expected price grows by `drift`; those of assets with a GARCH are over their filtered
/// deviations, of mean 0 and variance 1 (G. Barone-Adesi, K. Giannopoulos and L. Vosper, "VaR
/// without correlations for portfolios of derivative securities", J. Futures Markets 19 (1999)).
/// Precondition: check_history found nothing wrong.
[[nodiscard]] HistoryTable build_history(Scenario const& scenario);

/// The asset with the long-run volatility of the history, where its GARCH names none.
[[nodiscard]] AssetConfig with_filter(AssetConfig asset, HistoryConfig const& history);

}  // namespace brink
