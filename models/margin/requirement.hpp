// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/margin/rules.hpp"

BRINK_BEGIN_ISA

/// Margin required for one position: `require(notional, unit_value)`, [numeraire] >= 0.
///
/// marginal: MM = max_k (rate_k x - amount_k), the integral of the marginal rate (Binance USD-M FAQ
/// b3c689c1 and COIN-M FAQ ceccfcfb, Bybit maintenance margin page); whole_position: the bracket's
/// rate on all of x (OKX). x is the notional in units of the floors (quote, coin or contracts). A
/// position exactly at a floor is in the bracket below (the brackets' caps are inclusive).
template<class F>
class RequirementChecker {
    using T = value_t<F>;
    Entries<MarginTier<T>> tiers_;
    TierWindow<T> window_;
    ScheduleShape shape_;
    T close_fee_rate_;

  public:
    BRINK_FN RequirementChecker(Tables tables, MarginSchedule<T> const& schedule,
                                TierWindow<T> const& window)
        : tiers_{tables[schedule.tiers]},
          window_{window},
          shape_{schedule.shape},
          close_fee_rate_{schedule.close_fee_rate}
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
        F const x = notional / unit_value;
        Entries<MarginTier<T>> const tiers = relevant(x);
        F const required = shape_ == ScheduleShape::marginal
                               ? marginal(tiers, x) * unit_value
                               : notional * rate_of(tiers, x, &MarginTier<T>::rate);
        return madd(notional, F(close_fee_rate_), required);
    }

    /// \param stated_rate 1 / leverage of the position, uniform; 0: the bracket's maximum leverage
    BRINK_FN F initial(F notional, F unit_value, T stated_rate) const
    {
        if (stated_rate > T(0))
            return notional * F(stated_rate);
        F const x = notional / unit_value;
        return notional * rate_of(relevant(x), x, &MarginTier<T>::initial_rate);
    }

    /// Index of the bracket that holds x (scalar).
    BRINK_FN std::int32_t tier_of(F x) const
    {
        std::int32_t k = 0;
        while (k + 1 < tiers_.size() && x > tiers_[k + 1].floor)
            ++k;
        return k;
    }
    BRINK_FN T floor_of(std::int32_t tier) const { return tiers_[tier].floor; }

  private:
    BRINK_FN Entries<MarginTier<T>> relevant(F x) const
    {
        if (window_.count == tiers_.size())
            return tiers_;
        auto const outside = ((x < F(window_.low)) & (x > F(T(0)))) | (x > F(window_.high));
        return any_lane(outside) ? tiers_
                                 : Entries<MarginTier<T>>{&tiers_[window_.first], window_.count};
    }

    static BRINK_FN F marginal(Entries<MarginTier<T>> tiers, F x)
    {
        F required = F(T(0));
        for (MarginTier<T> const& tier : tiers)
            required = vmax(required, madd(x, F(tier.rate), F(-tier.amount)));
        return required;
    }

    static BRINK_FN F rate_of(Entries<MarginTier<T>> tiers, F x, T MarginTier<T>::*member)
    {
        F rate = F(tiers[0].*member);
        for (std::int32_t k = 1; k < tiers.size(); ++k)
            rate = select(x > F(tiers[k].floor), F(tiers[k].*member), rate);
        return rate;
    }
};

BRINK_END_ISA
