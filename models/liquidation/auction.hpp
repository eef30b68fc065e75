// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"
#include "models/core/whole_power.hpp"
#include "models/liquidation/auction_terms.hpp"

BRINK_BEGIN_ISA

/// Price of an auction over its first price, `elapsed` seconds after it began (Maker abaci.sol).
BRINK_HD inline double auction_level(AuctionTerms const& terms, double elapsed)
{
    double const intervals = elapsed / terms.interval;
    switch (terms.curve) {
        case AuctionCurve::stairstep:
            return whole_power(terms.cut, static_cast<std::int64_t>(intervals));
        case AuctionCurve::exponential:
            return exp2_(intervals * log2_(terms.cut));
        case AuctionCurve::linear:
            break;
    }
    return vmax(0.0, 1.0 - intervals);
}

/// Whether nobody may buy before the auction is started anew (Maker clip.sol, status).
BRINK_HD inline bool is_auction_over(AuctionTerms const& terms, double elapsed)
{
    return elapsed > terms.tail || auction_level(terms, elapsed) < terms.cusp;
}

/// What a buyer gets and pays.
struct AuctionTake {
    double coins;
    double paid;  ///< [numeraire]
};

/// A purchase at `price`: no more than what must be raised, and not so that less than `least` of it
/// is left, unless the lot is (Maker clip.sol, take). \param lot, wanted [coin]
/// \param tab [numeraire] still to be raised \param least [numeraire] dust x (1 + penalty)
BRINK_HD inline AuctionTake auction_take(double lot, double tab, double price, double wanted,
                                         double least)
{
    double const coins = vmin(lot, wanted);
    double const owed = coins * price;
    if (owed >= tab - 0x1p-46 * tab)  // what is short of it by rounding only, is all of it
        return {vmin(coins, tab / price), tab};
    if (owed < tab && coins < lot && tab - owed < least) {
        if (tab <= least)
            return {0.0, 0.0};
        return {(tab - least) / price, tab - least};
    }
    return {coins, owed};
}

/// How much of a debt is put up for auction: what there is room for, but all of it rather than
/// leave a debt below the dust, and nothing rather than auction less (Maker dog.sol, bark). A
/// remnant that is below the dust by no more than `rounding` of the debt is at it: 0 for a number
/// type R that is exact, as amounts on a chain are.
template<class R>
BRINK_HD inline R put_up(R room, R penalty, R dust, R debt, R rounding)
{
    R const most = room / (R(1) + penalty);
    if (debt <= most)
        return debt;
    if (debt - most < dust - rounding * debt)
        return debt;
    return most >= dust ? most : R(0);
}

/// [numeraire]
BRINK_HD inline double auctioned_debt(AuctionTerms const& terms, double debt)
{
    return put_up<double>(terms.room, terms.penalty, terms.dust, debt, 0x1p-46);
}

/// [numeraire] what the venue pays to whoever starts an auction (Maker dog.sol: tip + chip tab).
BRINK_HD inline double auction_reward(double flat, double rate, double tab)
{
    return flat + rate * tab;
}

BRINK_END_ISA
