// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "io/config/scenario.hpp"
#include "io/results/result.hpp"
#include "models/market/narrow_market.hpp"
#include "models/market/price_shock.hpp"
#include "models/market/regime_terms.hpp"

namespace brink {

/// What a result says of its market beside the scenario.
struct MarketNotes {
    std::vector<std::string> assumptions;
    std::vector<MatrixRepair> correlation_repairs;
    std::vector<RegimeTerms<double>> regimes;  ///< [phases][regimes]
    std::vector<std::int32_t> phases;          ///< first step of each
    std::vector<PriceShock<double>> shocks;
    std::vector<double> history;  ///< [rows][assets] of HistoryTerms
    std::vector<MixingView<double>> mixings;
    std::vector<CopulaTerms<double>> copula;  ///< one, or none
};

/// The scenario's market in steps of `run.step`: loadings from volatilities and the Cholesky factor
/// of the correlation, drift, compensator, fixed prices and the Student-t multiplier.
///
/// Opening prices are rounded to the number type, so that what was worth S_0 at t_0 is worth
/// exactly as much on a path that has not moved. Fixed prices are recorded as assumptions. \tparam
/// T number type of the hot way: how closely the multiplier is fitted \return nothing where a
/// problem was added (not positive semidefinite, holding time of the mixing draw not a whole number
/// of steps, price missing)
template<class T>
[[nodiscard]] std::optional<WideMarket> build_market(Scenario const& scenario, Problems& problems,
                                                     MarketNotes& notes);

/// Model of one asset: its own, or the market's.
[[nodiscard]] MarginalModel model_in_force(AssetConfig const& asset, MarketConfig const& market);

/// Number of steps from t_0 to the horizon.
[[nodiscard]] std::int32_t count_steps(RunConfig const& run);

}  // namespace brink
