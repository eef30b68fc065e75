// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/market_builder.hpp"

#include <vector>

namespace brink {

/// Covariance [log2^2] of the log prices over one step at t_0, shape [assets][assets], without
/// jumps; pegs and fixed prices have none. Empty without `run.bridge`; the reader has seen to it
/// that no other model takes part.
[[nodiscard]] std::vector<double> build_bridge(Scenario const& scenario, WideMarket const& market);

}  // namespace brink
