// SPDX-License-Identifier: Apache-2.0
// Warnings of settings that change nothing beside the others.
#include "io/config/config_words.hpp"
#include "io/config/duration.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace brink {
namespace {

bool takes_over(VenueConfig const& venue)
{
    return venue.liquidation.price == LiquidationPrice::bankruptcy;
}

/// Whether some position can go down brackets before its account is closed.
bool reduces_by_tiers(VenueConfig const& venue)
{
    auto const num_down = static_cast<std::size_t>(venue.liquidation.tiers_down);
    return venue.liquidation.reduction == Reduction::tier_by_tier && !is_lending(venue)
           && std::any_of(
               venue.schedules.begin(), venue.schedules.end(),
               [&](ScheduleConfig const& schedule) { return schedule.tiers.size() > num_down; });
}

/// Whether something is traded before an account is taken over.
bool reduces_first(VenueConfig const& venue)
{
    Reduction const reduction = venue.liquidation.reduction;
    return reduces_by_tiers(venue)
           || (!is_lending(venue)
               && (reduction == Reduction::slices || reduction == Reduction::target_health));
}

void warn_of_takeover(VenueConfig const& venue, Problems& problems)
{
    LiquidationConfig const& liquidation = venue.liquidation;
    if (!takes_over(venue))
        return;
    if (liquidation.residual == Residual::owner)
        problems.warn(liquidation.at("residual"),
                      "\"owner\" has no effect with price = \"bankruptcy\": at that price nothing "
                      "is left for the owner",
                      "write residual = \"fund\", or price = \"market\"");
    if (reduces_first(venue))
        return;
    if (liquidation.fee > 0)
        problems.warn(liquidation.at("fee"),
                      "is never charged: every account is taken over at the bankruptcy price",
                      "remove it, or write price = \"market\"");
    if (liquidation.bid_haircut > 0)
        problems.warn(liquidation.at("bid_haircut"),
                      "has no effect with price = \"bankruptcy\": no balance is sold",
                      "remove it, or write price = \"market\"");
}

void warn_of_reduction(VenueConfig const& venue, Problems& problems)
{
    LiquidationConfig const& liquidation = venue.liquidation;
    if (liquidation.reduction != Reduction::tier_by_tier) {
        std::string const used =
            fmt::format("reduction = \"{}\" does not use it",
                        Words<Reduction>::list[static_cast<std::size_t>(liquidation.reduction)]);
        if (liquidation.tiers_down != 1)
            problems.warn(liquidation.at("tiers_down"), used);
        if (liquidation.order == LiquidationOrder::as_listed && !reduces_first(venue))
            problems.warn(liquidation.at("order"), liquidation.reduction == Reduction::full
                                                       ? used + ": all positions close at once"
                                                       : used);
    } else if (is_lending(venue)) {
        if (liquidation.price == LiquidationPrice::market)  // refused elsewhere
            problems.warn(
                liquidation.at("reduction"),
                "\"tier_by_tier\" has no effect at a lending venue: loans have no brackets",
                "write reduction = \"full\"");
    } else if (!venue.schedules.empty() && !reduces_by_tiers(venue)) {
        problems.warn(liquidation.at("reduction"),
                      fmt::format("\"tier_by_tier\" has no effect: no schedule has more than {} "
                                  "bracket{}, so nothing can go down {}",
                                  liquidation.tiers_down, liquidation.tiers_down == 1 ? "" : "s",
                                  liquidation.tiers_down),
                      "write reduction = \"full\", or the venue's brackets");
    }
}

void warn_of_lending(VenueConfig const& venue, Problems& problems)
{
    if (!is_lending(venue))
        return;
    constexpr std::string_view reason = "a lending venue does not use it";
    if (!venue.schedules.empty())
        problems.warn(venue.at("schedules"), fmt::format("{}: it has no positions", reason));
    if (venue.unrealised_pnl != UnrealisedPnl::face)
        problems.warn(venue.at("unrealised_pnl"), fmt::format("{}: it has no positions", reason));
    for (BorrowConfig const& borrow : venue.borrow)
        if (borrow.maintenance_rate > 0 || borrow.initial_rate > 0)
            problems.warn(
                borrow.at(borrow.maintenance_rate > 0 ? "maintenance_rate" : "initial_rate"),
                fmt::format("{}: its requirement is the debt itself", reason));
}

void warn_of_caps(VenueConfig const& venue, Problems& problems)
{
    for (CollateralConfig const& collateral : venue.collateral)
        for (CollateralTierConfig const& tier : collateral.tiers)
            if (collateral.cap && tier.floor > 0 && tier.floor >= *collateral.cap)
                problems.warn(tier.at("floor"),
                              fmt::format("{} is not below the cap {}: the tier has no effect",
                                          tier.floor, *collateral.cap));
}

bool has_cost(ExecutionConfig const& execution)
{
    return execution.half_spread > 0 || execution.adv_usd > 0 || execution.depth_2pct_usd > 0
           || execution.amm_depth_usd > 0;
}

void warn_of_impact(ExecutionConfig const& execution, Problems& problems)
{
    if (execution.amm_fee > 0 && execution.amm_depth_usd == 0)
        problems.warn(execution.at("amm_fee"),
                      "has no effect without amm_depth_usd: it is of a pool",
                      "write amm_depth_usd = <USD on one side>, or half_spread");
    bool const is_written = execution.impact_coefficient != 1 && execution.impact_coefficient != 0;
    if (is_written && execution.adv_usd == 0)
        problems.warn(execution.at("impact_coefficient"),
                      "has no effect without adv_usd: it is of the square-root impact",
                      "write adv_usd = <USD a day>");
}

/// Whether anything is ever bought or sold, but for funding and interest.
bool trades(Scenario const& scenario)
{
    for (OwnerConfig const& owner : scenario.owners)
        for (ResponseConfig const& response : owner.response)
            if (response.action != ResponseAction::post)
                return true;
    return std::any_of(scenario.venues.begin(), scenario.venues.end(),
                       [](VenueConfig const& venue) {
                           return !takes_over(venue) || reduces_first(venue) || venue.auto_exchange;
                       });
}

void warn_of_executions(Scenario const& scenario, Problems& problems)
{
    bool const has_trades = trades(scenario);
    auto const warn = [&](ExecutionConfig const& execution) {
        warn_of_impact(execution, problems);
        if (!has_trades && has_cost(execution))
            problems.warn(execution.where,
                          "has no effect: accounts are taken over at the bankruptcy price, and "
                          "nobody trades");
    };
    for (AssetConfig const& asset : scenario.assets)
        warn(asset.execution);
    for (InstrumentConfig const& instrument : scenario.instruments)
        if (instrument.execution)
            warn(*instrument.execution);
}

void warn_of_unused_prices(Scenario const& scenario, Problems& problems)
{
    for (SourceFile const& source : scenario.sources)
        if (source.role == "prices"
            && std::none_of(
                scenario.assets.begin(), scenario.assets.end(),
                [&](AssetConfig const& asset) { return asset.at("price").file == source.path; }))
            problems.warn(scenario.market.at("prices"),
                          "is not used: every asset has a price of its own",
                          "remove the price of each asset that the snapshot is to price");
}

void warn_of_unused_assets(Scenario const& scenario, Problems& problems)
{
    auto const used = assets_in_use(scenario);
    for (AssetConfig const& asset : scenario.assets)
        if (!asset.name.empty() && !used.contains(asset.name))
            problems.warn(asset.at("name"),
                          fmt::format("no account, reserve, response or instrument has {}: it is "
                                      "simulated for nothing",
                                      asset.name),
                          "remove it, or check the names of the accounts' assets");
}

void warn_of_unused_venues(Scenario const& scenario, Problems& problems)
{
    for (VenueConfig const& venue : scenario.venues)
        if (!venue.name.empty() && !scenario.accounts.empty()
            && std::none_of(
                scenario.accounts.begin(), scenario.accounts.end(),
                [&](AccountConfig const& account) { return account.venue == venue.name; }))
            problems.warn(venue.at("name"), fmt::format("no account is at \"{}\"", venue.name));
}

void warn_of_exceedances(Scenario const& scenario, Problems& problems)
{
    bool const all_named = std::all_of(scenario.accounts.begin(), scenario.accounts.end(),
                                       [](AccountConfig const& account) { return account.named; });
    if (!scenario.statistics.exceedances.empty() && all_named)
        problems.warn(scenario.statistics.at("exceedances"),
                      "has no effect: they are counted for accounts of a book",
                      "named accounts have `prob`, quantiles, VaR and ES of their own");
}

bool may_be_called(AccountConfig const& account)
{
    return !account.positions.empty() || !account.loans.empty()
           || std::any_of(account.balances.begin(), account.balances.end(),
                          [](auto const& balance) { return balance.second < 0; });
}

void warn_of_uncalled_owner(OwnerConfig const& owner, Scenario const& scenario, Problems& problems)
{
    std::size_t num_accounts = 0;
    for (AccountConfig const& account : scenario.accounts) {
        if (account.owner != owner.name)
            continue;
        ++num_accounts;
        if (may_be_called(account))
            return;
    }
    if (num_accounts > 0 && !owner.response.empty())
        problems.warn(owner.response.front().where,
                      fmt::format("\"{}\" is never called: its accounts have neither positions "
                                  "nor debts",
                                  owner.name));
}

void warn_of_late_answers(ResponseConfig const& response, RunConfig const& run, Problems& problems)
{
    bool const is_bounded =
        response.delay.kind == DelayKind::fixed || response.delay.kind == DelayKind::uniform;
    if (is_bounded && response.delay.a > run.horizon && run.horizon > 0)
        problems.warn(response.at("delay"),
                      fmt::format("nothing arrives within the horizon: \"{}\" at least, after "
                                  "\"{}\"",
                                  format_duration(response.delay.a), format_duration(run.horizon)),
                      "write a shorter delay or a longer horizon");
    double const end = static_cast<double>(run.as_of) + run.horizon;
    for (WindowConfig const& window : response.outages)
        if (!window.weekly && (window.until <= run.as_of || static_cast<double>(window.from) > end))
            problems.warn(window.where, "is outside of the horizon: it has no effect",
                          "write a window between run.as_of and the horizon");
}

}  // namespace

void warn_of_idle_settings(Scenario const& scenario, Problems& problems)
{
    for (VenueConfig const& venue : scenario.venues) {
        warn_of_takeover(venue, problems);
        warn_of_reduction(venue, problems);
        warn_of_lending(venue, problems);
        warn_of_caps(venue, problems);
    }
    warn_of_executions(scenario, problems);
    warn_of_unused_prices(scenario, problems);
    warn_of_unused_assets(scenario, problems);
    warn_of_unused_venues(scenario, problems);
    warn_of_exceedances(scenario, problems);
    for (OwnerConfig const& owner : scenario.owners) {
        warn_of_uncalled_owner(owner, scenario, problems);
        for (ResponseConfig const& response : owner.response)
            warn_of_late_answers(response, scenario.run, problems);
    }
}

}  // namespace brink
