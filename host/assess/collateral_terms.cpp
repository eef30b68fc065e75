// SPDX-License-Identifier: Apache-2.0
// What balances count for, and the unrealised P&L that joins them.
#include "host/assess/account_terms.hpp"

#include <algorithm>

namespace brink {

double joined_pnl(BookState<double> const& book, AccountState const& state, std::int32_t h)
{
    auto const& event = book.event();
    double joined = 0.0;
    auto const counts = [&](std::int32_t p) {
        return event.assessor.ladder(state.account()).ignores_options == 0
               || event.instruments[state.positions()[p].instrument].is_option == 0;
    };
    if (event.assessor.ladder(state.account()).pnl == PnlRule::collateral)
        for (std::int32_t p = 0; p < state.layout().num_positions; ++p)
            if (state.positions()[p].settlement == h && counts(p))
                joined += value_for_margin<max_assets, double>(
                              event.instruments[state.positions()[p].instrument], ChargeBasis::mark,
                              state.positions()[p], state.fraction(p), event.price)
                              .pnl;
    return joined;
}

double collateral_value(BookState<double> const& book, AccountState const& state, std::int32_t h)
{
    Holding<double> const& holding = state.holdings()[h];
    if (state.lies_in_bands(h))
        return value_in_bands<max_assets, double>(state.account(), state,
                                                  Listed<double>{book.event().price});
    double const price = book.price(holding.margin_row);
    double const joined = joined_pnl(book, state, h);
    if (holding.curve < 0)
        return std::min(state.balance(h) * price + joined, 0.0);
    Tables const tables = book.program().tables;
    return CollateralValuer<double>{
        tables, tables[book.program().exact_rules.curves][holding.curve]}(state.balance(h), joined,
                                                                          price);
}

}  // namespace brink
