// SPDX-License-Identifier: Apache-2.0
#include "host/program/contract_builder.hpp"

#include "host/program/carry_builder.hpp"
#include "io/config/duration.hpp"
#include "io/config/instrument_names.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace brink {
namespace {

ContractKind contract_kind(InstrumentKind kind)
{
    switch (kind) {
        case InstrumentKind::inverse_future:
            return ContractKind::discount;
        case InstrumentKind::call:
            return ContractKind::call;
        case InstrumentKind::put:
            return ContractKind::put;
        default:
            break;
    }
    return ContractKind::forward;
}

/// Implied volatility of the base at t_0; 0 where it has none.
double opening_volatility(AssetConfig const& base)
{
    if (!base.implied_volatility)
        return 0.0;
    return base.implied_volatility->initial.value_or(base.implied_volatility->mean);
}

}  // namespace

InstrumentConfig const& first_of_contract(InstrumentConfig const& instrument,
                                          Scenario const& scenario)
{
    auto const terms = [](InstrumentConfig const& of) {
        return std::tie(of.kind, of.base, of.quote, of.expiry, of.strike, of.basis, of.volatility);
    };
    for (InstrumentConfig const& other : scenario.instruments)
        if (terms(other) == terms(instrument))
            return other;
    return instrument;
}

std::string contract_row_name(InstrumentConfig const& first, Scenario const& scenario)
{
    for (InstrumentConfig const& other : scenario.instruments)
        if (is_dated(other.kind) && other.name == first.name
            && &first_of_contract(other, scenario) != &first)
            return full_name(first.venue, first.name);
    return first.name;
}

Scenario add_contract_rows(Scenario scenario)
{
    for (InstrumentConfig const& instrument : scenario.instruments) {
        if (!is_dated(instrument.kind) || &first_of_contract(instrument, scenario) != &instrument)
            continue;
        AssetConfig row;
        row.where = instrument.where;
        row.name = contract_row_name(instrument, scenario);
        row.model = MarginalModel::fixed;
        row.price = 1.0;  // until the path program values it
        scenario.assets.push_back(row);
    }
    return scenario;
}

Contract<double> make_contract(InstrumentConfig const& config, ScenarioIndex const& index,
                               AssetConfig const& base,
                               std::vector<CarryFactor<double>> const& factors, UnixSeconds as_of,
                               std::int32_t row)
{
    std::int32_t const asset = index.asset(config.base);
    std::int32_t const factor =
        find_carry_factor(factors, CarryKind::implied_volatility, static_cast<std::size_t>(asset));
    double const level = opening_volatility(base);
    double const stated = config.volatility.value_or(level);
    return {row,
            asset,
            index.asset(config.quote),
            is_option(config.kind) ? factor : -1,
            contract_kind(config.kind),
            config.strike.value_or(1.0),
            config.basis,
            factor >= 0 && level > 0.0 ? stated / level : stated,
            static_cast<double>(config.expiry.value_or(as_of) - as_of)};
}

}  // namespace brink
