// SPDX-License-Identifier: Apache-2.0
#include "host/program/program_checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "io/config/venue_evidence.hpp"
#include "models/path/path_closer.hpp"

namespace brink {
namespace {

/// Entries further from the mark than this factor are probably in another quote or unit.
constexpr double suspicious_entry_ratio = 20.0;
constexpr std::size_t max_accounts =
    65'536;  ///< random blocks of responses are numbered in 16 bits
constexpr std::size_t max_listed = 10;

void check_count(std::size_t count, std::size_t most, std::string_view what, Where const& where,
                 Problems& problems)
{
    if (count > most)
        problems.add(where, fmt::format("{} {}; {} is the most", count, what, most));
}

std::optional<double> mark_of(InstrumentConfig const& instrument, Scenario const& scenario,
                              ScenarioIndex const& index)
{
    auto const base = scenario.assets[index.assets.index_of(instrument.base)].price;
    auto const quote = scenario.assets[index.assets.index_of(instrument.quote)].price;
    return base && quote ? std::optional{*base / *quote} : std::nullopt;
}

}  // namespace

void check_sizes(Scenario const& scenario, int max_compiled_assets, Problems& problems)
{
    Where const where = scenario.run.where;
    check_count(scenario.assets.size(), max_assets, "assets", {where.file, 0, 0, "asset"},
                problems);
    if (scenario.assets.size() > static_cast<std::size_t>(max_compiled_assets)
        && scenario.assets.size() <= static_cast<std::size_t>(max_assets))
        problems.add({where.file, 0, 0, "asset"},
                     fmt::format("{} assets; this build has kernels for {} at most",
                                 scenario.assets.size(), max_compiled_assets),
                     "build with a larger BRINK_ASSET_COUNTS", ExitCode::unavailable);
    check_count(scenario.venues.size(), max_venues, "venues", {where.file, 0, 0, "venue"},
                problems);
    for (OwnerConfig const& owner : scenario.owners)
        check_count(owner.response.size(), max_responses, "responses of one owner",
                    owner.at("response"), problems);
    check_count(scenario.accounts.size(), max_accounts, "accounts", {where.file, 0, 0, "account"},
                problems);
}

void check_units(Scenario const& scenario, ProgramDraft const& draft, Problems& problems)
{
    check_count(draft.accounts.size(), max_accounts, "margin units",
                scenario.accounts.front().where, problems);
}

void check_positions(Scenario const& scenario, ScenarioIndex const& index, Problems& problems)
{
    for (InstrumentConfig const& instrument : scenario.instruments)
        if (instrument.funding_rate_per_interval != 0.0 && !(instrument.funding_interval >= 1.0))
            problems.add(instrument.at("funding_interval"), "must be at least PT1S",
                         "write funding_interval = \"PT8H\"");
    for (AccountConfig const& account : scenario.accounts)
        for (PositionConfig const& position : account.positions) {
            auto const i = index.instrument(account.venue, position.instrument);
            auto const mark =
                mark_of(scenario.instruments[static_cast<std::size_t>(i)], scenario, index);
            double const entry = position.entry_price.value_or(0.0);
            double const ratio = mark && position.entry_price ? entry / *mark : 1.0;
            if (ratio > suspicious_entry_ratio || ratio < 1.0 / suspicious_entry_ratio)
                problems.warn(position.at("entry_price"),
                              fmt::format("{} is far from the mark {:.6g} of {}", entry, *mark,
                                          position.instrument),
                              "entry prices are in quote per base");
        }
}

void check_limit_scopes(Scenario const& scenario, ProgramDraft const& draft, Problems& problems)
{
    constexpr std::string_view account_prefix = "account:";
    constexpr std::string_view group_prefix = "group:";
    for (LimitConfig const& limit : scenario.limits) {
        if (limit.statistic.starts_with(group_prefix)) {
            std::string const rest = limit.statistic.substr(group_prefix.size());
            if (std::none_of(
                    draft.groups.begin(), draft.groups.end(),
                    [&](GroupDraft const& group) { return rest.starts_with(group.name + "."); }))
                problems.add(limit.where,
                             "this group has no statistics of its own: they are kept for the first "
                             "groups by column and value");
        }
        if (!limit.statistic.starts_with(account_prefix))
            continue;
        std::string const rest = limit.statistic.substr(account_prefix.size());
        bool const found = std::any_of(
            draft.accounts.begin(), draft.accounts.end(), [&](AccountDraft const& account) {
                return account.column_scope > 0 && rest.starts_with(account.name + ".");
            });
        if (!found)
            problems.add(limit.where,
                         "this account has no statistics of its own: they are kept for the first "
                         "accounts written in the scenario, not for those of a book file");
    }
}

void warn_of_breaches(Scenario const& scenario, ProgramDraft const& draft,
                      OpeningValues const& opening, Problems& problems)
{
    std::size_t count = 0;
    for (std::size_t a = 0; a < draft.accounts.size(); ++a) {
        if (!opening.called[a] && !opening.liquidatable[a])
            continue;
        AccountDraft const& account = draft.accounts[a];
        if (++count <= max_listed)
            problems.warn(
                scenario.accounts[account.config_idx].where,
                fmt::format("\"{}\" is {} at t_0 already (health {:.4g})", account.name,
                            opening.liquidatable[a] ? "liquidatable" : "called", opening.health[a]),
                "it is counted in breached_at_start and acted upon at t_0 prices");
    }
    if (count > max_listed)
        problems.warn(scenario.run.where,
                      fmt::format("{} accounts in all are in breach at t_0", count));
}

void warn_of_exchanges(Scenario const& scenario, ProgramDraft const& draft, Problems& problems)
{
    std::size_t count = 0;
    for (AccountDraft const& account : draft.accounts)
        for (Holding<double> const& holding : account.holdings) {
            Asset const& asset = draft.assets[static_cast<std::size_t>(holding.asset)];
            double const owed = holding.debt * asset.opening_price;
            ExchangeTerms const& terms =
                draft.venues[static_cast<std::size_t>(account.venue)].exchange;
            if (!(owed > terms.threshold) || ++count > max_listed)
                continue;
            problems.warn(
                scenario.accounts[account.config_idx].where,
                fmt::format("\"{}\" owes {:.10g} of {} at t_0, beyond the threshold {:.10g} of "
                            "auto_exchange",
                            account.name, owed,
                            scenario.assets[static_cast<std::size_t>(holding.asset)].name,
                            terms.threshold),
                "other balances are sold for it at t_0 prices");
        }
    if (count > max_listed)
        problems.warn(scenario.run.where,
                      fmt::format("{} balances in all are exchanged at t_0", count));
}

void warn_of_low_targets(Scenario const& scenario, ProgramDraft const& draft,
                         OpeningValues const& opening, Problems& problems)
{
    /// The accounts that one line of the scenario serves, and which of them is called last.
    struct Served {
        ResponseConfig const* response;
        std::size_t count;
        std::size_t last_called;
    };
    std::map<std::string_view, OwnerConfig const*> config_of;  // draft owners are in another order
    for (OwnerConfig const& owner : scenario.owners)
        config_of[owner.name] = &owner;
    std::map<std::pair<std::string, int>, Served> by_place;
    for (std::size_t a = 0; a < draft.accounts.size(); ++a) {
        auto const owner_idx = static_cast<std::size_t>(draft.accounts[a].owner);
        for (ResponseConfig const& response :
             config_of.at(draft.owners[owner_idx].name)->response) {
            Where const where = response.at("target_health");
            Served& served = by_place
                                 .try_emplace({where.line > 0 ? where.file : where.key, where.line},
                                              Served{&response, 0, a})
                                 .first->second;
            ++served.count;
            if (opening.call_health[a] < opening.call_health[served.last_called])
                served.last_called = a;
        }
    }
    for (auto const& [place, served] : by_place) {
        double const called_at = opening.call_health[served.last_called];
        if (!(served.response->target_health < called_at))
            continue;
        problems.warn(
            served.response->at("target_health"),
            fmt::format("{} is below {:.4g}, the health at which \"{}\" is called at t_0{}",
                        served.response->target_health, called_at,
                        draft.accounts[served.last_called].name,
                        served.count > 1 ? fmt::format(
                            ", and below that of all {} accounts that it serves", served.count)
                                         : ""),
            fmt::format("it is restored to the call level only; write more than {:.4g}",
                        called_at));
    }
}

void record_evidence(Scenario const& scenario, std::vector<std::string>& assumptions)
{
    for (VenueConfig const& venue : scenario.venues)
        for (EvidenceNote const& note : evidence_notes(venue))
            assumptions.push_back(
                fmt::format("{}, {}: {}", venue.name, note.standing, fmt::join(note.names, ", ")));
}

void record_free_borrowing(Scenario const& scenario, ProgramDraft const& draft,
                           std::vector<std::string>& assumptions)
{
    std::set<std::pair<std::int32_t, std::int32_t>> recorded;
    for (AccountDraft const& account : draft.accounts)
        for (Position<double> const& position : account.positions) {
            Holding<double> const& holding =
                account.holdings[static_cast<std::size_t>(position.settlement)];
            VenueConfig const& venue = scenario.venues[static_cast<std::size_t>(account.venue)];
            std::string const& asset =
                scenario.assets[static_cast<std::size_t>(holding.asset)].name;
            if (row_of(venue.borrow, asset) == nullptr && holding.growth_field < 0
                && recorded.emplace(account.venue, holding.asset).second)
                assumptions.push_back(fmt::format("{} charges no interest on a negative {} balance",
                                                  venue.name, asset));
        }
}

}  // namespace brink
