// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/lanes.hpp"
#include "models/path/event_log.hpp"
#include "models/path/program.hpp"

namespace brink {

/// One account at one assessment of a replayed path, [numeraire] but for health.
/// nav = collateral_at_market + unrealised_pnl - debt.
struct TraceRow {
    double collateral_at_market;  ///< balances
    double collateral;            ///< balances after haircut, unrealised P&L left out
    double unrealised_pnl, debt;
    double margin_equity, initial_margin, maintenance_margin, nav, health;
    double topup_total, fees, slippage, forfeited;  ///< so far, of responses and liquidations
    double funding;                                 ///< and interest, paid or accrued so far
    double closed;
};

/// One coin of an account, [coin].
struct HoldingRow {
    double balance, owed;
};

/// Where a replayed path leaves its steps: what things are after the step's events, row by row for
/// t_0 .. t_K, and the events themselves. Owner: the caller.
struct PathTrace {
    std::int32_t lane{0};
    double* prices{nullptr};         ///< [numeraire] [K + 1][num_assets]
    TraceRow* accounts{nullptr};     ///< [K + 1][accounts]
    HoldingRow* holdings{nullptr};   ///< [K + 1][holdings of all accounts, one after the other]
    double* contracts{nullptr};      ///< [K + 1][positions of all accounts] open; < 0: short
    double* outside{nullptr};        ///< [numeraire] reserve and posts under way, [K + 1][owners]
    double* outside_coins{nullptr};  ///< [coin] the same, [K + 1][owners][num_assets]
    double* carry_levels{nullptr};   ///< of the market's carry factors, [K + 1][factors]
    double* outcomes{nullptr};       ///< [scopes][num_columns]
    EventLog log;
    std::int32_t num_step_events{0};  ///< of `log`; those after them close the path at the horizon
};

/// Lane bits that a pack keeps beside its fields.
struct MaskLayout {
    std::int32_t num_owners;

    template<class T>
    BRINK_FN explicit MaskLayout(Program<T> const& program) : num_owners{program.owners.size}
    {}

    BRINK_FN static std::int32_t busy() { return 0; }  ///< some event has been looked at
    BRINK_FN static std::int32_t touched(std::int32_t o) { return 3 * o + 1; }
    BRINK_FN static std::int32_t awake(std::int32_t o) { return 3 * o + 2; }
    BRINK_FN static std::int32_t waiting(std::int32_t o) { return 3 * o + 3; }  ///< post under way
    BRINK_FN std::int32_t covered(std::int32_t a) const { return 3 * num_owners + 3 * a + 1; }
    BRINK_FN std::int32_t stuck(std::int32_t a) const { return covered(a) + 1; }
    /// Something that its venue may exchange.
    BRINK_FN std::int32_t owing(std::int32_t a) const { return covered(a) + 2; }
    BRINK_FN std::int32_t size(std::int32_t num_accounts) const { return covered(num_accounts); }
};

/// Scratch of one pack of paths (CPU) or of one thread (device). Owner: the executor, which sizes
/// it from the program: `record_fields`, `mirror_fields`, `carry_fields`, padded assets,
/// padded assets + 1, MaskLayout, `market_fields`.
template<class T>
struct Workspace {
    LaneFields<double> record;        ///< event records
    LaneFields<T> mirror;             ///< what the hot way reads of accounts
    LaneFields<double> carry;         ///< {units, value} per carry slot, then growths of debts
    LaneFields<double> price;         ///< marks widened for events
    LaneFields<double> multiplier;    ///< of each asset's volatility, and of depth: for events
    LaneFields<std::uint32_t> masks;  ///< lane bits, MaskLayout
    LaneFields<T> market;             ///< MarketMemory
    LaneFields<T> bridge;             ///< prices at both ends of a step: 2 x padded assets, where
                                      ///< the program has a bridge
    PathTrace* trace{nullptr};        ///< null: no ledger
};

}  // namespace brink
