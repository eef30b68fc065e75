// SPDX-License-Identifier: Apache-2.0
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace brink {
namespace {

using OwnerVenues = std::vector<VenueConfig const*>;

/// A key that the action needs or does not know.
void demand(ResponseConfig const& response, std::string_view key, std::string_view action,
            std::string_view example, Problems& problems)
{
    if (!response.has(key))
        problems.add(response.at(key), fmt::format("action = \"{}\" needs it", action),
                     fmt::format("write {} = {}", key, example));
}

void refuse(ResponseConfig const& response, std::string_view key, std::string_view action,
            std::string_view why, Problems& problems)
{
    if (response.has(key))
        problems.add(response.at(key),
                     fmt::format("action = \"{}\" does not use it: {}", action, why), "remove it");
}

void refuse_delay(ResponseConfig const& response, std::string_view action, Problems& problems)
{
    if (response.delay.kind != DelayKind::fixed || response.delay.a != 0)
        refuse(response, "delay", action, "it acts at once", problems);
}

void check_post(ResponseConfig const& response, OwnerConfig const& owner, OwnerVenues const& venues,
                Problems& problems)
{
    demand(response, "asset", "post", "\"USDT\"", problems);
    refuse(response, "from", "post", "what is posted comes from the reserve", problems);
    if (response.slippage != 0)
        refuse(response, "slippage", "post", "nothing is traded", problems);
    if (response.asset.empty())
        return;
    bool const held = std::any_of(owner.reserve.begin(), owner.reserve.end(),
                                  [&](auto const& entry) { return entry.first == response.asset; });
    if (!held)
        problems.add(response.at("asset"),
                     fmt::format("the reserve of \"{}\" holds no {}", owner.name, response.asset),
                     fmt::format("write reserve = {{ {} = <amount> }}", response.asset));
    bool const counts = std::any_of(venues.begin(), venues.end(), [&](VenueConfig const* venue) {
        return std::any_of(venue->collateral.begin(), venue->collateral.end(),
                           [&](auto const& row) {
                               return row.asset == response.asset && !row.tiers.empty()
                                      && row.tiers.front().ratio > 0;
                           })
               || std::any_of(venue->borrow.begin(), venue->borrow.end(),  // repays a debt
                              [&](auto const& row) { return row.asset == response.asset; });
    });
    if (!venues.empty() && !counts)
        problems.add(response.at("asset"),
                     fmt::format("{} counts for nothing at the venues of \"{}\"", response.asset,
                                 owner.name),
                     "post an asset that the venue takes as collateral");
}

void check_swap(ResponseConfig const& response, References const& assets, Problems& problems)
{
    demand(response, "asset", "swap", "\"USDT\", the asset that is bought", problems);
    demand(response, "from", "swap", "\"BTC\", the asset that is sold", problems);
    refuse_delay(response, "swap", problems);
    if (!response.from.empty())
        assets.require(response.from, response.at("from"), problems);
    if (!response.asset.empty() && response.asset == response.from)
        problems.add(response.at("from"), "swaps an asset into itself");
}

void check_reduce(ResponseConfig const& response, References const& instruments, Problems& problems)
{
    refuse(response, "asset", "reduce", "it closes a position", problems);
    refuse_delay(response, "reduce", problems);
    if (!response.from.empty())
        instruments.require(response.from, response.at("from"), problems);
}

void check_target(ResponseConfig const& response, OwnerVenues const& venues, Problems& problems)
{
    for (VenueConfig const* const venue : venues) {
        double const call = venue->call_health.value_or(venue->liquidation_health);
        if (response.target_health > 0 && response.target_health < call)
            problems.add(
                response.at("target_health"),
                fmt::format("{} is below {}, where \"{}\" {}: the response would not end it",
                            response.target_health, call, venue->name,
                            venue->call_health ? "calls" : "liquidates"),
                fmt::format("write more than {}", call));
    }
}

void check_reserve(OwnerConfig const& owner, References const& assets, Problems& problems)
{
    for (auto const& [asset, amount] : owner.reserve)
        assets.require(asset, owner.at("reserve." + asset), problems);
}

/// The venues at which each owner has accounts, in the order of the accounts.
std::vector<OwnerVenues> venues_of_owners(Scenario const& scenario, References const& owners,
                                          References const& venues)
{
    std::vector<OwnerVenues> found(scenario.owners.size());
    for (AccountConfig const& account : scenario.accounts) {
        if (!owners.contains(account.owner) || !venues.contains(account.venue))
            continue;
        OwnerVenues& mine = found[owners.index_of(account.owner)];
        auto const* const venue = &scenario.venues[venues.index_of(account.venue)];
        if (std::find(mine.begin(), mine.end(), venue) == mine.end())
            mine.push_back(venue);
    }
    return found;
}

}  // namespace

void check_owners(Scenario const& scenario, Problems& problems)
{
    References const assets{"asset", scenario.assets};
    References const instruments{"instrument", scenario.instruments};
    References const owners{"owner", scenario.owners};
    check_names(scenario.owners, "owner", problems);
    auto const venues = venues_of_owners(scenario, owners, References{"venue", scenario.venues});
    // The owner whose responses a book copies needs no account of its own.
    bool const has_book = std::any_of(scenario.accounts.begin(), scenario.accounts.end(),
                                      [](AccountConfig const& account) { return !account.named; });
    for (OwnerConfig const& owner : scenario.owners) {
        if (owner.name.empty())
            continue;
        OwnerVenues const& mine = venues[owners.index_of(owner.name)];
        check_reserve(owner, assets, problems);
        if (mine.empty() && !has_book)
            problems.warn(owner.at("name"), fmt::format("owner \"{}\" has no account", owner.name));
        for (ResponseConfig const& response : owner.response) {
            if (!response.asset.empty())
                assets.require(response.asset, response.at("asset"), problems);
            switch (response.action) {
                case ResponseAction::post:
                    check_post(response, owner, mine, problems);
                    break;
                case ResponseAction::reduce:
                    check_reduce(response, instruments, problems);
                    break;
                case ResponseAction::swap:
                    check_swap(response, assets, problems);
                    break;
            }
            check_target(response, mine, problems);
        }
    }
}

}  // namespace brink
