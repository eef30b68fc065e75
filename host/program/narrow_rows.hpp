// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/program.hpp"

/// \file
/// Rows of the path program in the number type of the hot way.
namespace brink {

template<class T>
Holding<T> narrow(Holding<double> const& from)
{
    return {from.asset,
            from.margin_row,
            from.curve,
            from.carry_first,
            from.carry_count,
            from.growth_field,
            static_cast<T>(from.balance),
            static_cast<T>(from.debt),
            static_cast<T>(from.borrow_log2_rate),
            static_cast<T>(from.debt_maintenance_rate),
            static_cast<T>(from.debt_initial_rate)};
}

template<class T>
Position<T> narrow(Position<double> const& from)
{
    return {from.instrument,
            from.settlement,
            from.unit_asset,
            static_cast<T>(from.unit_amount),
            static_cast<T>(from.leg_a),
            static_cast<T>(from.leg_b),
            static_cast<T>(from.contracts),
            static_cast<T>(from.initial_rate),
            {from.window.first, from.window.count, static_cast<T>(from.window.low),
             static_cast<T>(from.window.high)},
            from.margin};
}

template<class T>
LoanBands<T> narrow(LoanBands<double> const& from)
{
    return {from.count,
            from.holding,
            from.asset,
            from.debt,
            from.owed,
            static_cast<T>(from.top),
            static_cast<T>(from.ratio),
            static_cast<T>(from.value)};
}

template<class T>
Slab<T> narrow(Slab<double> const& from)
{
    return {static_cast<T>(from.slope), static_cast<T>(from.offset)};
}

template<class T>
MarginTier<T> narrow(MarginTier<double> const& from)
{
    return {static_cast<T>(from.floor),  static_cast<T>(from.rate),
            static_cast<T>(from.amount), static_cast<T>(from.initial_rate),
            static_cast<T>(from.slope),  static_cast<T>(from.initial_slope)};
}

/// In float the recovery mode begins a little early, by more than prices are rounded: what that
/// calls is looked at in double.
constexpr double recovery_band = 1e-5;

template<class T>
SystemTerms<T> narrow(SystemTerms<double> const& from)
{
    double const band = sizeof(T) < sizeof(double) ? recovery_band : 0.0;
    return {from.asset, static_cast<T>(from.coins),
            static_cast<T>(from.critical_ratio * (1.0 + band)), static_cast<T>(from.weight)};
}

template<class T>
Ladder<T> narrow(Ladder<double> const& from)
{
    return {static_cast<T>(from.call_health),
            static_cast<T>(from.liquidation_health),
            from.call,
            from.health,
            from.pnl,
            from.strict,
            from.requirement,
            from.grid,
            from.ignores_options,
            narrow<T>(from.system)};
}

template<class T>
GridScenario<T> narrow(GridScenario<double> const& from)
{
    return {static_cast<T>(from.spot), static_cast<T>(from.log2_spot),
            static_cast<T>(from.volatility), static_cast<T>(from.weight)};
}

template<class T>
GridSpot<T> narrow(GridSpot<double> const& from)
{
    return {static_cast<T>(from.spot),
            static_cast<T>(from.most_weight),
            static_cast<T>(from.least_weight),
            from.first,
            from.count,
            from.sold_as_there,
            from.bought_as_there};
}

template<class T>
Contract<T> narrow(Contract<double> const& from)
{
    return {from.row,
            from.base,
            from.quote,
            from.factor,
            from.kind,
            static_cast<T>(from.strike),
            static_cast<T>(from.basis),
            static_cast<T>(from.volatility),
            from.expiry};
}

template<class T>
Oracle<T> narrow(Oracle<double> const& from)
{
    return {from.row,
            from.source,
            from.base,
            from.first_field,
            from.delay_steps,
            from.is_reference,
            from.rate,
            from.rate_growth,
            from.cap,
            from.cap_growth,
            static_cast<T>(from.deviation),
            static_cast<T>(from.heartbeat_steps),
            static_cast<T>(from.keep)};
}

}  // namespace brink
