// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/instruments/contract.hpp"
#include "models/path/program.hpp"

BRINK_BEGIN_ISA

/// Prices of dated contracts at one time of a path: `price(time, prices, level)` writes the row of
/// each, and what it was valued with into Workspace::carry, where margin rules read it.
/// Owner of the fields: the workspace.
template<class F>
class ContractStep {
    using T = value_t<F>;
    static constexpr double seconds_per_year = 365.0 * 86'400.0;

    Entries<Contract<T>> contracts_;
    LaneFields<double> carry_;
    ContractFields fields_;

  public:
    template<class U>
    BRINK_FN ContractStep(Program<U> const& program, RulesView<T> const& rules, Tables tables,
                          LaneFields<double> carry)
        : contracts_{tables[rules.contracts]}, carry_{carry}, fields_{program.first_contract_field}
    {}

    /// \param time [s] since t_0; \param prices [numeraire] of the assets, and rows to write
    /// \param level `level(factor)`: implied volatility of that carry factor now
    template<class Level>
    BRINK_FN void operator()(double time, F* prices, Level level) const
    {
        for (std::int32_t c = 0; c < contracts_.size(); ++c) {
            Contract<T> const& contract = contracts_[c];
            double const left = vmax(contract.expiry - time, 0.0);
            F volatility(contract.volatility);
            if (contract.factor >= 0)
                volatility = volatility * level(contract.factor);
            ContractTerms<F> const now{volatility, F(static_cast<T>(left / seconds_per_year))};
            store_as_double(now.volatility, carry_.field(fields_.volatility(c)));
            store_as_double(now.years, carry_.field(fields_.years(c)));
            prices[contract.row] =
                value_contract(contract, prices[contract.base], prices[contract.quote], now).value;
        }
    }
};

BRINK_END_ISA
