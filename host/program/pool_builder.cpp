// SPDX-License-Identifier: Apache-2.0
#include "host/program/pool_builder.hpp"

#include <limits>

namespace brink {
namespace {

/// Share of its value that a coin counts for, from the first one on.
double first_ratio(VenueConfig const& venue, std::string const& asset)
{
    CollateralConfig const* const row = row_of(venue.collateral, asset);
    return row == nullptr || row->tiers.empty() ? 0.0 : row->tiers.front().ratio;
}

}  // namespace

SystemTerms<double> make_system(VenueConfig const& venue, ScenarioIndex const& index)
{
    if (!venue.recovery)
        return {};
    RecoveryConfig const& recovery = *venue.recovery;
    return {index.asset(recovery.asset), recovery.system_collateral / recovery.system_debt,
            recovery.critical_ratio, first_ratio(venue, recovery.asset)};
}

/// In recovery mode the collateral is capped at the ratio of a liquidation in normal mode.
PoolTerms make_pool(VenueConfig const& venue)
{
    LiquidationConfig const& rule = venue.liquidation;
    constexpr double all = std::numeric_limits<double>::infinity();
    double const weight = venue.recovery ? first_ratio(venue, venue.recovery->asset) : 0.0;
    return {rule.pool.value_or(0.0),
            rule.pool_penalty.value_or(all),
            rule.redistribution_penalty.value_or(all),
            rule.gas_compensation_of == GasOf::collateral ? GasBase::collateral : GasBase::offset,
            rule.gas_compensation,
            rule.gas_compensation_most.value_or(all),
            rule.gas_deposit,
            weight > 0.0 ? venue.liquidation_health / weight : all};
}

double opening_fund(VenueConfig const& venue)
{
    bool const is_pooled = venue.liquidation.price == LiquidationPrice::pool;
    return venue.insurance_fund + (is_pooled ? venue.liquidation.pool.value_or(0.0) : 0.0);
}

}  // namespace brink
