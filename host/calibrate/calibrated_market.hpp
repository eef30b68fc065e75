// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "host/calibrate/calibrate.hpp"
#include "io/market_data/market_file.hpp"

namespace brink {

/// The market file of a calibration, with errors, sample and goodness of fit as comments.
/// \param series what the returns were made of, in their order
[[nodiscard]] MarketFile calibrated_market(Calibration const& calibration,
                                           std::vector<PriceSeries> const& series);

/// `0.4 +- 0.02`.
[[nodiscard]] std::string fitted_text(FittedValue const& fitted);
/// Two digits of a standard error; `n/a` where it is not determined.
[[nodiscard]] std::string error_text(double se);

/// What one series had besides good prices: `3 gaps (7 prices missing), 2 repeated rows`, or
/// `no gaps`.
[[nodiscard]] std::string counts_text(HistoryCounts const& counts);

/// What the calibration cannot promise, one sentence each: parameters at an edge or not determined,
/// correlations that the model does not reproduce, assets that cut the window.
[[nodiscard]] std::vector<std::string> calibration_warnings(Calibration const& calibration,
                                                            std::vector<PriceSeries> const& series);

/// Correlation of returns that the model makes of the factors' correlation: own jumps add variance
/// that is not shared.
[[nodiscard]] double implied_correlation(Calibration const& calibration, std::size_t i,
                                         std::size_t j);

}  // namespace brink
