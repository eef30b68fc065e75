// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/tables.hpp"

namespace brink {

/// One slab of a piecewise-linear function in slope-offset form.
template<class T>
struct Slab {
    T slope;
    T offset;
};

enum class CurveUnit : std::int32_t { value, coin };

/// Collateral value of a balance as the smallest of affine slabs (concave; owner: host, which
/// validates: floors ascend from 0, ratios in [0,1] do not rise). A cap is a last slab of slope 0.
/// `coin`: slabs are in coin and the result is multiplied by the price (Bybit UTA, 2025-09-18);
/// `value`: slabs are in the numeraire (Binance, OKX).
template<class T>
struct CollateralCurve {
    Slice<Slab<T>> slabs;
    CurveUnit unit;
    std::int32_t par;  ///< 1: the coin counts at 1 numeraire in margin (never in nav)
};

/// One bracket of a maintenance schedule.
template<class T>
struct MarginTier {
    T floor;   ///< in the schedule's unit, first is 0
    T rate;    ///< maintenance rate
    T amount;  ///< maintenance amount (`cum`), same money as floor x rate; 0 for whole_position
    T initial_rate;  ///< 1 / maximum leverage of the bracket; 0: not given
    T slope{};       ///< affine: what the rate grows by per unit of the floors, from 0 on
    T initial_slope{};
};

/// Brackets that a position can be in while x stays between `low` and `high`; outside them every
/// bracket is looked at. Only a matter of speed: the margin between the bounds and the floors of
/// the window (owner: host, at least 1e-3 relative) keeps the result the same bits.
template<class T>
struct TierWindow {
    std::int32_t first;  ///< index of the lowest bracket
    std::int32_t count;  ///< >= 1
    T low;               ///< 0 where first is the lowest of all
    T high;              ///< +inf where the window reaches the last
};

enum class ScheduleShape : std::int32_t { marginal, whole_position, affine };
enum class TierUnit : std::int32_t { notional, base, contracts };
enum class ChargeBasis : std::int32_t { mark, entry };

/// Maintenance schedule (owner: host, which validates: floors ascend from 0, rates do not fall,
/// amounts follow the recurrence cum_k = cum_{k-1} + floor_k (rate_k - rate_{k-1})).
template<class T>
struct MarginSchedule {
    Slice<MarginTier<T>> tiers;
    ScheduleShape shape;
    TierUnit unit;
    ChargeBasis basis;
    T close_fee_rate;  ///< part of the requirement where the venue reserves the closing fee
};

enum class HealthRule : std::int32_t { margin, collateral_over_debt };
enum class CallTrigger : std::int32_t { initial_margin, health };
enum class PnlRule : std::int32_t { face, collateral };

/// Thresholds on health, higher is safer. `strict`: a breach is health < threshold, else <=.
template<class T>
struct Ladder {
    T call_health;         ///< used where call = health
    T liquidation_health;  ///< > 0
    CallTrigger call;
    HealthRule health;
    PnlRule pnl;
    std::int32_t strict;
};

template<class T>
struct RulesView {
    Slice<CollateralCurve<T>> curves;
    Slice<MarginSchedule<T>> schedules;
    Slice<Ladder<T>> ladders;  ///< one per venue
};

}  // namespace brink
