// SPDX-License-Identifier: Apache-2.0
// Rates and ratios that a venue writes out, or lets follow from something else; and its fees.
#include "io/config/derived_rates.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <cmath>

namespace brink {
namespace {

void check_borrow_rate(BorrowConfig const& borrow, Problems& problems)
{
    if (!borrow.rate && !borrow.curve)
        problems.add(borrow.at("rate"), "required key is missing",
                     "write rate = <number>, or a curve by utilisation");
    if (borrow.rate && borrow.curve)
        problems.add(borrow.at("curve"),
                     fmt::format("rate is given as well; at utilisation {} the curve gives {:.6g}",
                                 borrow.curve->utilisation, annual_rate(borrow)),
                     "remove one of the two");
}

/// Tiers that follow from liquidity may be written out, as the effective configuration does.
void check_derived_ratio(CollateralConfig const& collateral, Problems& problems)
{
    if (!collateral.from_liquidity)
        return;
    double const ratio = ratio_from(*collateral.from_liquidity);
    bool const is_same =
        collateral.tiers.size() == 1 && std::abs(collateral.tiers.front().ratio - ratio) <= 1e-9;
    if (!is_same)
        problems.add(
            collateral.at("tiers"),
            fmt::format("from_liquidity is given as well, which gives a ratio of {:.6g}", ratio),
            "remove one of the two");
    else if (ratio == 0)
        problems.warn(collateral.at("from_liquidity"),
                      "gives a ratio of 0: the collateral counts for nothing");
}

void check_fee_growth(VenueConfig const& venue, Problems& problems)
{
    LiquidationConfig const& rule = venue.liquidation;
    bool const grows = rule.fee_growth_hourly > 0;
    if (grows && rule.fee_most < rule.fee)
        problems.add(
            rule.at("fee_most"),
            fmt::format("{} is below fee {}, from which it grows", rule.fee_most, rule.fee),
            "write a larger one");
    if (grows && rule.price != LiquidationPrice::market
        && (rule.price != LiquidationPrice::bankruptcy || rule.reduction == Reduction::full))
        problems.add(rule.at("fee_growth_hourly"),
                     "is of the fee of sales at market, which this venue does not make",
                     "remove it");
    LiquidationConfig const usual;
    if (!grows && rule.fee_most != usual.fee_most)
        problems.warn(rule.at("fee_most"), "has no effect without fee_growth_hourly");
    if (!grows && rule.fee_grace != usual.fee_grace)
        problems.warn(rule.at("fee_grace"), "has no effect without fee_growth_hourly");
}

void check_storefront(VenueConfig const& venue, Problems& problems)
{
    LiquidationConfig const& rule = venue.liquidation;
    if (rule.target_reserves && !rule.storefront_price_factor)
        problems.add(rule.at("target_reserves"),
                     "is where the storefront closes: there is no storefront_price_factor",
                     "write storefront_price_factor = 0.5, or remove it");
    if (!rule.storefront_price_factor)
        return;
    if (rule.reduction != Reduction::absorb)
        problems.add(rule.at("storefront_price_factor"),
                     "is of collateral that the venue has absorbed",
                     "write reduction = \"absorb\" and price = \"bonus\", or remove it");
    if (rule.protocol_share_of == ProtocolShareOf::seized)
        problems.add(rule.at("protocol_share_of"),
                     "\"seized\" does not go with storefront_price_factor, which shares the "
                     "discount",
                     "write \"bonus\"");
    for (CollateralConfig const& collateral : venue.collateral)
        if (collateral.protocol_share > 0)
            problems.add(collateral.at("protocol_share"),
                         "storefront_price_factor says what the venue keeps", "remove it");
}

}  // namespace

void check_rates(Scenario const& scenario, Problems& problems)
{
    for (VenueConfig const& venue : scenario.venues) {
        for (BorrowConfig const& borrow : venue.borrow)
            check_borrow_rate(borrow, problems);
        for (CollateralConfig const& collateral : venue.collateral)
            check_derived_ratio(collateral, problems);
        check_fee_growth(venue, problems);
        check_storefront(venue, problems);
    }
}

}  // namespace brink
