// SPDX-License-Identifier: Apache-2.0
#include "host/assess/required_cash.hpp"

#include "host/assess/credit_search.hpp"

#include <algorithm>

namespace brink {
namespace {

double maintenance_margin(BookState<double> const& book, AccountState const& state, std::int32_t p)
{
    auto const& event = book.event();
    Position<double> const& position = state.positions()[p];
    Instrument const& instrument = event.instruments[position.instrument];
    MarginSchedule<double> const& schedule = event.assessor.schedule(instrument);
    PositionValue<double> const value = value_for_margin<max_assets, double>(
        instrument, schedule.basis, position, state.fraction(p), event.price);
    return RequirementChecker<double>{event.tables, schedule, position.window}.maintenance(
        value.charged, value.unit_value);
}

}  // namespace

std::vector<std::int32_t> CashRequirement::holdings_by_preference(std::int32_t account) const
{
    AccountState const state = book_.event().state(account);
    std::vector<std::int32_t> order;
    auto const add = [&](std::int32_t holding) {
        if (holding >= 0 && std::find(order.begin(), order.end(), holding) == order.end())
            order.push_back(holding);
    };
    std::int32_t settlement = -1;
    double largest = -1.0;
    for (std::int32_t p = 0; p < state.layout().num_positions; ++p)
        if (double const margin = maintenance_margin(book_, state, p); margin > largest)
            settlement = state.positions()[p].settlement, largest = margin;
    std::int32_t debt = -1;
    double most_owed = 0.0;
    for (std::int32_t h = 0; h < state.layout().num_holdings; ++h) {
        double const owed = state.owed(h) * book_.price(state.holdings()[h].asset);
        if (owed > most_owed)
            debt = h, most_owed = owed;
    }
    add(settlement);
    add(debt);
    for (std::int32_t h = 0; h < state.layout().num_holdings; ++h)
        add(h);
    return order;
}

RequiredCash CashRequirement::operator()(std::int32_t account) const
{
    Ladder<double> const& ladder = book_.event().ladder_of(account);
    auto const level = [&](Assessment<double> const& now) {
        return std::max(call_level(ladder, now), liquidation_level(ladder, now));
    };
    bool const is_breached = book_.is_called(account) || book_.is_liquidatable(account);
    bool const is_exclusive = ladder.strict == 0 && is_breached;
    RequiredCash required{{}, 0.0, 0.0, false};  // without a coin nothing is open
    for (std::int32_t const h : holdings_by_preference(account)) {
        std::int32_t const asset = book_.event().state(account).holdings()[h].asset;
        auto const amount = least_credit(book_, account, h, level);
        if (!required.asset.empty() && !amount)
            continue;
        required = {assets_[static_cast<std::size_t>(asset)], amount,
                    amount.value_or(0.0) * book_.price(asset), is_exclusive};
        if (amount)
            break;
    }
    return required;
}

}  // namespace brink
