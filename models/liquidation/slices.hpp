// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/liquidation/slice_terms.hpp"

BRINK_BEGIN_ISA

/// [numeraire] how much of a position of `notional` one slice closes: a share of it, at least
/// `least` and at most `most`; all of it below `whole_below`.
///
/// dYdX v4 GetMaxAndMinPositionNotionalLiquidatable (10 % of the position, at least USD 1,000, at
/// most 100,000 a block); Hyperliquid liquidations page (20 % where it exceeds USD 100,000).
BRINK_HD inline double slice_notional(SliceTerms const& terms, double notional)
{
    if (notional <= terms.whole_below)
        return notional;
    double const wanted = vmax(terms.share * notional, terms.least);
    return vmin(vmin(wanted, terms.most), notional);
}

/// Where a closing order must not fill below: discount to mark, as a share of it. It grows as the
/// account runs out of margin: clamp(a (1 - equity / MM), 0, 1) x spread x the position's
/// maintenance rate (dYdX v4 GetFillablePrice).
/// \param health margin equity / maintenance margin \param maintenance_rate MM / notional
BRINK_HD inline double fillable_discount(FillableTerms const& terms, double health,
                                         double maintenance_rate)
{
    double const adjustment = vmax(0.0, vmin(1.0, terms.adjustment * (1.0 - health)));
    return adjustment * terms.spread * maintenance_rate;
}

/// [numeraire] what the account has left for a slice above the price at which its share of the
/// equity would be used up (dYdX v4 GetBankruptcyPriceInQuoteQuantums): equity x its share of the
/// maintenance margin, less what the trade cost. Below zero it is what the fund pays.
BRINK_HD inline double slice_surplus(double equity, double margin_share, double cost)
{
    return equity * margin_share - cost;
}

/// [numeraire] fee of a slice that may take no more than its surplus (dYdX v4
/// GetLiquidationInsuranceFundDelta). \param filled [numeraire] notional at the average price
BRINK_HD inline double surplus_fee(double rate, double filled, double surplus)
{
    return vmax(0.0, vmin(rate * filled, surplus));
}

BRINK_END_ISA
