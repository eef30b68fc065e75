// SPDX-License-Identifier: Apache-2.0
#include "host/program/instrument_builder.hpp"

#include "host/program/carry_builder.hpp"
#include "host/program/contract_builder.hpp"
#include "host/program/rules_builder.hpp"
#include "io/config/duration.hpp"

#include <cmath>

namespace brink {
namespace {

/// Index of the slot of one mark leg, settlement coin, funding clock and rate; equal ones share it.
std::int32_t find_carry_slot(std::vector<CarrySlot>& slots, CarrySlot const& wanted)
{
    for (std::size_t i = 0; i < slots.size(); ++i)
        if (slots[i].mark_asset == wanted.mark_asset
            && slots[i].settlement_asset == wanted.settlement_asset
            && slots[i].interval_seconds == wanted.interval_seconds
            && slots[i].factor == wanted.factor)
            return static_cast<std::int32_t>(i);
    slots.push_back(wanted);
    return static_cast<std::int32_t>(slots.size()) - 1;
}

/// Index of a contract by the first instrument of it.
std::int32_t find_contract(InstrumentConfig const& first, ScenarioIndex const& index,
                           AssetConfig const& base, Scenario const& scenario, ProgramDraft& draft)
{
    std::int32_t const row = index.asset(contract_row_name(first, scenario));
    for (std::size_t c = 0; c < draft.contracts.size(); ++c)
        if (draft.contracts[c].row == row)
            return static_cast<std::int32_t>(c);
    draft.contracts.push_back(
        make_contract(first, index, base, draft.carry_factors, scenario.run.as_of, row));
    return static_cast<std::int32_t>(draft.contracts.size()) - 1;
}

}  // namespace

Instrument make_instrument(InstrumentConfig const& config, ScenarioIndex const& index,
                           std::int32_t schedule, AssetConfig const& base, Scenario const& scenario,
                           ProgramDraft& draft)
{
    bool const linear = !is_inverse(config.kind);
    Instrument instrument{
        linear ? Payoff::linear : Payoff::inverse,
        index.asset(config.base),
        index.asset(is_option(config.kind) ? config.settlement : config.quote),
        index.asset(config.settlement),
        schedule,
        -1,
        -1,
        config.funding_rate_per_interval,
        make_execution(config.execution.value_or(base.execution), base.volatility),
        index.asset(config.base)};
    instrument.symbol = index.symbol(config.name);
    if (is_dated(config.kind)) {
        InstrumentConfig const& first = first_of_contract(config, scenario);
        (linear ? instrument.asset_a : instrument.asset_b) =
            index.asset(contract_row_name(first, scenario));
        instrument.is_option = is_option(config.kind) ? 1 : 0;
        instrument.contract = find_contract(first, index, base, scenario, draft);
        instrument.expiry = draft.contracts[static_cast<std::size_t>(instrument.contract)].expiry;
        return instrument;
    }
    auto const slot_of = [&](std::int32_t factor, double years) {
        return find_carry_slot(
            draft.carry_slots,
            {linear ? instrument.asset_a : instrument.asset_b, instrument.settlement_asset,
             static_cast<std::int64_t>(std::llround(config.funding_interval)), factor, years});
    };
    if (config.funding_rate_per_interval != 0.0)
        instrument.carry_slot = slot_of(-1, 1.0);
    std::int32_t const factor =
        find_carry_factor(draft.carry_factors, CarryKind::funding,
                          static_cast<std::size_t>(index.asset(config.base)));
    if (factor >= 0)
        instrument.moving_slot = slot_of(factor, config.funding_interval / seconds_per_year);
    return instrument;
}

}  // namespace brink
