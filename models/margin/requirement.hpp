// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/margin/rules.hpp"

BRINK_BEGIN_ISA

template <class F>
struct Requirement {
    F maintenance;  ///< [numeraire] >= 0
    F initial;      ///< [numeraire] >= 0
};

/// Margin required for one position: `require(notional, unit_value, stated_initial_rate)`.
///
/// marginal: MM = max_k (rate_k x - amount_k), the integral of the marginal rate (Binance USD-M FAQ
/// b3c689c1 and COIN-M FAQ ceccfcfb, Bybit maintenance margin page); whole_position: the bracket's
/// rate on all of x (OKX). x is the notional in units of the floors (quote, coin or contracts). A
/// position exactly at a floor is in the bracket below (the brackets' caps are inclusive).
template <class F>
class RequirementChecker {
    using T = value_t<F>;
    Entries<MarginTier<T>> tiers_;
    ScheduleShape shape_;
    T close_fee_rate_;

  public:
    BRINK_FN RequirementChecker(Tables tables, MarginSchedule<T> const& schedule)
        : tiers_{tables[schedule.tiers]}
        , shape_{schedule.shape}
        , close_fee_rate_{schedule.close_fee_rate}
    {
    }

    /// \param notional [numeraire] at the schedule's basis, >= 0
    /// \param unit_value [numeraire] of one unit of the floors, > 0
    /// \param stated_initial_rate 1 / leverage of the position, uniform; 0: the bracket's maximum
    BRINK_FN Requirement<F> operator()(F notional, F unit_value, T stated_initial_rate) const
    {
        F const x = notional / unit_value;
        F maintenance = F(T(0));
        if (shape_ == ScheduleShape::marginal) {
            for (MarginTier<T> const& tier : tiers_)
                maintenance = vmax(maintenance, madd(x, F(tier.rate), F(-tier.amount)));
            maintenance = maintenance * unit_value;
        } else {
            maintenance = notional * rate_of(x, &MarginTier<T>::rate);
        }
        maintenance = madd(notional, F(close_fee_rate_), maintenance);
        F const initial_rate = stated_initial_rate > T(0)
            ? F(stated_initial_rate)
            : rate_of(x, &MarginTier<T>::initial_rate);
        return {maintenance, notional * initial_rate};
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
    BRINK_FN F rate_of(F x, T MarginTier<T>::*member) const
    {
        F rate = F(tiers_[0].*member);
        for (std::int32_t k = 1; k < tiers_.size(); ++k)
            rate = select(x > F(tiers_[k].floor), F(tiers_[k].*member), rate);
        return rate;
    }
};

BRINK_END_ISA
