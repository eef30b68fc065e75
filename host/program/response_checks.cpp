// SPDX-License-Identifier: Apache-2.0
// Whether the responses of owners can act at their accounts.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/program/program_checks.hpp"

namespace brink {
namespace {

/// Whether an amount of `asset` arriving at the account changes its margin equity.
bool counts_at(AccountDraft const& account, ProgramDraft const& draft, std::int32_t asset)
{
    for (std::size_t h = 0; h < account.holdings.size(); ++h) {
        Holding<double> const& holding = account.holdings[h];
        if (holding.asset != asset)
            continue;
        auto const settles_here = [&](Position<double> const& position) {
            return position.settlement == static_cast<std::int32_t>(h);
        };
        bool const settles =
            std::any_of(account.positions.begin(), account.positions.end(), settles_here);
        bool const has_value =
            holding.curve >= 0
            && draft.curves[static_cast<std::size_t>(holding.curve)].slabs.front().slope > 0.0;
        return has_value || settles || holding.debt > 0.0;
    }
    return true;  // never called, so it has no holding for it
}

std::vector<AccountDraft const*> accounts_of(ProgramDraft const& draft, std::string const& owner)
{
    std::vector<AccountDraft const*> accounts;
    for (AccountDraft const& account : draft.accounts)
        if (draft.owners[static_cast<std::size_t>(account.owner)].name == owner)
            accounts.push_back(&account);
    return accounts;
}

void check_arrival(ResponseConfig const& response, std::string_view verb, Scenario const& scenario,
                   ScenarioIndex const& index, ProgramDraft const& draft,
                   std::vector<AccountDraft const*> const& accounts, Problems& problems)
{
    std::set<std::int32_t> reported;  // venues
    for (AccountDraft const* const account : accounts) {
        if (counts_at(*account, draft, index.asset(response.asset))
            || !reported.insert(account->venue).second)
            continue;
        problems.add(
            response.at("asset"),
            fmt::format("{} {} into \"{}\", where \"{}\" counts it for nothing", verb,
                        response.asset, account->name,
                        scenario.venues[static_cast<std::size_t>(account->venue)].name),
            fmt::format("add [[venue.collateral]] with asset = \"{}\" and a ratio above 0, or "
                        "give that account an owner of its own",
                        response.asset));
    }
}

bool holds(AccountDraft const& account, std::int32_t asset)
{
    return std::any_of(account.holdings.begin(), account.holdings.end(),
                       [&](Holding<double> const& holding) {
                           return holding.asset == asset && holding.balance > 0.0;
                       });
}

bool has_position(AccountDraft const& account, std::int32_t symbol, ProgramDraft const& draft)
{
    return std::any_of(account.positions.begin(), account.positions.end(),
                       [&](Position<double> const& position) {
                           auto const i = static_cast<std::size_t>(position.instrument);
                           return draft.instruments[i].symbol == symbol;
                       });
}

/// A swap may sell what another response posts, so what nobody holds yet is only a warning.
void check_source(ResponseConfig const& response, ScenarioIndex const& index,
                  ProgramDraft const& draft, std::vector<AccountDraft const*> const& accounts,
                  Problems& problems)
{
    if (response.from.empty() || accounts.empty())
        return;
    bool const swaps = response.action == ResponseAction::swap;
    std::int32_t const from = swaps ? index.asset(response.from) : index.symbol(response.from);
    bool const found =
        std::any_of(accounts.begin(), accounts.end(), [&](AccountDraft const* account) {
            return swaps ? holds(*account, from) : has_position(*account, from, draft);
        });
    if (!found)
        problems.warn(response.at("from"),
                      fmt::format("no account of this owner has {} at t_0", response.from));
}

/// What keeps a response from acting at an account, whatever happens; empty where nothing does.
std::string obstacle(ResponseConfig const& response, ScenarioIndex const& index,
                     AccountDraft const& account)
{
    if (response.action == ResponseAction::reduce)
        return account.positions.empty() ? "has no positions" : "";
    auto const lies_in_bands = [&](std::string const& asset) {
        return account.bands.count > 0 && account.bands.asset == index.asset(asset);
    };
    bool const takes = response.action == ResponseAction::swap && lies_in_bands(response.from);
    if (takes || lies_in_bands(response.asset))
        return fmt::format(
            "has its {} in bands, to which nothing is added and from which nothing "
            "is taken",
            takes ? response.from : response.asset);
    return {};
}

/// It is drawn, and may fall short, without doing anything.
void warn_idle(ResponseConfig const& response, ScenarioIndex const& index,
               std::vector<AccountDraft const*> const& accounts, Problems& problems)
{
    auto const cannot = [&](AccountDraft const* account) {
        return !obstacle(response, index, *account).empty();
    };
    if (accounts.empty() || !std::all_of(accounts.begin(), accounts.end(), cannot))
        return;
    problems.warn(
        response.at("action"),
        fmt::format("can never act: \"{}\" {}{}", accounts.front()->name,
                    obstacle(response, index, *accounts.front()),
                    accounts.size() > 1 ? ", nor can it at the owner's other accounts" : ""),
        response.action == ResponseAction::reduce ? "remove it, or post the coin of the debt"
                                                  : "post the coin of the debt, which repays it");
}

}  // namespace

void check_responses(Scenario const& scenario, ScenarioIndex const& index,
                     ProgramDraft const& draft, Problems& problems)
{
    for (OwnerConfig const& owner : scenario.owners) {
        if (owner.response.empty())
            continue;
        auto const accounts = accounts_of(draft, owner.name);
        for (ResponseConfig const& response : owner.response) {
            if (response.action != ResponseAction::reduce)
                check_arrival(response,
                              response.action == ResponseAction::post ? "posts" : "swaps into",
                              scenario, index, draft, accounts, problems);
            if (response.action != ResponseAction::post)
                check_source(response, index, draft, accounts, problems);
            warn_idle(response, index, accounts, problems);
        }
    }
}

}  // namespace brink
