// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/program/jump_builder.hpp"
#include "io/config/scenario.hpp"
#include "models/market/regime_terms.hpp"

namespace brink {

/// Of the rates of jumps, the largest multiple that a regime has: jump processes draw at it, and
/// `RegimeTerms::jump_share` thins them. 1 where the market has no regimes.
[[nodiscard]] double largest_jump_rate(MarketConfig const& market);

/// Share of a long time that the chain spends in each regime: pi Q = 0, with
/// Q_ij = (p_ij - [i = j]) / mean duration_i. Source: J. R. Norris, "Markov Chains" (1997),
/// theorem 3.5.5. \return shape [regimes]; empty where it is not unique
[[nodiscard]] std::vector<double> stationary_law(std::vector<RegimeConfig> const& regimes);

/// The terms of every regime of the scenario, in steps of `run.step`; none where it has no regimes.
/// \param jumps moments by the rates as written
/// Problems: a matrix that is not semidefinite, jumps that make more than a regime's volatility, a
/// stationary law that is not unique.
[[nodiscard]] std::vector<RegimeTerms<double>> build_regimes(
    Scenario const& scenario, std::vector<std::vector<double>> const& market_factor,
    JumpProcesses const& jumps, Problems& problems);

}  // namespace brink
