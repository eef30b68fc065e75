// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/instruments/black76.hpp"
#include "models/margin/rules.hpp"

BRINK_BEGIN_ISA

/// What an option sold is judged by, all [numeraire] >= 0.
template<class F>
struct SoldOption {
    F underlying;        ///< size x spot
    F value;             ///< size x mark
    F out_of_the_money;  ///< size x what spot is short of the strike
};

/// Margin of an option sold, by formula (Deribit standard margin): with S the underlying and V the
/// option's value,
///   initial = max(initial rate x S - out of the money, least rate x S) + V,
///   maintenance = maintenance rate x S + V;
/// a put whose margin follows its mark has max(rate x S, rate x V) + V, and no smaller initial
/// margin. What is bought needs none.
template<class F>
class OptionMargin {
    using T = value_t<F>;
    MarginSchedule<T> const& schedule_;
    OptionRight right_;

  public:
    BRINK_FN OptionMargin(MarginSchedule<T> const& schedule, OptionRight right)
        : schedule_{schedule}, right_{right}
    {}

    BRINK_FN F maintenance(SoldOption<F> const& sold) const
    {
        F base = sold.underlying;
        if (right_ == OptionRight::put && schedule_.put_follows_mark != 0)
            base = vmax(base, sold.value);
        return madd(base, F(schedule_.option_maintenance), sold.value);
    }

    BRINK_FN F initial(SoldOption<F> const& sold) const
    {
        F const near = sold.underlying * F(schedule_.option_initial) - sold.out_of_the_money;
        F const far = sold.underlying * F(schedule_.option_least);
        F const required = vmax(near, far) + sold.value;
        return right_ == OptionRight::put ? vmax(required, maintenance(sold)) : required;
    }
};

BRINK_END_ISA
