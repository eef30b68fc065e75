// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/path/event_log.hpp"
#include "models/path/lanes.hpp"
#include "models/path/program.hpp"

namespace brink {

/// One account at one assessment of a replayed path, [numeraire] but for health.
struct TraceRow {
    double margin_equity, initial_margin, maintenance_margin, nav, health;
    double topup_total, costs;  ///< so far; costs: responses and liquidations
    double closed;
};

/// Where a replayed path leaves its steps: prices [K + 1][num_assets], accounts [K + 1][accounts]
/// after the step's events, reserve and posts under way [K + 1][owners], and the events themselves.
struct PathTrace {
    std::int32_t lane{0};
    double* prices{nullptr};
    TraceRow* accounts{nullptr};
    double* outside{nullptr};
    EventLog log;
};

/// Lane bits that a pack keeps beside its fields.
struct MaskLayout {
    std::int32_t num_owners;

    template<class T>
    BRINK_FN explicit MaskLayout(Program<T> const& program) : num_owners{program.owners.size}
    {}

    BRINK_FN static std::int32_t touched(std::int32_t o) { return 3 * o; }
    BRINK_FN static std::int32_t awake(std::int32_t o) { return 3 * o + 1; }
    BRINK_FN static std::int32_t waiting(std::int32_t o) { return 3 * o + 2; }  ///< post under way
    BRINK_FN std::int32_t covered(std::int32_t a) const { return 3 * num_owners + 2 * a; }
    BRINK_FN std::int32_t stuck(std::int32_t a) const { return covered(a) + 1; }
    BRINK_FN std::int32_t size(std::int32_t num_accounts) const { return covered(num_accounts); }
};

/// Scratch of one pack of paths (CPU) or of one thread (device). Owner: the executor, which sizes
/// it from the program: `record_fields`, `mirror_fields`, 2 x carry slots, padded assets,
/// MaskLayout.
template<class T>
struct Workspace {
    LaneFields<double> record;        ///< event records
    LaneFields<T> mirror;             ///< what the hot way reads of accounts
    LaneFields<double> carry;         ///< {units, value} per carry slot
    LaneFields<double> price;         ///< marks widened for events
    LaneFields<double> multiplier;    ///< volatility multiplier widened for events, one field
    LaneFields<std::uint32_t> masks;  ///< lane bits, MaskLayout
    PathTrace* trace{nullptr};        ///< null: no ledger
};

}  // namespace brink
