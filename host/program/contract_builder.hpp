// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/scenario_index.hpp"
#include "models/instruments/contract.hpp"
#include "models/market/carry_factor.hpp"

namespace brink {

/// The first instrument of the same contract: venues that list one share its price.
[[nodiscard]] InstrumentConfig const& first_of_contract(InstrumentConfig const& instrument,
                                                        Scenario const& scenario);

/// What the prices of a contract go by: the name of its first instrument, with the venue where
/// another contract has that name.
[[nodiscard]] std::string contract_row_name(InstrumentConfig const& first,
                                            Scenario const& scenario);

/// The scenario with an asset of fixed price for every dated contract, after all others: the row in
/// which paths write its price.
[[nodiscard]] Scenario add_contract_rows(Scenario scenario);

/// \param config first of its contract
/// \param index of a scenario with contract rows
/// \param as_of [s] t_0
/// \param row of its prices among the assets
[[nodiscard]] Contract<double> make_contract(InstrumentConfig const& config,
                                             ScenarioIndex const& index, AssetConfig const& base,
                                             std::vector<CarryFactor<double>> const& factors,
                                             UnixSeconds as_of, std::int32_t row);

}  // namespace brink
