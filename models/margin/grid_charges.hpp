// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/margin/grid_leg.hpp"

BRINK_BEGIN_ISA

/// Contingencies of one risk unit: `add(leg, spot)`, then `requirement(tables, worst_loss)`. Deltas
/// are worked out only where a contingency is of them.
template<class F>
class GridCharges {
    using T = value_t<F>;
    /// [numeraire] vega of one side of the options, and times the days left of each.
    struct Vega {
        F sum{T(0)};
        F days{T(0)};

        BRINK_FN void add(F vega, F left)
        {
            sum = sum + vega;
            days = madd(vega, left, days);
        }
    };

    Entries<Contingency<T>> contingencies_;
    F long_delta_, short_delta_, sold_, futures_;
    F spot_;
    Vega held_, short_;
    bool uses_delta_, uses_vega_;

  public:
    BRINK_FN GridCharges(Tables tables, ScenarioGrid<T> const& grid)
        : contingencies_{tables[grid.contingencies]},
          long_delta_(T(0)),
          short_delta_(T(0)),
          sold_(T(0)),
          futures_(T(0)),
          spot_(T(0)),
          uses_delta_{false},
          uses_vega_{false}
    {
        for (Contingency<T> const& contingency : contingencies_) {
            uses_delta_ = uses_delta_ || contingency.base == ContingencyBase::net_delta
                          || contingency.base == ContingencyBase::hedged_delta;
            uses_vega_ = uses_vega_ || contingency.base == ContingencyBase::hedged_vega_days;
        }
    }

    BRINK_FN void add(GridLeg<F> const& leg, F spot)
    {
        spot_ = spot;
        if (leg.is_option)
            sold_ = sold_ + vmax(-leg.size, F(T(0)));
        else
            futures_ = futures_ + vabs(leg.size);
        if (uses_vega_ && leg.is_option) [[unlikely]]
            add_vega(leg);
        if (!uses_delta_)
            return;
        F const delta = leg.delta(spot);
        long_delta_ = long_delta_ + vmax(delta, F(T(0)));
        short_delta_ = short_delta_ + vmax(-delta, F(T(0)));
    }

    /// [numeraire] of the whole unit before the factors: worst loss and contingencies.
    BRINK_FN F requirement(Tables tables, F worst_loss) const
    {
        F required = worst_loss;
        F least = F(T(0));
        for (Contingency<T> const& contingency : contingencies_) {
            F const charge = this->charge(tables, contingency);
            if (contingency.is_floor != 0)
                least = least + charge;
            else
                required = required + charge;
        }
        return vmax(required, least);
    }

    /// [numeraire] of one contingency.
    BRINK_FN F charge(Tables tables, Contingency<T> const& contingency) const
    {
        F const raw = F(contingency.rate) * base_of(contingency.base) * spot_;
        if (contingency.scaling.size == 0)
            return raw;
        return scaled_charge(tables[contingency.scaling], raw);
    }

    /// Marginal slabs of multipliers over a raw charge: the largest of lines for rising multipliers
    /// (OKX 4417291853837).
    static BRINK_FN F scaled_charge(Entries<MarginTier<T>> slabs, F raw)
    {
        F charge = F(T(0));
        for (MarginTier<T> const& slab : slabs)
            charge = vmax(charge, madd(raw, F(slab.rate), F(-slab.amount)));
        return charge;
    }

  private:
    BRINK_FN void add_vega(GridLeg<F> const& leg)
    {
        F const vega = leg.vega();
        held_.add(vmax(vega, F(T(0))), leg.days());
        short_.add(vmax(-vega, F(T(0))), leg.days());
    }

    /// Vega held against vega sold of another expiry: the smaller of the two, [base] per unit of
    /// volatility, times the days between the means of both (Bybit portfolio margin, vega spread).
    BRINK_FN F hedged_vega_days() const
    {
        F const hedged = vmin(held_.sum, short_.sum);
        auto const has_both = hedged > F(T(0));
        F const apart = vabs(held_.days / select(has_both, held_.sum, F(T(1)))
                             - short_.days / select(has_both, short_.sum, F(T(1))));
        return select(has_both, hedged / spot_ * apart, F(T(0)));
    }

    BRINK_FN F base_of(ContingencyBase base) const
    {
        switch (base) {
            case ContingencyBase::net_delta:
                return vabs(long_delta_ - short_delta_);
            case ContingencyBase::hedged_delta:
                return vmin(long_delta_, short_delta_);
            case ContingencyBase::short_options:
                return sold_;
            case ContingencyBase::hedged_vega_days:
                return hedged_vega_days();
            case ContingencyBase::futures:
                break;
        }
        return futures_;
    }
};

BRINK_END_ISA
