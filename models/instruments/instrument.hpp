// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/liquidation/execution_terms.hpp"

namespace brink {

enum class Payoff : std::int32_t { linear, inverse };

/// A perpetual, a dated future or an option. asset_a, asset_b: the two legs (Position); the mark
/// leg is a (linear) or b (inverse): the one whose quantity is fixed in the contract. That of a
/// dated contract is its row among the prices; an option has no other leg, since its premium has
/// been paid.
struct Instrument {
    Payoff payoff;
    std::int32_t asset_a;
    std::int32_t asset_b;
    std::int32_t settlement_asset;
    std::int32_t schedule;     ///< index into RulesView::schedules
    std::int32_t carry_slot;   ///< of its own rate; -1: none
    std::int32_t moving_slot;  ///< of the rate of its base asset, which moves; -1: none
    double funding_rate;       ///< its own, per interval, long pays short when positive
    Execution execution;
    std::int32_t base;          ///< asset that it is on: its risk unit
    std::int32_t contract{-1};  ///< index into RulesView::contracts; -1: a perpetual
    std::int32_t is_option{0};
    double expiry{__builtin_huge_val()};  ///< [s] since t_0
    std::int32_t symbol{-1};  ///< its name, which instruments of several venues may share
};

}  // namespace brink
