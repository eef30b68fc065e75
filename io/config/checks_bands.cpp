// SPDX-License-Identifier: Apache-2.0
// Loans whose collateral lies in bands.
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace brink {
namespace {

bool has_ratio(CollateralConfig const& collateral)
{
    return !collateral.tiers.empty() && collateral.tiers.front().ratio > 0;
}

/// What lies in bands counts by one ratio, 1 less the liquidation discount, at market.
void check_band_collateral(CollateralConfig const& collateral, Problems& problems)
{
    auto const refuse = [&](std::string_view key, bool is_given, std::string suggestion) {
        if (is_given)
            problems.add(collateral.at(key), "does not go with bands: they value their collateral",
                         std::move(suggestion));
    };
    if (!has_ratio(collateral))
        return;
    refuse("tiers", collateral.tiers.size() > 1,
           "write one tier, tiers = [{ floor = 0, ratio = 0.94 }]: 1 - liquidation discount");
    refuse("unit", collateral.unit != CollateralUnit::usd, "remove it");
    refuse("cap", collateral.cap.has_value(), "remove it");
    refuse("valuation", collateral.valuation != Valuation::market, "remove it");
    refuse("scope", collateral.scope != CollateralScope::both, "remove it");
}

void check_band_venue(VenueConfig const& venue, Problems& problems)
{
    bool const by_bands = venue.liquidation.price == LiquidationPrice::bands;
    if (by_bands && !venue.bands)
        problems.add(venue.at("bands"), "required table is missing where price = \"bands\"",
                     "write bands = { amplification = 100, count = 10, fee = 0.006 }");
    if (!venue.bands)
        return;
    if (!by_bands)
        problems.add(venue.liquidation.at("price"),
                     "collateral in bands is taken with price = \"bands\"",
                     "write price = \"bands\", or remove [venue.bands]");
    if (venue.liquidation.reduction != Reduction::full
        && venue.liquidation.reduction != Reduction::close_factor)
        problems.add(venue.liquidation.at("reduction"),
                     "a loan in bands is repaid whole, or by a share of its debt",
                     "write \"full\", or \"close_factor\" with close_factor = 0.5");
    if (!venue.bands->arbitrage_move && venue.bands->fee == 0)
        problems.add(venue.bands->at("arbitrage_move"),
                     "required key is missing where fee = 0: how far the price moves before "
                     "somebody trades",
                     "write arbitrage_move = 0.005");
    for (CollateralConfig const& collateral : venue.collateral)
        check_band_collateral(collateral, problems);
    for (OracleConfig const& oracle : venue.oracle)
        problems.add(oracle.at("asset"), "bands are traded at the market's price, without oracles",
                     "remove it");
}

/// One collateral, one debt.
void check_band_account(AccountConfig const& account, VenueConfig const& venue, Problems& problems)
{
    std::size_t num_collaterals = 0;
    for (auto const& [asset, amount] : account.balances)
        num_collaterals += static_cast<std::size_t>(
            std::count_if(venue.collateral.begin(), venue.collateral.end(),
                          [&, &name = asset, held = amount](CollateralConfig const& row) {
                              return row.asset == name && held > 0 && has_ratio(row);
                          }));
    if (num_collaterals != 1)
        problems.add(account.at("balances"),
                     fmt::format("{} coins with a collateral ratio; a loan in bands has one",
                                 num_collaterals),
                     "put each into an account of its own");
    if (account.loans.size() != 1)
        problems.add(
            account.at("loans"),
            fmt::format("{} loans; collateral in bands stands for one", account.loans.size()),
            "put each into an account of its own");
    for (LoanConfig const& loan : account.loans)
        for (auto const& [asset, amount] : account.balances)
            if (asset == loan.asset && amount != 0)
                problems.add(account.at("balances." + asset),
                             "the coin of the debt is no balance of a loan in bands",
                             "take it off the loan");
}

}  // namespace

void check_bands(Scenario const& scenario, Problems& problems)
{
    for (VenueConfig const& venue : scenario.venues)
        check_band_venue(venue, problems);
    for (AccountConfig const& account : scenario.accounts) {
        auto const venue =
            std::find_if(scenario.venues.begin(), scenario.venues.end(),
                         [&](VenueConfig const& one) { return one.name == account.venue; });
        if (venue == scenario.venues.end())
            continue;
        if (venue->bands) {
            check_band_account(account, *venue, problems);
            continue;
        }
        if (account.bands != 0)
            problems.add(account.at("bands"), fmt::format("venue \"{}\" has no bands", venue->name),
                         "remove it");
        if (account.band_top)
            problems.add(account.at("band_top"),
                         fmt::format("venue \"{}\" has no bands", venue->name), "remove it");
    }
}

}  // namespace brink
