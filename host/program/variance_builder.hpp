// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/jump_builder.hpp"
#include "models/market/variance_process.hpp"

namespace brink {

/// The variance of an asset of model "heston" or "gjr_garch", for steps of `run.step`. `volatility`
/// and `long_run_volatility` are those of the whole return: jumps take their share of both. A step
/// too long for the scheme, and jumps of more variance than there is, go to `problems`.
[[nodiscard]] VarianceProcess<double> build_variance(AssetConfig const& asset, std::size_t place,
                                                     RunConfig const& run, JumpMoments const& jumps,
                                                     Problems& problems);

}  // namespace brink
