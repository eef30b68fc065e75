// SPDX-License-Identifier: Apache-2.0
// Published outcomes of events: whether an account is liquidated, what is sold to repay a debt, how
// much is closed to cure a shortage. The engine's event functors are asked.
#include "models/recollateralization/responder.hpp"
#include "tests/golden/golden_account.hpp"
#include "tests/golden/golden_rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace brink::test {
namespace {

/// The first row of one kind that `act` writes into the ledger; all zero where there is none.
template<class Act>
EventRow first_event(GoldenBook& book, EventKind kind, Act const& act)
{
    std::array<EventRow, 32> rows{};
    PathEvent<max_assets>& event = book.state().event();
    EventLog log{rows.data(), static_cast<std::int32_t>(rows.size()), 0};
    event.log = &log;
    act(event);
    event.log = nullptr;
    for (std::int32_t i = 0; i < log.size && i < log.capacity; ++i)
        if (rows[static_cast<std::size_t>(i)].kind == kind)
            return rows[static_cast<std::size_t>(i)];
    return {};
}

/// Equity quote + size x oracle price against size x price x fraction; equality is safe.
Answers is_liquidatable(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const size = get(in, "pos_btc");
    double const price = get(in, "oracle");
    GoldenAccount account;
    account.asset("COIN", price)
        .perpetual(InstrumentKind::linear_perp, "COIN", schedule_of({{0.0, get(in, "mmf")}}))
        .position("COIN", size, price)
        .balance("USD", get(in, "quote") + size * price);
    return {{"liquidatable", GoldenBook{account}.state().is_liquidatable(0) ? 1.0 : 0.0}};
}

/// Of a balance below zero, beyond the threshold: collateral is sold at a bid below its mark until
/// it is repaid.
Answers auto_exchange(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const deficit = get(in, "deficit_usd");
    GoldenAccount account;
    account.asset("COIN", 1.0).balance("COIN", 10.0 * deficit).balance("USD", -deficit);
    AutoExchangeConfig exchange;
    exchange.threshold = 0.5 * deficit;
    exchange.bid_haircut = 1.0 - get(in, "auto_exchange_bid");
    account.scenario().venues[0].auto_exchange = exchange;
    GoldenBook book{account};
    EventRow const sold = first_event(book, EventKind::balance_exchanged, [&](auto& event) {
        OwnerStep<max_assets>{event, book.state().owner_of(0), book.program().num_assets}();
    });
    return {{"collateral_sold_usd", sold.value}};
}

/// Price below which a forced sale does not fill (above which a forced purchase does not).
Answers fillable_price(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double equity = get(in, "quote");
    double required = 0.0;
    for (Json const& position : in.at("positions_sz_px_mmf")) {
        double const value = position[0].get<double>() * position[1].get<double>();
        equity += value;
        required += std::abs(value) * position[2].get<double>();
    }
    Json const& closed = in.at("positions_sz_px_mmf")[in.at("close_index").get<std::size_t>()];
    double const discount = fillable_discount({get(in, "bankruptcy_adj"), get(in, "smmr")},
                                              equity / required, closed[2].get<double>());
    double const side = closed[0].get<double>() > 0.0 ? 1.0 : -1.0;
    return {{"fillable", closed[1].get<double>() * (1.0 - side * discount)}};
}

/// What the fund receives when a position is closed at a price, or pays where that is short.
Answers insurance_delta(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const size = get(in, "pos_btc");
    double const cost = size * (get(in, "oracle") - get(in, "fill_px"));
    double const surplus = slice_surplus(get(in, "quote") + size * get(in, "oracle"), 1.0, cost);
    double const fee =
        surplus_fee(get(in, "max_liq_fee"), std::abs(size) * get(in, "fill_px"), surplus);
    return {{"insurance_delta", surplus > 0.0 ? fee : surplus}};
}

Answers slice_bounds(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const notional = std::abs(get(in, "pos_btc")) * get(in, "oracle");
    SliceTerms terms{};
    terms.least = get(in, "min_notional");
    terms.most = std::numeric_limits<double>::infinity();
    double const least = slice_notional(terms, notional);
    terms.share = get(in, "max_portion");
    return {{"min", least}, {"max", slice_notional(terms, notional)}};
}

/// A position is reduced, at a fee, by the least that cures the shortage.
Answers base_to_cover_shortage(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const price = get(in, "oracle") * get(in, "quote_oracle");
    double const ratio = get(in, "margin_ratio");
    double const fee = get(in, "liq_fee") + get(in, "if_fee");
    if (fee >= ratio)
        throw NotCovered{"no reduction cures the shortage"};
    // Large enough to be reduced; entered at its price, so that equity is the balance alone.
    double const size = 10.0 * std::max(get(in, "shortage"), 1.0) / (price * (ratio - fee));
    GoldenAccount account;
    account.asset("COIN", price)
        .perpetual(InstrumentKind::linear_perp, "COIN", schedule_of({{0.0, ratio}}))
        .position("COIN", size, price)
        .balance("USD", ratio * size * price - get(in, "shortage"));
    Scenario& scenario = account.scenario();
    scenario.venues[0].call_health = 1.0;
    scenario.accounts[0].owner = "owner";
    ResponseConfig reduce;
    reduce.action = ResponseAction::reduce;
    reduce.target_health = 1.0;
    reduce.fee = fee;
    scenario.owners.emplace_back();
    scenario.owners[0].name = "owner";
    scenario.owners[0].response.push_back(reduce);
    GoldenBook book{account};
    EventRow const reduced = first_event(book, EventKind::reduced, [&](auto& event) {
        OwnerStep<max_assets>{event, book.state().owner_of(0), book.program().num_assets}();
    });
    return {{"base", reduced.amount}};
}

}  // namespace

std::map<std::string, RuleAdapter> event_rules()
{
    return {{"is_liquidatable_strict", is_liquidatable},
            {"auto_exchange", auto_exchange},
            {"fillable_price", fillable_price},
            {"insurance_fund_delta", insurance_delta},
            {"max_min_notional_liquidatable", slice_bounds},
            {"base_to_cover_margin_shortage", base_to_cover_shortage}};
}

}  // namespace brink::test
