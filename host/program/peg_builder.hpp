// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"
#include "models/market/narrow_market.hpp"

namespace brink {

/// Gives asset `place` of model "peg" its process and the loading of its deviation, for steps of
/// `run.step`. All assets have prices, and check_pegs found nothing wrong.
/// \param factor_row of the Cholesky factor
void set_peg(WideMarket& market, std::size_t place, Scenario const& scenario,
             std::vector<double> const& factor_row);

/// [log2] standard deviation of the deviation over a step, for a volatility of 1 a year.
[[nodiscard]] double peg_scale(PegConfig const& peg, Seconds step);

}  // namespace brink
