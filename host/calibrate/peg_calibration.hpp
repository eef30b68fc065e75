// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "host/calibrate/goodness.hpp"
#include "host/calibrate/peg_fit.hpp"
#include "io/market_data/market_file.hpp"

namespace brink {

/// A peg to be fitted: prices of `column` in the numeraire, or in `reference`.
struct PegSource {
    std::string asset;      ///< what the market file calls it
    std::string column;     ///< its prices
    std::string reference;  ///< empty: the numeraire
    /// prices of the reference, by which those of the column are divided; empty: they are ratios
    std::string reference_column;
    PegGrowth growth{PegGrowth::none};
};

struct PegCalibration {
    PegSource source;
    PegFit fit;
    Goodness goodness;  ///< of the deviation's shocks against a normal law
    PriceSeries const* series{nullptr};
    std::size_t num_prices{0};
};

/// Fit each peg to its series. Problems (code 65): fewer than `fewest_returns` common prices, a
/// ratio that never changes. \param series of all columns that the sources name; outlives the
/// result
[[nodiscard]] std::vector<PegCalibration> calibrate_pegs(std::vector<PegSource> const& sources,
                                                         std::vector<PriceSeries> const& series,
                                                         Problems& problems);

/// \param command as it was given, for the header
[[nodiscard]] MarketFile peg_market(std::vector<PegCalibration> const& pegs,
                                    std::string const& command);

}  // namespace brink
