// SPDX-License-Identifier: Apache-2.0
#include "host/program/owner_builder.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace brink {
namespace {

DelayShape delay_shape(DelayKind kind)
{
    switch (kind) {
        case DelayKind::uniform:
            return DelayShape::uniform;
        case DelayKind::exponential:
            return DelayShape::exponential;
        case DelayKind::lognormal:
            return DelayShape::lognormal;
        case DelayKind::fixed:
            break;
    }
    return DelayShape::fixed;
}

ResponseDraft make_response(ResponseConfig const& config, ScenarioIndex const& index)
{
    ResponseDraft response;
    ResponseRule& rule = response.rule;
    bool const reduces = config.action == ResponseAction::reduce;
    rule.kind = reduces                                 ? ResponseKind::reduce
                : config.action == ResponseAction::post ? ResponseKind::post
                                                        : ResponseKind::swap;
    rule.asset = reduces ? -1 : index.asset(config.asset);
    rule.from = config.from.empty() ? -1
                : reduces           ? index.symbol(config.from)
                                    : index.asset(config.from);
    rule.delay = delay_shape(config.delay.kind);
    rule.delay_a = config.delay.a;
    rule.delay_b = config.delay.b;
    rule.probability = config.probability;
    rule.target_health = config.target_health;
    rule.fee_rate = config.fee;
    rule.slippage = config.slippage;
    rule.limit = config.limit.value_or(std::numeric_limits<double>::infinity());
    for (WindowConfig const& window : config.outages)
        response.outages.push_back({window.weekly ? 1 : 0, window.from, window.until});
    return response;
}

OwnerDraft make_owner(OwnerConfig const& config, ScenarioIndex const& index)
{
    OwnerDraft owner;
    owner.name = config.name;
    owner.reserve.assign(index.assets.names().size(), 0.0);
    for (auto const& [asset, amount] : config.reserve)
        owner.reserve[index.assets.index_of(asset)] += amount;
    for (ResponseConfig const& response : config.response)
        owner.responses.push_back(make_response(response, index));
    return owner;
}

/// Place of each owner of the config in the order of names.
std::vector<std::int32_t> ranks_by_name(std::vector<OwnerConfig> const& owners)
{
    std::vector<std::size_t> order(owners.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return owners[a].name < owners[b].name; });
    std::vector<std::int32_t> rank(owners.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        rank[order[i]] = static_cast<std::int32_t>(i);
    return rank;
}

std::size_t give_columns(std::vector<AccountDraft>& accounts, std::int32_t max_columns)
{
    std::int32_t next = 1;
    std::size_t without = 0;
    for (AccountDraft& account : accounts) {
        if (account.named && next <= max_columns)
            account.column_scope = next++;
        else if (account.named)
            ++without;
    }
    return without;
}

}  // namespace

std::size_t build_owners(Scenario const& scenario, ScenarioIndex const& index,
                         std::int32_t max_columns, ProgramDraft& draft)
{
    std::vector<std::int32_t> const rank = ranks_by_name(scenario.owners);
    draft.owners.resize(scenario.owners.size());
    for (std::size_t i = 0; i < scenario.owners.size(); ++i)
        draft.owners[static_cast<std::size_t>(rank[i])] = make_owner(scenario.owners[i], index);
    for (AccountDraft& account : draft.accounts)
        account.owner = rank[static_cast<std::size_t>(account.owner)];
    std::sort(draft.accounts.begin(), draft.accounts.end(),
              [](AccountDraft const& a, AccountDraft const& b) {
                  return std::tie(a.owner, a.name) < std::tie(b.owner, b.name);
              });
    for (std::size_t i = draft.accounts.size(); i-- > 0;) {
        OwnerDraft& owner = draft.owners[static_cast<std::size_t>(draft.accounts[i].owner)];
        owner.first_account = static_cast<std::int32_t>(i);
        ++owner.num_accounts;
    }
    return give_columns(draft.accounts, max_columns);
}

}  // namespace brink
