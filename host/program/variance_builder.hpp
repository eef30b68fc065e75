// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/jump_builder.hpp"
#include "models/market/narrow_market.hpp"

namespace brink {

/// The variance of an asset of model "heston" or "gjr_garch", for steps of `run.step`. `volatility`
/// and `long_run_volatility` are those of the whole return: jumps take their share of both. A step
/// too long for the scheme, and jumps of more variance than there is, go to `problems`.
[[nodiscard]] VarianceProcess<double> build_variance(AssetConfig const& asset, std::size_t place,
                                                     RunConfig const& run, JumpMoments const& jumps,
                                                     Problems& problems);

/// Whether the scheme takes the multiples of volatility of every regime and shock; a step that is
/// too long for one goes to `problems`.
void check_multiples(Scenario const& scenario, WideMarket const& market,
                     std::vector<RegimeTerms<double>> const& regimes, Problems& problems);

}  // namespace brink
