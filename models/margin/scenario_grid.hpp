// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/margin/grid_charges.hpp"
#include "models/margin/requirement.hpp"

BRINK_BEGIN_ISA

/// Profits of one risk unit in every scenario of a grid, and its deltas: `add(position)`, then
/// `worst_loss()`. All positions of a unit are on one base asset. This is the definition of what a
/// grid requires; GridSearch finds the same bits from fewer scenarios.
template<class F>
class GridUnit {
    using T = value_t<F>;
    ScenarioGrid<T> const& grid_;
    Entries<GridScenario<T>> scenarios_;
    GridCharges<F> charges_;
    F profit_[max_grid_scenarios];

  public:
    BRINK_FN GridUnit(Tables tables, ScenarioGrid<T> const& grid)
        : grid_{grid}, scenarios_{tables[grid.scenarios]}, charges_{tables, grid}
    {
        for (std::int32_t s = 0; s < scenarios_.size(); ++s)
            profit_[s] = F(T(0));
    }

    BRINK_HD BRINK_APART void add(GridPosition<F> const& position)
    {
        GridLeg<F> const leg{grid_, position};
        charges_.add(leg, position.spot);
        if (leg.is_option) {
            for (std::int32_t s = 0; s < scenarios_.size(); ++s) {
                GridScenario<T> const& scenario = scenarios_[s];
                F const moneyness = leg.moneyness(scenario.spot);
                profit_[s] = leg.add_option(leg.revalued(scenario, moneyness), profit_[s]);
            }
        } else {
            for (std::int32_t s = 0; s < scenarios_.size(); ++s)
                profit_[s] = leg.add_linear(scenarios_[s], profit_[s]);
        }
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
        return charges_.requirement(tables, worst_loss());
    }
    /// [numeraire] of one contingency.
    BRINK_FN F charge(Tables tables, Contingency<T> const& contingency) const
    {
        return charges_.charge(tables, contingency);
    }
};

BRINK_END_ISA
