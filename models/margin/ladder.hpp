// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/margin/rules.hpp"

BRINK_BEGIN_ISA

/// What one account is worth against what it must hold, all [numeraire].
template<class F>
struct Assessment {
    F margin_equity;       ///< haircut collateral + unrealised P&L - debt by the venue's rule
    F maintenance_margin;  ///< >= 0; the debt where health = collateral / debt
    F initial_margin;      ///< >= 0
    F exposure;            ///< gross notional + debt, the scale of rounding errors
    F recovery_level =
        F(value_t<F>(0));  ///< that margin equity must reach in recovery mode; else 0
};

/// Health, higher is safer: margin equity over maintenance margin. Where a debt requires none, what
/// stands against all that is owed and open, 1 + equity / exposure: below 1 where equity is below
/// zero, which is where it is liquidated. Without either +inf.
template<class F>
BRINK_FN F health_of(Assessment<F> const& a)
{
    using T = value_t<F>;
    auto const has_margin = a.maintenance_margin > F(T(0));
    F const base = select(has_margin, a.maintenance_margin, a.exposure);
    F const worth = select(has_margin, a.margin_equity, a.margin_equity + a.exposure);
    return select(base > F(T(0)), worth / base, F(T(__builtin_huge_val())));
}

/// `level`, or that of the recovery mode where that is higher.
template<class F>
BRINK_FN F in_any_mode(Ladder<value_t<F>> const& ladder, Assessment<F> const& a, F level)
{
    return ladder.system.asset < 0 ? level : vmax(level, a.recovery_level);
}

/// Margin equity below which (strict), or at which (non-strict), the account is called.
template<class F>
BRINK_FN F call_level(Ladder<value_t<F>> const& ladder, Assessment<F> const& a)
{
    return ladder.call == CallTrigger::initial_margin
               ? vmax(a.initial_margin, a.maintenance_margin)
               : in_any_mode(ladder, a, a.maintenance_margin * F(ladder.call_health));
}

/// Margin equity below or at which the account is liquidated.
template<class F>
BRINK_FN F liquidation_level(Ladder<value_t<F>> const& ladder, Assessment<F> const& a)
{
    return in_any_mode(ladder, a, a.maintenance_margin * F(ladder.liquidation_health));
}

/// Whether `margin_equity` breaches `level` (scalar; NaN breaches, so it is never taken for safe).
/// An account without any requirement is healthy whatever it holds.
BRINK_FN bool breaches(Ladder<double> const& ladder, Assessment<double> const& a, double level)
{
    if (a.maintenance_margin == 0.0 && a.initial_margin == 0.0 && a.margin_equity >= 0.0)
        return false;
    return ladder.strict != 0 ? !(a.margin_equity >= level) : !(a.margin_equity > level);
}

BRINK_END_ISA
