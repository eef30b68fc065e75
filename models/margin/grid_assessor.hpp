// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/pick.hpp"
#include "models/instruments/instrument.hpp"
#include "models/margin/grid_search.hpp"
#include "models/margin/option_margin.hpp"
#include "models/margin/scenario_grid.hpp"
#include "models/path/program.hpp"

BRINK_BEGIN_ISA

/// An option as its formula sees it, whichever way it is held.
template<class F>
BRINK_FN SoldOption<F> as_sold(GridPosition<F> const& option)
{
    F const size = vabs(option.size);
    F const strike = F(option.contract->strike) * option.quote;
    F const gap =
        option.contract->kind == ContractKind::call ? strike - option.spot : option.spot - strike;
    return {size * option.spot, size * option.price, size * vmax(gap, F(value_t<F>(0)))};
}

/// What grids require of accounts: `requirement(grid, account, source, price)`, source and price as
/// those of AccountAssessor.
template<int N, class F>
class GridAssessor {
    using T = value_t<F>;
    Tables tables_;
    Entries<Instrument> instruments_;
    Entries<ScenarioGrid<T>> grids_;
    Entries<Contract<T>> contracts_;
    ContractReader<F> contract_terms_;
    bool searches_;

  public:
    template<class U>
    BRINK_FN GridAssessor(Program<U> const& program, RulesView<T> const& rules,
                          LaneFields<double> carry, Tables tables)
        : tables_{tables},
          instruments_{tables_[program.instruments]},
          grids_{tables_[rules.grids]},
          contracts_{tables_[rules.contracts]},
          contract_terms_{carry, {program.first_contract_field}},
          searches_{program.searches_grids != 0}
    {}

    BRINK_FN ScenarioGrid<T> const& grid(Ladder<T> const& ladder) const
    {
        return grids_[ladder.grid];
    }

    /// [numeraire] that the venue's grid requires before its factors: all risk units.
    template<class Source, class Prices>
    BRINK_FN F requirement(ScenarioGrid<T> const& grid, Account<T> const& account,
                           Source const& source, Prices const& price) const
    {
        Entries<Position<T>> const positions = tables_[account.positions];
        F sum = F(T(0));
        for (std::int32_t p = 0; p < positions.size(); ++p) {
            std::int32_t const base = base_of(positions[p]);
            bool is_first = true;
            for (std::int32_t q = 0; q < p; ++q)
                is_first = is_first && base_of(positions[q]) != base;
            if (is_first)
                sum = sum + unit_requirement(grid, account, source, price, base);
        }
        return sum;
    }

    /// The positions on one base asset, in every scenario.
    template<class Source, class Prices>
    BRINK_FN GridUnit<F> unit(ScenarioGrid<T> const& grid, Account<T> const& account,
                              Source const& source, Prices const& price, std::int32_t base) const
    {
        Entries<Position<T>> const positions = tables_[account.positions];
        GridUnit<F> unit{tables_, grid};
        for (std::int32_t p = 0; p < positions.size(); ++p)
            if (base_of(positions[p]) == base)
                unit.add(position(positions[p], source.fraction(p), price));
        return unit;
    }

    /// A position as grids and option formulas see it.
    template<class Prices>
    BRINK_FN GridPosition<F> position(Position<T> const& held, F fraction,
                                      Prices const& price) const
    {
        Instrument const& instrument = instruments_[held.instrument];
        F const size = F(held.leg_a) * fraction;
        F const spot = pick<N>(price, instrument.base);
        F const mark = pick<N>(price, instrument.asset_a);
        if (instrument.contract < 0)
            return {size, spot, mark, nullptr, {F(T(0)), F(T(0))}, F(T(0))};
        Contract<T> const& contract = contracts_[instrument.contract];
        return {size,
                spot,
                mark,
                &contract,
                contract_terms_(instrument.contract),
                pick<N>(price, contract.quote)};
    }

    /// `requirement`, out of line: for prices that lie in memory.
    template<class Source>
    static BRINK_HD BRINK_APART F apart(GridAssessor const& self, ScenarioGrid<T> const& grid,
                                        Account<T> const& account, Source const& source,
                                        F const (&price)[N])
    {
        return self.requirement(grid, account, source, Listed<F>{price});
    }

  private:
    /// [numeraire] of one risk unit; positions that no lane has open any more count for nothing.
    template<class Source, class Prices>
    BRINK_FN F unit_requirement(ScenarioGrid<T> const& grid, Account<T> const& account,
                                Source const& source, Prices const& price, std::int32_t base) const
    {
        Entries<Position<T>> const positions = tables_[account.positions];
        GridSearch<F> search{tables_, grid};
        bool searches = searches_;
        for (std::int32_t p = 0; searches && p < positions.size(); ++p) {
            if (base_of(positions[p]) != base)
                continue;
            GridPosition<F> const now = position(positions[p], source.fraction(p), price);
            if (any_lane(now.size != F(T(0))))
                searches = search.add(now);
        }
        if (searches) {
            F const required = search.requirement(tables_);
            if (search.is_proven())
                return required;
        }
        return unit(grid, account, source, price, base).requirement(tables_);
    }

    BRINK_FN std::int32_t base_of(Position<T> const& position) const
    {
        return instruments_[position.instrument].base;
    }
};

BRINK_END_ISA
