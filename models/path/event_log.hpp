// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/macros.hpp"

namespace brink {

enum class EventKind : std::int32_t {
    called,
    cured,
    silent,
    post_requested,
    post_credited,
    reduced,
    swapped,
    liquidated,
    position_closed,
    balance_sold,
    forfeited,
    deficit,
    bankrupt,
};

/// One line of a path's ledger.
struct EventRow {
    std::int32_t step;
    EventKind kind;
    std::int32_t account;
    std::int32_t item;  ///< asset (coins), instrument (positions) or response; -1: none
    double amount;      ///< in the item's units
    double value;       ///< [numeraire]
    double cost;        ///< [numeraire] slippage and fee in it
};

/// Where a replayed path writes its ledger; without rows nothing is written. `size` counts on when
/// the rows are full, so that the caller can come back with more.
struct EventLog {
    EventRow* rows{nullptr};
    std::int32_t capacity{0};
    std::int32_t size{0};

    BRINK_FN void push(EventRow const& row)
    {
        if (size < capacity)
            rows[size] = row;
        ++size;
    }
};

}  // namespace brink
