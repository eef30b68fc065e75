// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/liquidation/execution_terms.hpp"

namespace brink {

enum class Payoff : std::int32_t { linear, inverse };

/// A perpetual. asset_a, asset_b: the two legs (Position); the mark leg is a (linear) or b
/// (inverse): the one whose quantity is fixed in the contract.
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
};

}  // namespace brink
