// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/program/jump_builder.hpp"
#include "io/config/scenario.hpp"

namespace brink {

/// How one asset moves in a step, as MarketView has it.
struct AssetTerms {
    std::vector<double> loading;  ///< [log2 per step] on the factors 0 .. its own
    double drift{0};              ///< [log2 per step]
    double half_variance{0};      ///< [log2 per step]
};

/// Place of each of the scenario's assets in a correlation table, and the matrix of all of them in
/// the order of the config; fixed and unlisted ones stand alone.
/// \param matrix of the listed assets
[[nodiscard]] std::vector<std::vector<double>> full_correlation(
    Scenario const& scenario, std::vector<std::string> const& listed,
    std::vector<std::vector<double>> const& matrix);

/// An asset whose variance moves by itself is loaded with its factor.
[[nodiscard]] bool has_own_variance(AssetConfig const& asset, MarketConfig const& market);

/// \param volatility annual, of the whole return; jumps take their share of it \param where it is
/// written \param years of a step \param factor_row Cholesky row of the asset
/// \param jumps of a year, as often as they happen
[[nodiscard]] AssetTerms make_asset_terms(AssetConfig const& asset, double volatility,
                                          Where const& where, double years,
                                          std::vector<double> const& factor_row,
                                          JumpMoments const& jumps, Problems& problems);

/// The same for an asset whose variance moves by itself.
[[nodiscard]] AssetTerms make_varying_terms(AssetConfig const& asset, double years,
                                            std::vector<double> const& factor_row,
                                            JumpMoments const& jumps);

}  // namespace brink
