// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/margin/rules.hpp"

BRINK_BEGIN_ISA

/// Relative excess over a floor that rounding may make of equality, a few units in the last place
/// of each factor: 9.5e-7 and 1.4e-14.
template<class T>
inline constexpr T floor_rounding = sizeof(T) == sizeof(float) ? T(0x1p-20) : T(0x1p-46);

/// Margin required for one position: `require(notional, unit_value)`, [numeraire] >= 0.
///
/// marginal: MM = max_k (rate_k notional - amount_k u), the integral of the marginal rate (Binance
/// USD-M FAQ b3c689c1 and COIN-M FAQ ceccfcfb, Bybit maintenance margin page); whole_position: the
/// bracket's rate on all of it (OKX); affine: rate + slope x on all of it, x in units of the
/// floors, at most 1 (Deribit linear perpetuals page 25944738177565); square_root: max(rate, 0.8
/// rate + slope sqrt(x)) on all of it, at most 1 (Drift, protocol-v2@0ae3e3b1, size premium).
/// Initial rates may grow with the market's open interest, from r to r + share (1 - r), at most 1
/// (dYdX v4-chain@84d4664b, lib/perpetuals). u is the value of one unit of
/// the floors (quote, coin or contract). A position exactly at a floor is in the bracket below (the
/// brackets' caps are inclusive). What is above a floor by no more than rounding makes of equality,
/// is at it: both sides are products with a price, and most positions at a floor are so by design,
/// being round or reduced to it.
template<class F>
class RequirementChecker {
    using T = value_t<F>;
    Entries<MarginTier<T>> tiers_;
    TierWindow<T> window_;
    ScheduleShape shape_;
    T close_fee_rate_;
    T open_interest_, open_interest_from_, open_interest_slope_;

  public:
    BRINK_FN RequirementChecker(Tables tables, MarginSchedule<T> const& schedule,
                                TierWindow<T> const& window)
        : tiers_{tables[schedule.tiers]},
          window_{window},
          shape_{schedule.shape},
          close_fee_rate_{schedule.close_fee_rate},
          open_interest_{schedule.open_interest},
          open_interest_from_{schedule.open_interest_from},
          open_interest_slope_{schedule.open_interest_slope}
    {}
    /// Without a window: every bracket.
    BRINK_FN RequirementChecker(Tables tables, MarginSchedule<T> const& schedule)
        : RequirementChecker{
            tables, schedule, {0, schedule.tiers.size, T(0), T(__builtin_huge_val())}}
    {}

    /// \param notional [numeraire] at the schedule's basis, >= 0
    /// \param unit_value [numeraire] of one unit of the floors, > 0
    BRINK_FN F maintenance(F notional, F unit_value) const
    {
        Entries<MarginTier<T>> const tiers = relevant(notional, unit_value);
        F const required = shape_ == ScheduleShape::marginal
                               ? marginal(tiers, notional, unit_value)
                               : notional
                                     * whole_rate(tiers, notional, unit_value, &MarginTier<T>::rate,
                                                  &MarginTier<T>::slope);
        return madd(notional, F(close_fee_rate_), required);
    }

    /// \param stated_rate 1 / leverage of the position, uniform; 0: the bracket's maximum leverage
    BRINK_FN F initial(F notional, F unit_value, T stated_rate) const
    {
        if (open_interest_ > T(0)) [[unlikely]]
            return notional
                   * vmax(F(stated_rate), crowded(bracket_rate(notional, unit_value), unit_value));
        if (stated_rate > T(0))
            return notional * F(stated_rate);
        return notional * bracket_rate(notional, unit_value);
    }

    /// Index of the bracket that holds the position (scalar).
    BRINK_FN std::int32_t tier_of(F notional, F unit_value) const
    {
        F const above = rounded_up(unit_value);
        std::int32_t k = 0;
        while (k + 1 < tiers_.size() && notional > tiers_[k + 1].floor * above)
            ++k;
        return k;
    }
    BRINK_FN T floor_of(std::int32_t tier) const { return tiers_[tier].floor; }

  private:
    BRINK_FN F bracket_rate(F notional, F unit_value) const
    {
        return whole_rate(relevant(notional, unit_value), notional, unit_value,
                          &MarginTier<T>::initial_rate, &MarginTier<T>::initial_slope);
    }

    /// \param price [numeraire] of one base coin
    BRINK_FN F crowded(F rate, F price) const
    {
        F const above = madd(F(open_interest_), price, F(-open_interest_from_));
        F const share = vmax(above * F(open_interest_slope_), F(T(0)));
        return vmin(madd(share, F(T(1)) - rate, rate), F(T(1)));
    }

    BRINK_FN Entries<MarginTier<T>> relevant(F notional, F unit_value) const
    {
        if (window_.count == tiers_.size())
            return tiers_;
        auto const below = (notional < F(window_.low) * unit_value) & (notional > F(T(0)));
        auto const outside = below | (notional > F(window_.high) * unit_value);
        return any_lane(outside) ? tiers_
                                 : Entries<MarginTier<T>>{&tiers_[window_.first], window_.count};
    }

    /// Times a floor, it is what a position must exceed to be above that floor.
    static BRINK_FN F rounded_up(F unit_value) { return unit_value * F(T(1) + floor_rounding<T>); }

    static BRINK_FN F marginal(Entries<MarginTier<T>> tiers, F notional, F unit_value)
    {
        F required = F(T(0));
        for (MarginTier<T> const& tier : tiers)
            required = vmax(required, madd(notional, F(tier.rate), F(-tier.amount) * unit_value));
        return required;
    }

    /// Rate of the bracket on all of the position; affine: plus its slope x the size.
    BRINK_FN F whole_rate(Entries<MarginTier<T>> tiers, F notional, F unit_value,
                          T MarginTier<T>::*rate, T MarginTier<T>::*slope) const
    {
        F const flat = rate_of(tiers, notional, unit_value, rate);
        if (shape_ != ScheduleShape::affine && shape_ != ScheduleShape::square_root)
            return flat;
        F const size = notional / unit_value;
        if (shape_ == ScheduleShape::square_root) {
            F const grown =
                madd(rate_of(tiers, notional, unit_value, slope), vsqrt(size), flat * F(T(0.8)));
            return vmin(vmax(flat, grown), F(T(1)));
        }
        return vmin(madd(rate_of(tiers, notional, unit_value, slope), size, flat), F(T(1)));
    }

    static BRINK_FN F rate_of(Entries<MarginTier<T>> tiers, F notional, F unit_value,
                              T MarginTier<T>::*member)
    {
        F const above = rounded_up(unit_value);
        F rate = F(tiers[0].*member);
        for (std::int32_t k = 1; k < tiers.size(); ++k)
            rate = select(notional > F(tiers[k].floor) * above, F(tiers[k].*member), rate);
        return rate;
    }
};

BRINK_END_ISA
