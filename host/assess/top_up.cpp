// SPDX-License-Identifier: Apache-2.0
#include "host/assess/top_up.hpp"

#include "host/assess/credit_search.hpp"

#include <algorithm>

namespace brink {
namespace {

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
    std::int32_t const h = holding_of(book.event().state(account), rule.asset);
    if (h < 0)
        return std::nullopt;
    Ladder<double> const& ladder = book.event().ladder_of(account);
    auto const level = [&](Assessment<double> const& now) {
        return std::max(rule.target_health * now.maintenance_margin, call_level(ladder, now));
    };
    return least_credit(book, account, h, level, 1.0 - rule.fee_rate - rule.slippage);
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
