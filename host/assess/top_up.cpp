// SPDX-License-Identifier: Apache-2.0
#include "host/assess/top_up.hpp"

#include "models/core/least_amount.hpp"
#include "models/recollateralization/pro_forma.hpp"

#include <algorithm>

namespace brink {
namespace {

/// A post worth more than this many times the account's exposure cures nothing by its size.
constexpr double largest_multiple = 1e9;

std::int32_t holding_of(AccountState const& state, std::int32_t asset)
{
    for (std::int32_t h = 0; h < state.layout().num_holdings; ++h)
        if (state.holdings()[h].asset == asset)
            return h;
    return -1;
}

bool may_be_called(AccountState const& state)
{
    return state.layout().num_positions > 0 || state.has_debt();
}

}  // namespace

std::optional<double> required_post(BookState<double> const& book, std::int32_t account,
                                    ResponseRule const& rule)
{
    auto const& event = book.event();
    AccountState const state = event.state(account);
    std::int32_t const h = holding_of(state, rule.asset);
    if (h < 0)
        return std::nullopt;
    LaneFields<double> const owner_record = event.record.from(book.owner_of(account).record);
    OwnerLayout const layout{book.program().num_assets};
    double const kept = 1.0 - rule.fee_rate - rule.slippage;
    auto const lack_after = [&](double sent) {
        ProForma trial{state, owner_record, layout, account};
        trial.holding[0] = h;
        trial.amount[0] = sent * kept;
        Assessment<double> const a = event.assess(state.account(), trial, event.price);
        double const level = call_level(event.ladder_of(account), a);
        return std::max(rule.target_health * a.maintenance_margin, level) - a.margin_equity;
    };
    double const lack = lack_after(0.0);
    if (!(lack > 0.0))
        return 0.0;
    double const price = book.price(rule.asset);
    double const end = largest_multiple * (lack + book.assess(account).exposure) / price;
    double most = lack / price;
    while (lack_after(most) > 0.0 && most < end)
        most *= 2.0;
    return lack_after(most) > 0.0 ? std::nullopt : std::optional{least_amount(lack_after, most)};
}

std::vector<TopUpLine> required_top_ups(BookState<double> const& book,
                                        std::vector<std::string> const& assets,
                                        std::int32_t account)
{
    std::vector<TopUpLine> lines;
    if (!may_be_called(book.event().state(account)))
        return lines;
    Tables const tables = book.program().tables;
    Owner const& owner = book.owner_of(account);
    for (ResponseRule const& rule : tables[owner.responses]) {
        if (rule.kind != ResponseKind::post)
            continue;
        double const reserve = tables[owner.reserve][rule.asset];
        auto const amount = required_post(book, account, rule);
        lines.push_back({assets[static_cast<std::size_t>(rule.asset)], rule.target_health, amount,
                         amount.value_or(0.0) * book.price(rule.asset), reserve,
                         amount && *amount <= std::min(reserve, rule.limit)});
    }
    return lines;
}

}  // namespace brink
