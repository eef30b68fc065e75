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
    position_settled,     ///< at its expiry, in cash
    position_taken_over,  ///< by the fund, at the bankruptcy price
    debt_fee_charged,     ///< of a loan's liquidation, added to the debt
    balance_sold,
    balance_exchanged,         ///< by the venue, for a balance below zero
    debt_repaid,               ///< by a liquidator, or by the venue that absorbs the account
    collateral_seized,         ///< for it, at a bonus, which is the fee
    band_sold,                 ///< collateral in bands, to traders; the slippage is their gain
    band_bought,               ///< back from them
    debt_offset,               ///< repaid by a stability pool
    debt_redistributed,        ///< taken over by the other borrowers
    collateral_redistributed,  ///< with it; the fee is what it is worth above the debt
    gas_compensated,           ///< collateral for whoever liquidates, all of it fee
    deposit_lost,              ///< to whoever liquidates; it was no part of the account
    forfeited,
    fund_inflow,  ///< what one liquidation leaves to its venue's fund
    deficit,
    bankrupt,
    fund_draw,  ///< at the horizon, for the account's deficits
    bad_debt,   ///< at the horizon, what the fund does not meet
};

/// One line of a path's ledger. Its costs are measured against mark; over a path they add up to the
/// outcomes.
struct EventRow {
    std::int32_t step{0};
    EventKind kind{EventKind::called};
    std::int32_t account{-1};
    /// asset (coins), instrument (positions), response (silent) or venue (its fund); -1: none
    std::int32_t item{-1};
    double amount{0.0};  ///< coins, or contracts (> 0: of a long)
    /// [numeraire] worth at mark; called and cured: health; liquidated and bankrupt: nav
    double value{0.0};
    double price{__builtin_nan("")};  ///< average of the trade, quote per base or [numeraire]
    double fee{0.0};                  ///< [numeraire]
    double slippage{0.0};             ///< [numeraire] spread, impact and bid haircut
    double forfeited{0.0};            ///< [numeraire] margin that goes to the fund
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
