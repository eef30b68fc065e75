// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/references.hpp"
#include "io/config/scenario.hpp"

#include <set>
#include <string>

namespace brink {

/// Fill what follows from other values: default settlement assets, call rules, residuals of
/// takeovers, derived collateral ratios, owners of accounts that name none, the numeraire as an
/// asset where something is held in it. Drop the rows of included files that concern nothing in
/// this scenario.
void complete_scenario(Scenario& scenario);

/// Everything that one value says about another: references, orders, duplicates, contradictions.
void check_scenario(Scenario const& scenario, Problems& problems);

// Parts of check_scenario, one per table.
void check_run(Scenario const& scenario, Problems& problems);
void check_market(Scenario const& scenario, Problems& problems);
void check_jumps(Scenario const& scenario, Problems& problems);
void check_history(Scenario const& scenario, Problems& problems);
void check_failures(Scenario const& scenario, Problems& problems);
void check_shocks(Scenario const& scenario, Problems& problems);
void check_regimes(Scenario const& scenario, Problems& problems);
void check_variances(Scenario const& scenario, Problems& problems);
/// Names, shape and entries of a correlation matrix.
void check_correlation(CorrelationConfig const& correlation, References const& assets,
                       Problems& problems);
/// Rates and implied volatilities that move: their bounds, and whether anything uses them.
void check_carry(Scenario const& scenario, Problems& problems);

void check_pegs(Scenario const& scenario, Problems& problems);
void check_instruments(Scenario const& scenario, Problems& problems);
/// Dated futures and options: their terms, their schedules, and what else may not have them.
void check_contracts(Scenario const& scenario, Problems& problems);
/// Scenario grids and contingencies, and which instruments they need.
void check_grids(Scenario const& scenario, Problems& problems);
void check_venues(Scenario const& scenario, Problems& problems);
/// Oracles of venues: what they read, how far they may lag, and where they may not stand.
void check_oracles(Scenario const& scenario, Problems& problems);
/// Rates and ratios written out or derived, and what grows or is shared of fees.
void check_rates(Scenario const& scenario, Problems& problems);
void check_liquidations(Scenario const& scenario, Problems& problems);
/// Loans whose collateral lies in bands: what venue and account must say, and may not.
void check_bands(Scenario const& scenario, Problems& problems);
/// Stability pools and recovery modes.
void check_pools(Scenario const& scenario, Problems& problems);
void check_exchanges(Scenario const& scenario, Problems& problems);
void check_owners(Scenario const& scenario, Problems& problems);
void check_accounts(Scenario const& scenario, Problems& problems);
void check_limits(Scenario const& scenario, Problems& problems);
void check_sweep(Scenario const& scenario, Problems& problems);
/// Keys that stress scenarios and points of a sweep replace: of the scenario, and not what makes
/// runs comparable.
void check_settings(std::vector<Setting> const& settings, Problems& problems);
void check_swept_key(std::string const& key, Where const& where, Problems& problems);
void warn_of_idle_settings(Scenario const& scenario, Problems& problems);
void warn_of_magnitudes(Scenario const& scenario, Problems& problems);

/// Whether a venue has loans, not positions.
[[nodiscard]] inline bool is_lending(VenueConfig const& venue)
{
    return venue.health == HealthMetric::collateral_over_debt;
}

/// Names that accounts, reserves, responses, instruments and pegs refer to, defined or not.
[[nodiscard]] std::set<std::string, std::less<>> assets_in_use(Scenario const& scenario);

}  // namespace brink
