// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/path/event_log.hpp"
#include "models/path/lanes.hpp"

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

/// Scratch of one pack of paths (CPU) or of one thread (device). Owner: the executor, which sizes it
/// from the program: `record_fields`, `mirror_fields`, 2 x carry slots, padded assets, 2 x owners.
template <class T>
struct Workspace {
    LaneFields<double> record;        ///< event records
    LaneFields<T> mirror;             ///< what the hot way reads of accounts
    LaneFields<double> carry;         ///< {units, value} per carry slot
    LaneFields<double> price;         ///< marks widened for events
    LaneFields<double> multiplier;    ///< volatility multiplier widened for events, one field
    LaneFields<std::uint32_t> masks;  ///< lane bits per owner: touched, then active
    PathTrace* trace{nullptr};        ///< null: no ledger
};

}  // namespace brink
