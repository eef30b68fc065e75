// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/program/jump_builder.hpp"
#include "host/program/shock_builder.hpp"
#include "io/config/scenario.hpp"
#include "io/results/result.hpp"
#include "models/market/regime_terms.hpp"

namespace brink {

/// Of the rates of jumps, the largest multiple that a regime has in any phase: jump processes draw
/// at it, and `RegimeTerms::jump_share` thins them. 1 where nothing changes them.
[[nodiscard]] double largest_jump_rate(MarketConfig const& market,
                                       std::vector<Phase> const& phases);

/// Share of a long time that the chain spends in each regime: pi Q = 0, with
/// Q_ij = (p_ij - [i = j]) / mean duration_i. Source: J. R. Norris, "Markov Chains" (1997),
/// theorem 3.5.5. \return shape [regimes]; empty where it is not unique
[[nodiscard]] std::vector<double> stationary_law(std::vector<RegimeConfig> const& regimes);

/// The terms of every regime of the scenario in each phase, in steps of `run.step`:
/// [phases][regimes]. None where there is one phase and no regime; a market without regimes has one
/// that never ends. \param jumps moments by the rates as written \param repairs of matrices of
/// regimes are added to it. Problems: a matrix that is not semidefinite, jumps that make more than
/// a regime's volatility, a stationary law that is not unique.
[[nodiscard]] std::vector<RegimeTerms<double>> build_regimes(
    Scenario const& scenario, std::vector<Phase> const& phases,
    std::vector<std::vector<double>> const& market_correlation, JumpProcesses const& jumps,
    std::vector<MatrixRepair>& repairs, Problems& problems);

}  // namespace brink
