// SPDX-License-Identifier: Apache-2.0
// Stability pools, and the state of all borrowers that changes when accounts are liquidated.
#include "io/config/scenario_checks.hpp"

#include "io/config/references.hpp"

#include <fmt/format.h>

namespace brink {
namespace {

bool has_pool(VenueConfig const& venue)
{
    return venue.liquidation.price == LiquidationPrice::pool;
}

void check_pool(VenueConfig const& venue, Problems& problems)
{
    LiquidationConfig const& rule = venue.liquidation;
    if (!rule.pool && !rule.has("pool"))
        problems.add(rule.at("pool"), "required key is missing where price = \"pool\"",
                     "write what it can repay in the numeraire, pool = 5_000_000, or 0");
    if (venue.insurance_fund > 0)
        problems.add(venue.at("insurance_fund"), "the stability pool is the fund of this venue",
                     "remove it, or add it to liquidation.pool");
    bool const pays_gas = rule.gas_compensation > 0;
    if (!pays_gas && rule.gas_compensation_of == GasOf::offset)
        problems.warn(rule.at("gas_compensation_of"), "has no effect without gas_compensation");
    if (!pays_gas && rule.gas_compensation_most)
        problems.warn(rule.at("gas_compensation_most"), "has no effect without gas_compensation");
}

/// Only of values other than the defaults: the effective configuration writes those out.
void warn_of_idle_pool(LiquidationConfig const& rule, Problems& problems)
{
    auto const warn = [&](std::string_view key, bool is_given) {
        if (is_given)
            problems.warn(rule.at(key), "has no effect without price = \"pool\"");
    };
    warn("pool", rule.pool.has_value());
    warn("pool_penalty", rule.pool_penalty.has_value());
    warn("redistribution_penalty", rule.redistribution_penalty.has_value());
    warn("gas_compensation", rule.gas_compensation > 0);
    warn("gas_compensation_of", rule.gas_compensation_of == GasOf::offset);
    warn("gas_compensation_most", rule.gas_compensation_most.has_value());
    warn("gas_deposit", rule.gas_deposit > 0);
}

double weight_of(VenueConfig const& venue, std::string const& asset)
{
    for (CollateralConfig const& row : venue.collateral)
        if (row.asset == asset && !row.tiers.empty())
            return row.tiers.front().ratio;
    return 0;
}

void check_ratios(VenueConfig const& venue, RecoveryConfig const& recovery, double price,
                  Problems& problems)
{
    double const weight = weight_of(venue, recovery.asset);
    if (!(weight > 0)) {
        problems.add(
            recovery.at("asset"),
            fmt::format("{} counts for nothing at \"{}\"", recovery.asset, venue.name),
            "write the coin that the borrowers have as collateral, and its row in collateral");
        return;
    }
    double const minimum = venue.liquidation_health / weight;
    if (recovery.critical_ratio <= minimum)
        problems.add(recovery.at("critical_ratio"),
                     fmt::format("{} is not above {:.6g}, at which accounts are liquidated in any "
                                 "case (liquidation_health / ratio)",
                                 recovery.critical_ratio, minimum),
                     "write a higher one, or remove the table");
    double const ratio = recovery.system_collateral * price / recovery.system_debt;
    if (ratio < recovery.critical_ratio)
        problems.warn(recovery.at("system_collateral"),
                      fmt::format("\"{}\" is in recovery mode at t_0: {:.4g} of collateral for 1 "
                                  "of debt",
                                  venue.name, ratio));
}

void check_recovery(VenueConfig const& venue, RecoveryConfig const& recovery,
                    Scenario const& scenario, References const& assets, Problems& problems)
{
    if (!has_pool(venue))
        problems.add(recovery.where, "recovery mode goes with price = \"pool\"",
                     "write [venue.liquidation] price = \"pool\", or remove the table");
    if (scenario.run.bridge)
        problems.add(scenario.run.at("bridge"),
                     fmt::format("the recovery mode of \"{}\" begins at a price of its own, which "
                                 "is looked at step by step",
                                 venue.name),
                     "write bridge = false, and a shorter step");
    for (OracleConfig const& oracle : venue.oracle)
        if (oracle.asset == recovery.asset)
            problems.add(oracle.at("asset"),
                         fmt::format("recovery mode looks at the market's price of {}, not at an "
                                     "oracle's",
                                     oracle.asset),
                         "remove the row, or [venue.recovery]");
    if (recovery.asset.empty() || !assets.require(recovery.asset, recovery.at("asset"), problems))
        return;
    AssetConfig const& asset = scenario.assets[assets.index_of(recovery.asset)];
    if (asset.price)
        check_ratios(venue, recovery, *asset.price, problems);
}

/// A pool repays debts for what they are worth.
void check_debt_prices(VenueConfig const& venue, Problems& problems)
{
    for (OracleConfig const& oracle : venue.oracle)
        for (BorrowConfig const& row : venue.borrow)
            if (row.asset == oracle.asset)
                problems.add(oracle.at("asset"),
                             fmt::format("{} is lent: a pool repays debts at the market's price",
                                         oracle.asset),
                             "remove the row");
}

}  // namespace

void check_pools(Scenario const& scenario, Problems& problems)
{
    References const assets{"asset", scenario.assets};
    for (VenueConfig const& venue : scenario.venues) {
        if (has_pool(venue)) {
            check_pool(venue, problems);
            check_debt_prices(venue, problems);
        } else {
            warn_of_idle_pool(venue.liquidation, problems);
        }
        if (venue.recovery)
            check_recovery(venue, *venue.recovery, scenario, assets, problems);
    }
}

}  // namespace brink
