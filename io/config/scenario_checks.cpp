// SPDX-License-Identifier: Apache-2.0
#include "io/config/scenario_checks.hpp"

namespace brink {

void check_scenario(Scenario const& scenario, Problems& problems)
{
    check_run(scenario, problems);
    check_market(scenario, problems);
    check_jumps(scenario, problems);
    check_regimes(scenario, problems);
    check_history(scenario, problems);
    check_failures(scenario, problems);
    check_shocks(scenario, problems);
    check_variances(scenario, problems);
    check_pegs(scenario, problems);
    check_carry(scenario, problems);
    check_instruments(scenario, problems);
    check_contracts(scenario, problems);
    check_grids(scenario, problems);
    check_venues(scenario, problems);
    check_oracles(scenario, problems);
    check_rates(scenario, problems);
    check_liquidations(scenario, problems);
    check_bands(scenario, problems);
    check_pools(scenario, problems);
    check_exchanges(scenario, problems);
    check_owners(scenario, problems);
    check_accounts(scenario, problems);
    check_limits(scenario, problems);
    check_sweep(scenario, problems);
    warn_of_idle_settings(scenario, problems);
    warn_of_magnitudes(scenario, problems);
}

}  // namespace brink
