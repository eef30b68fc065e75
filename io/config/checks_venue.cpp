// SPDX-License-Identifier: Apache-2.0
#include "io/config/config_words.hpp"
#include "io/config/instrument_names.hpp"
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"
#include "io/config/venue_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace brink {
namespace {

void check_call_rule(VenueConfig const& venue, Problems& problems)
{
    bool const by_health = venue.call == CallRule::health;
    if (by_health && !venue.call_health)
        problems.add(venue.at("call_health"),
                     venue.health == HealthMetric::collateral_over_debt
                         ? "a lending venue must state the health at which it calls"
                         : "required key is missing where call = \"health\"",
                     "write call_health = 1.25");
    if (!by_health && venue.call_health)
        problems.add(venue.at("call_health"), "call = \"initial_margin\" does not use it",
                     "remove it, or write call = \"health\"");
    if (!by_health && venue.health == HealthMetric::collateral_over_debt)
        problems.add(venue.at("call"), "a lending venue has no initial margin",
                     "write call = \"health\" and call_health");
    if (by_health && venue.call_health && *venue.call_health < venue.liquidation_health)
        problems.add(venue.at("call_health"),
                     fmt::format("{} is below liquidation_health {}: nobody would be called before "
                                 "being liquidated",
                                 *venue.call_health, venue.liquidation_health));
}

/// `amount` follows from the tiers below: the schedule is continuous at each floor.
void check_maintenance_amount(TierConfig const& tier, double amount, Problems& problems)
{
    if (!tier.maintenance_amount)
        return;
    double const scale = std::max(std::abs(amount), tier.floor * tier.maintenance_rate);
    if (std::abs(*tier.maintenance_amount - amount) > 1e-6 * scale)
        problems.add(tier.at("maintenance_amount"),
                     fmt::format("{} contradicts the tiers below, which give {:.10g}",
                                 *tier.maintenance_amount, amount),
                     "amount = previous amount + floor * (rate - previous rate)");
}

void check_tier_order(TierConfig const& below, TierConfig const& tier, Problems& problems)
{
    if (!(tier.floor > below.floor))
        problems.add(tier.at("floor"),
                     fmt::format("tiers must ascend: {} after {}", tier.floor, below.floor));
    if (tier.maintenance_rate < below.maintenance_rate)
        problems.add(tier.at("maintenance_rate"),
                     fmt::format("rates must not fall: {} after {}", tier.maintenance_rate,
                                 below.maintenance_rate));
    if (tier.max_leverage && below.max_leverage && *tier.max_leverage > *below.max_leverage)
        problems.add(tier.at("max_leverage"), fmt::format("leverage must not rise: {} after {}",
                                                          *tier.max_leverage, *below.max_leverage));
}

bool grows_with_size(ScheduleConfig const& schedule)
{
    return schedule.kind == ScheduleKind::affine || schedule.kind == ScheduleKind::square_root;
}

/// Rates that grow with the size are charged on the size: in coins or contracts.
void check_slopes(ScheduleConfig const& schedule, TierConfig const& tier, Problems& problems)
{
    if (!grows_with_size(schedule)) {
        for (auto const& [key, slope] : {std::pair{"maintenance_slope", tier.maintenance_slope},
                                         std::pair{"initial_slope", tier.initial_slope}})
            if (slope > 0)
                problems.add(tier.at(key), "is for kind = \"affine\" or \"square_root\"",
                             "write kind = \"affine\", or remove it");
        return;
    }
    if (tier.initial_slope > 0 && !tier.max_leverage)
        problems.add(tier.at("initial_slope"), "grows on the rate that max_leverage gives",
                     "write max_leverage as well");
    if (tier.max_leverage && tier.initial_slope < tier.maintenance_slope)
        problems.add(tier.at("initial_slope"),
                     fmt::format("{} is below maintenance_slope {}: a large position would need "
                                 "less to be opened than to be kept",
                                 tier.initial_slope, tier.maintenance_slope));
}

/// It is a number of coins, worth their price.
void check_open_interest(ScheduleConfig const& schedule, Problems& problems)
{
    if (schedule.open_interest == 0) {
        for (auto const& [key, bound] :
             {std::pair{"open_interest_lower", schedule.open_interest_lower},
              std::pair{"open_interest_upper", schedule.open_interest_upper}})
            if (bound > 0)
                problems.add(schedule.at(key), "needs open_interest",
                             "write the market's open interest in base coins, or remove it");
        return;
    }
    if (schedule.unit != ScheduleUnit::base)
        problems.add(schedule.at("open_interest"), "is a number of coins", "write unit = \"base\"");
    if (!(schedule.open_interest_upper > schedule.open_interest_lower))
        problems.add(schedule.at("open_interest_upper"),
                     fmt::format("must be above open_interest_lower {}, is {}",
                                 schedule.open_interest_lower, schedule.open_interest_upper));
}

void check_tiers(ScheduleConfig const& schedule, Problems& problems)
{
    if (schedule.tiers.empty()) {
        problems.add(schedule.at("tiers"), "a schedule needs at least one tier",
                     "write tiers = [{ floor = 0, maintenance_rate = 0.005 }]");
        return;
    }
    if (schedule.tiers.front().floor != 0)
        problems.add(schedule.tiers.front().at("floor"), "the first tier must begin at 0");
    double amount = 0;
    for (std::size_t i = 0; i < schedule.tiers.size(); ++i) {
        TierConfig const& tier = schedule.tiers[i];
        if (i > 0) {
            TierConfig const& below = schedule.tiers[i - 1];
            check_tier_order(below, tier, problems);
            amount += tier.floor * (tier.maintenance_rate - below.maintenance_rate);
        }
        if (schedule.kind == ScheduleKind::marginal)
            check_maintenance_amount(tier, amount, problems);
        else if (tier.has("maintenance_amount"))
            problems.add(
                tier.at("maintenance_amount"),
                fmt::format("kind = \"{}\" has no maintenance amount",
                            Words<ScheduleKind>::list[static_cast<std::size_t>(schedule.kind)]),
                "remove it");
        check_slopes(schedule, tier, problems);
        if (tier.max_leverage && *tier.max_leverage * tier.maintenance_rate > 1 + 1e-9)
            problems.add(tier.at("max_leverage"),
                         fmt::format("at {}x the initial margin is below the maintenance rate {}",
                                     *tier.max_leverage, tier.maintenance_rate),
                         fmt::format("{:.6g}x is the most", 1 / tier.maintenance_rate));
    }
}

void check_schedules(VenueConfig const& venue, InstrumentNames const& instruments,
                     Problems& problems)
{
    std::map<std::string, Where> first;
    for (ScheduleConfig const& schedule : venue.schedules) {
        if (schedule.kind != ScheduleKind::short_option)
            check_tiers(schedule, problems);
        if (grows_with_size(schedule) && schedule.unit == ScheduleUnit::notional)
            problems.add(
                schedule.at("unit"),
                fmt::format("kind = \"{}\" grows with the size in coins or contracts",
                            Words<ScheduleKind>::list[static_cast<std::size_t>(schedule.kind)]),
                "write unit = \"base\" or \"contracts\"");
        check_open_interest(schedule, problems);
        if (schedule.has("instruments") && schedule.instruments.empty())
            problems.add(schedule.at("instruments"), "must name at least one instrument");
        for (std::string const& name : schedule.instruments) {
            Where const where = schedule.at("instruments");
            if (!instruments.require(name, where, problems))
                continue;
            if (instruments.find(venue.name, name) == nullptr)
                problems.add(where, fmt::format("instrument \"{}\" trades at venue {}", name,
                                                instruments.venues_of(name)));
            auto const [found, is_new] = first.emplace(name, where);
            if (!is_new)
                report_duplicate("schedule of", name, where, found->second, problems);
        }
    }
}

void check_collateral_tiers(CollateralConfig const& collateral, Problems& problems)
{
    if (collateral.tiers.empty()) {
        problems.add(collateral.at("tiers"), "collateral needs at least one tier",
                     "write tiers = [{ floor = 0, ratio = 0.95 }]");
        return;
    }
    if (collateral.tiers.front().floor != 0)
        problems.add(collateral.tiers.front().at("floor"), "the first tier must begin at 0");
    for (std::size_t i = 1; i < collateral.tiers.size(); ++i) {
        CollateralTierConfig const& below = collateral.tiers[i - 1];
        CollateralTierConfig const& tier = collateral.tiers[i];
        if (!(tier.floor > below.floor))
            problems.add(tier.at("floor"),
                         fmt::format("tiers must ascend: {} after {}", tier.floor, below.floor));
        if (tier.ratio > below.ratio)
            problems.add(tier.at("ratio"),
                         fmt::format("ratios must not rise: {} after {}", tier.ratio, below.ratio),
                         "more of a coin never counts for more apiece");
    }
}

/// Rows of one venue that name an asset: each known, none twice.
template<class Row>
void check_asset_rows(std::vector<Row> const& rows, std::string_view kind, References const& assets,
                      Problems& problems)
{
    std::map<std::string, Where> first;
    for (Row const& row : rows) {
        if (row.asset.empty())
            continue;
        assets.require(row.asset, row.at("asset"), problems);
        auto const [found, is_new] = first.emplace(row.asset, row.at("asset"));
        if (!is_new)
            report_duplicate(kind, row.asset, row.at("asset"), found->second, problems);
    }
}

}  // namespace

void check_venues(Scenario const& scenario, Problems& problems)
{
    References const assets{"asset", scenario.assets};
    InstrumentNames const instruments{scenario.instruments};
    check_names(scenario.venues, "venue", problems);
    for (VenueConfig const& venue : scenario.venues) {
        check_call_rule(venue, problems);
        check_evidence(venue, problems);
        check_schedules(venue, instruments, problems);
        check_asset_rows(venue.collateral, "collateral", assets, problems);
        check_asset_rows(venue.borrow, "borrow", assets, problems);
        check_asset_rows(venue.oracle, "oracle", assets, problems);
        for (CollateralConfig const& collateral : venue.collateral) {
            check_collateral_tiers(collateral, problems);
            if (collateral.scope == CollateralScope::initial
                && venue.call != CallRule::initial_margin)
                problems.add(
                    collateral.at("scope"),
                    "haircuts of the initial margin only need a call at the initial margin",
                    "write call = \"initial_margin\", or scope = \"both\"");
        }
        for (BorrowConfig const& borrow : venue.borrow)
            if (borrow.initial_rate > 0 && borrow.initial_rate < borrow.maintenance_rate)
                problems.add(borrow.at("initial_rate"),
                             fmt::format("{} is below the maintenance rate {}", borrow.initial_rate,
                                         borrow.maintenance_rate));
    }
}

}  // namespace brink
