// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/pick.hpp"
#include "models/instruments/instrument.hpp"
#include "models/margin/rules.hpp"
#include "models/path/program.hpp"

BRINK_BEGIN_ISA

/// Both legs of a position and what its schedule looks at, [numeraire].
template<class F>
struct PositionValue {
    F pnl;         ///< unrealised
    F notional;    ///< at mark, >= 0
    F charged;     ///< at the schedule's basis, >= 0
    F unit_value;  ///< of one unit of the schedule's floors
};

/// \param rows of `price` at which the legs count
/// \param price per asset: an array, or `Listed`
template<int N, class F, class Prices>
BRINK_FN PositionValue<F> value_at_rows(Instrument const& instrument, ChargeBasis basis,
                                        Position<value_t<F>> const& position, PriceRows rows,
                                        F fraction, Prices const& price)
{
    F const a = F(position.leg_a) * fraction * pick<N>(price, rows.a);
    F const b = F(position.leg_b) * fraction * pick<N>(price, rows.b);
    bool const mark_is_a = instrument.payoff == Payoff::linear;
    F const mark = vabs(mark_is_a ? a : b);
    F const entry = vabs(mark_is_a ? b : a);
    F const unit = F(position.unit_amount) * pick<N>(price, rows.unit);
    return {a - b, mark, basis == ChargeBasis::mark ? mark : entry, unit};
}

/// At market prices: nav, P&L and what is traded.
template<int N, class F, class Prices>
BRINK_FN PositionValue<F> value_position(Instrument const& instrument, ChargeBasis basis,
                                         Position<value_t<F>> const& position, F fraction,
                                         Prices const& price)
{
    PriceRows const market{instrument.asset_a, instrument.asset_b, position.unit_asset};
    return value_at_rows<N, F>(instrument, basis, position, market, fraction, price);
}

/// At the venue's prices: margin.
template<int N, class F, class Prices>
BRINK_FN PositionValue<F> value_for_margin(Instrument const& instrument, ChargeBasis basis,
                                           Position<value_t<F>> const& position, F fraction,
                                           Prices const& price)
{
    return value_at_rows<N, F>(instrument, basis, position, position.margin, fraction, price);
}

BRINK_END_ISA
