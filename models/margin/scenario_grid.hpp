// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"
#include "models/instruments/contract.hpp"
#include "models/margin/requirement.hpp"
#include "models/margin/rules.hpp"

BRINK_BEGIN_ISA

/// One position as a grid sees it.
template<class F>
struct GridPosition {
    F size;   ///< [base], > 0: long. An inverse contract: its entry leg, in coin
    F spot;   ///< [numeraire] of its base
    F price;  ///< [numeraire] per unit of size
    Contract<value_t<F>> const* contract;  ///< null: a perpetual
    ContractTerms<F> terms;                ///< of a dated contract
    F quote;                               ///< [numeraire] of a dated contract's quote
};

/// Profits of one risk unit in every scenario of a grid, and its deltas: `add(position)`, then
/// `worst_loss()`. All positions of a unit are on one base asset; options are revalued at the moved
/// spot and volatility (Black-76), everything else moves with spot. The volatility of an option
/// with T years left moves by move x (T0 / T)^power (Paradex portfolio margin,
/// docs.paradex.trade/risk/portfolio-margin; Deribit 25944756247837).
template<class F>
class GridUnit {
    using T = value_t<F>;
    ScenarioGrid<T> const& grid_;
    Entries<GridScenario<T>> scenarios_;
    F profit_[max_grid_scenarios];
    F long_delta_, short_delta_, sold_, futures_;
    F spot_;

  public:
    BRINK_FN GridUnit(Tables tables, ScenarioGrid<T> const& grid)
        : grid_{grid},
          scenarios_{tables[grid.scenarios]},
          long_delta_(T(0)),
          short_delta_(T(0)),
          sold_(T(0)),
          futures_(T(0)),
          spot_(T(0))
    {
        for (std::int32_t s = 0; s < scenarios_.size(); ++s)
            profit_[s] = F(T(0));
    }

    BRINK_FN void add(GridPosition<F> const& position)
    {
        spot_ = position.spot;
        if (position.contract != nullptr && is_option(position.contract->kind))
            return add_option(position);
        F const value = position.size * position.price;
        for (std::int32_t s = 0; s < scenarios_.size(); ++s)
            profit_[s] = madd(value, F(scenarios_[s].spot - T(1)), profit_[s]);
        add_delta(value / position.spot);
        futures_ = futures_ + vabs(position.size);
    }

    /// [numeraire] >= 0, scenarios weighted.
    BRINK_FN F worst_loss() const { return worst_loss(scenarios_, profit_); }
    /// The largest of weight x loss, at least 0. \param profit [numeraire] by scenario
    static BRINK_FN F worst_loss(Entries<GridScenario<T>> scenarios, F const* profit)
    {
        F worst = F(T(0));
        for (std::int32_t s = 0; s < scenarios.size(); ++s)
            worst = vmax(worst, F(-scenarios[s].weight) * profit[s]);
        return worst;
    }
    BRINK_FN F profit(std::int32_t scenario) const { return profit_[scenario]; }

    /// [numeraire] of the whole unit before the factors: worst loss and contingencies.
    BRINK_FN F requirement(Tables tables) const
    {
        F required = worst_loss();
        F least = F(T(0));
        for (Contingency<T> const& contingency : tables[grid_.contingencies]) {
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
    BRINK_FN void add_delta(F delta)
    {
        long_delta_ = long_delta_ + vmax(delta, F(T(0)));
        short_delta_ = short_delta_ + vmax(-delta, F(T(0)));
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
            case ContingencyBase::futures:
                break;
        }
        return futures_;
    }

    BRINK_FN void add_option(GridPosition<F> const& position)
    {
        Contract<T> const& contract = *position.contract;
        constexpr T log2e = T(1.4426950408889634);
        F const growth = exp2_(F(contract.basis * log2e) * position.terms.years);
        F const forward = position.spot * growth;
        F const strike = F(contract.strike) * position.quote;
        F const root = vsqrt(position.terms.years);
        F const reach = scaling(position.terms.years);
        OptionRight const right =
            contract.kind == ContractKind::call ? OptionRight::call : OptionRight::put;
        for (std::int32_t s = 0; s < scenarios_.size(); ++s) {
            F const moved = madd(F(scenarios_[s].volatility), reach, F(T(1)));
            F const volatility = position.terms.volatility * vmax(moved, F(T(0)));
            F const value =
                black76(right, forward * F(scenarios_[s].spot), strike, volatility * root).value;
            profit_[s] = madd(position.size, value - position.price, profit_[s]);
        }
        F const here =
            black76(right, forward, strike, position.terms.volatility * root).delta * growth;
        add_delta(position.size * here);
        sold_ = sold_ + vmax(-position.size, F(T(0)));
    }

    /// (T0 / T)^power
    BRINK_FN F scaling(F years) const
    {
        F const ratio = F(grid_.reference_years) / vmax(years, F(grid_.least_years));
        F const power = select(ratio > F(T(1)), F(grid_.short_power), F(grid_.long_power));
        return exp2_(power * log2_(ratio));
    }
};

BRINK_END_ISA
