// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "io/config/scenario.hpp"

namespace brink::test {

namespace variant {

inline Scenario without_responses(Scenario scenario)
{
    for (OwnerConfig& owner : scenario.owners)
        owner.response.clear();
    return scenario;
}

inline Scenario with_slow_posts(Scenario scenario)
{
    for (OwnerConfig& owner : scenario.owners)
        for (ResponseConfig& response : owner.response)
            if (response.action == ResponseAction::post)
                response.delay.kind = DelayKind::fixed, response.delay.a = 86'400;
    return scenario;
}

inline Scenario with_less(Scenario scenario, double share)
{
    for (OwnerConfig& owner : scenario.owners)
        for (auto& [asset, amount] : owner.reserve)
            amount *= share;
    for (AccountConfig& account : scenario.accounts)
        for (auto& [asset, amount] : account.balances)
            amount *= amount > 0 ? share : 1.0;
    return scenario;
}

inline Scenario with_other_venues(Scenario scenario)
{
    for (VenueConfig& venue : scenario.venues) {
        venue.insurance_fund = 1.0;
        for (OracleConfig& oracle : venue.oracle) {  // with as many rows of their prices as before
            oracle.delay += oracle.delay > 0 ? scenario.run.step : 0.0;
            if (oracle.deviation)
                *oracle.deviation *= 2;
        }
    }
    for (InstrumentConfig& instrument : scenario.instruments) {
        instrument.funding_rate_per_interval += 1e-4;
        if (instrument.volatility)
            *instrument.volatility *= 1.1;
    }
    return scenario;
}

}  // namespace variant

/// The scenario, and others that differ from it in rules only: owners, accounts, venues, contracts
/// and oracles. They may be refused where the scenario is not.
inline std::vector<Scenario> rule_variants(Scenario const& scenario)
{
    return {scenario, variant::without_responses(scenario), variant::with_slow_posts(scenario),
            variant::with_less(scenario, 0.8), variant::with_other_venues(scenario)};
}

}  // namespace brink::test
