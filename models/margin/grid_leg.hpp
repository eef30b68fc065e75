// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"
#include "models/instruments/contract.hpp"
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

/// A position with all that does not depend on the scenario worked out. Options are revalued at
/// the moved spot and volatility (Black-76), everything else moves with spot. The volatility of an
/// option with T years left moves by move x (T0 / T)^power (Paradex portfolio margin,
/// docs.paradex.trade/risk/portfolio-margin; Deribit 25944756247837).
template<class F>
struct GridLeg {
    using T = value_t<F>;

    F size;        ///< [base], > 0: long
    F price;       ///< [numeraire] per unit of size
    F value;       ///< [numeraire] size x price, of what is not an option
    F forward;     ///< [numeraire] of an option's expiry
    F growth;      ///< forward over spot
    F strike;      ///< [numeraire]
    F volatility;  ///< [1/year^(1/2)]
    F root;        ///< [year^(1/2)] of the time left
    F reach;       ///< (T0 / T)^power
    OptionRight right;
    bool is_option;

    GridLeg() = default;
    BRINK_FN GridLeg(ScenarioGrid<T> const& grid, GridPosition<F> const& position)
        : size{position.size},
          price{position.price},
          value{position.size * position.price},
          forward{position.spot},
          growth{T(1)},
          strike{T(0)},
          volatility{position.terms.volatility},
          root{T(0)},
          reach{T(0)},
          right{OptionRight::call},
          is_option{position.contract != nullptr && brink::is_option(position.contract->kind)}
    {
        if (!is_option)
            return;
        Contract<T> const& contract = *position.contract;
        constexpr T log2e = T(1.4426950408889634);
        growth = exp2_(F(contract.basis * log2e) * position.terms.years);
        forward = position.spot * growth;
        strike = F(contract.strike) * position.quote;
        root = vsqrt(position.terms.years);
        reach = scaling(grid, position.terms.years);
        right = contract.kind == ContractKind::call ? OptionRight::call : OptionRight::put;
    }

    /// Of an option at a moved spot. \param spot 1 + relative move
    BRINK_FN F moneyness(T spot) const { return log_moneyness(forward * F(spot), strike); }

    /// An option in a scenario: its value, and what that moves by per unit of the moved forward.
    /// \param moneyness at the scenario's spot
    BRINK_FN OptionValue<F> revalued(GridScenario<T> const& scenario, F moneyness) const
    {
        F const moved = madd(F(scenario.volatility), reach, F(T(1)));
        F const now = volatility * vmax(moved, F(T(0)));
        return black76(right, forward * F(scenario.spot), strike, now * root, moneyness);
    }
    /// [numeraire] `profit` of others and this one's in a scenario; an option's from `revalued`.
    BRINK_FN F add_option(OptionValue<F> const& option, F profit) const
    {
        return madd(size, option.value - price, profit);
    }
    BRINK_FN F add_linear(GridScenario<T> const& scenario, F profit) const
    {
        return madd(value, F(scenario.spot - T(1)), profit);
    }

    /// [base] what the position moves by per unit of spot.
    BRINK_FN F delta(F spot) const
    {
        if (!is_option)
            return value / spot;
        return size * (black76(right, forward, strike, volatility * root).delta * growth);
    }

    /// [numeraire] per unit of volatility; of an option.
    BRINK_FN F vega() const { return size * black76_vega(forward, strike, volatility, root); }
    /// [days] left; of an option.
    BRINK_FN F days() const { return root * root * F(T(365)); }

  private:
    /// (T0 / T)^power
    static BRINK_FN F scaling(ScenarioGrid<T> const& grid, F years)
    {
        F const ratio = F(grid.reference_years) / vmax(years, F(grid.least_years));
        F const power = select(ratio > F(T(1)), F(grid.short_power), F(grid.long_power));
        return exp2_(power * log2_(ratio));
    }
};

BRINK_END_ISA
