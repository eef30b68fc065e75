// SPDX-License-Identifier: Apache-2.0
#include "host/assess/account_lines.hpp"

#include "host/assess/account_terms.hpp"
#include "host/assess/price_search.hpp"
#include "host/assess/required_cash.hpp"
#include "host/assess/top_up.hpp"

#include <cmath>

namespace brink {
namespace {

std::string const& name_at(std::vector<std::string> const& names, std::int32_t i)
{
    return names[static_cast<std::size_t>(i)];
}

HoldingLine describe_holding(BookState<double> const& book, ProgramNames const& names,
                             AccountState const& state, std::int32_t h)
{
    std::int32_t const asset = state.holdings()[h].asset;
    double const price = book.price(asset);
    return {name_at(names.assets, asset),
            state.balance(h),
            state.owed(h),
            price,
            (state.balance(h) - state.owed(h)) * price,
            collateral_value(book, state, h)};
}

PositionLine describe_position(BookState<double> const& book, ProgramNames const& names,
                               AccountState const& state, std::int32_t p)
{
    auto const& event = book.event();
    Position<double> const& position = state.positions()[p];
    Instrument const& instrument = event.instruments[position.instrument];
    MarginSchedule<double> const& schedule = event.assessor.schedule(instrument);
    PositionValue<double> const value = value_position<max_assets, double>(
        instrument, schedule.basis, position, state.fraction(p), event.price);
    PositionLine line;
    line.instrument = name_at(names.instruments, position.instrument);
    line.size = std::copysign(position.contracts, position.leg_a);
    line.entry_price = position.leg_b / position.leg_a;
    line.mark_price = book.price(instrument.asset_a) / book.price(instrument.asset_b);
    line.notional = value.notional;
    line.unrealised_pnl = value.pnl;
    line.is_on_grid = event.assessor.ladder(state.account()).requirement == RequirementRule::grid;
    line.bracket = 0;
    if (line.is_on_grid)
        return line;
    if (instrument.is_option != 0) {
        GridPosition<double> const option =
            event.assessor.grid().position(position, state.fraction(p), event.price);
        line.maintenance_margin = event.assessor.option_maintenance(position, option);
        if (position.leg_a < 0.0)
            line.initial_margin =
                event.assessor.option_margin(position, option).initial(as_sold(option));
        return line;
    }
    RequirementChecker<double> const require{event.tables, schedule, position.window};
    PositionValue<double> const seen = value_for_margin<max_assets, double>(
        instrument, schedule.basis, position, state.fraction(p), event.price);
    line.initial_margin = require.initial(seen.charged, seen.unit_value, position.initial_rate);
    line.maintenance_margin = require.maintenance(seen.charged, seen.unit_value);
    line.bracket = require.tier_of(seen.charged, seen.unit_value) + 1;
    return line;
}

}  // namespace

std::string_view name_of(AccountStatus status)
{
    switch (status) {
        case AccountStatus::called:
            return "called";
        case AccountStatus::liquidatable:
            return "liquidatable";
        case AccountStatus::bankrupt:
            return "bankrupt";
        case AccountStatus::healthy:
            break;
    }
    return "healthy";
}

AccountStatus status_of(BookState<double> const& book, std::int32_t account)
{
    if (book.is_bankrupt(account))
        return AccountStatus::bankrupt;
    if (book.is_liquidatable(account))
        return AccountStatus::liquidatable;
    return book.is_called(account) ? AccountStatus::called : AccountStatus::healthy;
}

AccountReport describe_account(BookState<double> const& book, ProgramNames const& names,
                               std::int32_t account)
{
    AccountState const state = book.event().state(account);
    Ladder<double> const& ladder = book.event().ladder_of(account);
    Assessment<double> const now = book.assess(account);
    AccountReport report;
    report.account = name_at(names.accounts, account);
    report.owner = name_at(names.owners, state.account().owner);
    report.venue = name_at(names.venues, state.account().venue);
    report.status = status_of(book, account);
    report.margin_equity = now.margin_equity;
    report.initial_margin = now.initial_margin;
    report.maintenance_margin = now.maintenance_margin;
    report.health = health_of(now);
    report.nav = book.net_asset_value(account);
    report.call_level = call_level(ladder, now);
    report.liquidation_level = liquidation_level(ladder, now);
    for (std::int32_t h = 0; h < state.layout().num_holdings; ++h)
        report.holdings.push_back(describe_holding(book, names, state, h));
    for (std::int32_t p = 0; p < state.layout().num_positions; ++p)
        report.positions.push_back(describe_position(book, names, state, p));
    report.terms = explain_account(book, names, account);
    return report;
}

AccountReport report_account(BookState<double>& book, ProgramNames const& names,
                             std::string const& numeraire, std::int32_t account)
{
    AccountReport report = describe_account(book, names, account);
    PriceSearch search{book};
    for (std::int32_t i = 0; i < book.program().num_assets; ++i)
        if (name_at(names.assets, i) != numeraire && !book.is_derived(i))
            report.prices.push_back({name_at(names.assets, i), book.price(i),
                                     search(account, i, Threshold::call),
                                     search(account, i, Threshold::liquidation)});
    report.required_cash = CashRequirement{book, names.assets}(account);
    report.top_ups = required_top_ups(book, names.assets, account);
    return report;
}

}  // namespace brink
