// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/margin/rules.hpp"

BRINK_BEGIN_ISA

/// Collateral value of one balance: `value_collateral(balance, joined, price)`, [numeraire].
/// The smallest of the curve's affine slabs; a negative amount counts at 100 % (Binance portfolio
/// margin: min(x P ratio, x P); Bybit UTA), which is the slab of slope 1 through the origin.
template<class F>
class CollateralValuer {
    using T = value_t<F>;
    Entries<Slab<T>> slabs_;
    CurveUnit unit_;
    bool par_;

  public:
    BRINK_FN CollateralValuer(Tables tables, CollateralCurve<T> const& curve)
        : slabs_{tables[curve.slabs]}, unit_{curve.unit}, par_{curve.par != 0}
    {}

    /// \param balance [coin]
    /// \param joined [numeraire] unrealised P&L that joins the balance before the haircut
    /// \param price [numeraire/coin], > 0
    BRINK_FN F operator()(F balance, F joined, F price) const
    {
        F const unit_price = par_ ? F(T(1)) : price;
        if (unit_ == CurveUnit::value)
            return smallest_slab(madd(balance, unit_price, joined));
        return smallest_slab(balance + joined / unit_price) * unit_price;
    }

    /// Slope of the slab that a balance is in.
    /// \param price [numeraire/coin] as the venue values the coin, > 0
    BRINK_FN F marginal_ratio(F balance, F price) const
    {
        F const x = unit_ == CurveUnit::value ? balance * price : balance;
        F value = x;
        F ratio = F(T(1));
        for (Slab<T> const& slab : slabs_) {
            F const candidate = madd(F(slab.slope), x, F(slab.offset));
            ratio = select(candidate <= value, F(slab.slope), ratio);
            value = vmin(value, candidate);
        }
        return ratio;
    }

  private:
    BRINK_FN F smallest_slab(F x) const
    {
        F value = x;
        for (Slab<T> const& slab : slabs_)
            value = vmin(value, madd(F(slab.slope), x, F(slab.offset)));
        return value;
    }
};

BRINK_END_ISA
