// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/tables.hpp"
#include "models/instruments/contract.hpp"

namespace brink {

/// One slab of a piecewise-linear function in slope-offset form.
template<class T>
struct Slab {
    T slope;
    T offset;

    bool operator==(Slab const&) const = default;
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
    std::int32_t par;              ///< 1: the coin counts at 1 numeraire in margin (never in nav)
    std::int32_t initial_only{0};  ///< 1: balances count in full, and what the curve takes off is
                                   ///< part of the initial margin

    bool operator==(CollateralCurve const&) const = default;
};

/// One bracket of a maintenance schedule.
template<class T>
struct MarginTier {
    T floor;   ///< in the schedule's unit, first is 0
    T rate;    ///< maintenance rate
    T amount;  ///< maintenance amount (`cum`), same money as floor x rate; 0 for whole_position
    T initial_rate;  ///< 1 / maximum leverage of the bracket; 0: not given
    T slope{};  ///< what the rate grows by, from 0 on: affine: per unit of the floors; square_root:
                ///< per square root of them
    T initial_slope{};

    bool operator==(MarginTier const&) const = default;
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

    bool operator==(TierWindow const&) const = default;
};

enum class ScheduleShape : std::int32_t {
    marginal,
    whole_position,
    affine,
    square_root,
    short_option
};
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
    T close_fee_rate;         ///< part of the requirement where the venue reserves the closing fee
    T option_initial{};       ///< short_option: of the underlying, out of the money part deducted
    T option_least{};         ///< ... at least
    T option_maintenance{};   ///< of the underlying
    T open_interest{};        ///< [base] of the market; 0: initial rates do not depend on it
    T open_interest_from{};   ///< [numeraire] above it they grow ...
    T open_interest_slope{};  ///< [1/numeraire] ... by this share of what they lack of 1
    std::int32_t put_follows_mark{0};  ///< 1: maintenance of a put is on its own value if larger

    bool operator==(MarginSchedule const&) const = default;
};

/// One scenario of a grid: what happens to spot and implied volatility, and how much of the result
/// counts.
template<class T>
struct GridScenario {
    T spot;  ///< 1 + relative move, > 0
    T log2_spot;
    T volatility;  ///< relative move, scaled by the time to expiry
    T weight;      ///< in (0, 1]

    bool operator==(GridScenario const&) const = default;
};

/// All scenarios of a grid that move spot alike.
template<class T>
struct GridSpot {
    T spot;                         ///< 1 + relative move
    T most_weight, least_weight;    ///< of its scenarios
    std::int32_t first, count;      ///< which they are, by move of volatility
    std::uint32_t sold_as_there;    ///< bit j: spot j has a move of volatility at least as large as
                                    ///< all of these
    std::uint32_t bought_as_there;  ///< ... one at most as large

    bool operator==(GridSpot const&) const = default;
};

/// What a contingency is a rate of, within one risk unit, each times the price of its underlying.
enum class ContingencyBase : std::int32_t {
    net_delta,        ///< |sum of deltas|
    hedged_delta,     ///< the smaller of all deltas > 0 and all < 0
    short_options,    ///< contracts sold, net in each contract
    futures,          ///< size of perpetuals and dated futures
    hedged_vega_days  ///< the smaller of vega held and sold, over spot, x the days between them
};

/// Rate, or marginal slabs of rates over the raw charge (OKX: MR7 scaled by its size).
template<class T>
struct Contingency {
    ContingencyBase base;
    std::int32_t is_floor;  ///< 1: part of the least that the unit requires; 0: added to it
    T rate;
    Slice<MarginTier<T>> scaling;  ///< of rate x base; empty: as it is

    bool operator==(Contingency const&) const = default;
};

inline constexpr int max_grid_scenarios = 32;

/// Worst case of a risk unit (all positions on one base asset) over scenarios, and contingencies:
/// `factor x max(worst loss + added, sum of floors)`. Owner: host, which validates: at most
/// max_grid_scenarios, sorted by spot and move of volatility, spot moves > -1, weights in (0, 1],
/// factors > 0. From `spots` on: what GridSearch starts from.
template<class T>
struct ScenarioGrid {
    Slice<GridScenario<T>> scenarios;
    Slice<Contingency<T>> contingencies;
    T reference_years;  ///< T0 of the scaling (T0 / T)^power of moves of volatility
    T least_years;      ///< T is at least this
    T short_power;      ///< where T < T0
    T long_power;
    T initial_factor;
    T maintenance_factor;
    Slice<GridSpot<T>> spots{};   ///< ascending
    T largest_spot{};             ///< of all scenarios, at least 1
    std::uint32_t sold_ends{};    ///< bit j: of the spots with the largest move of volatility, j is
                                  ///< the least or the largest
    std::uint32_t bought_ends{};  ///< ... of those with the least
    std::uint32_t linear_ends{};  ///< bit s: scenario s may be the worst of one linear position

    bool operator==(ScenarioGrid const&) const = default;
};

/// What a venue requires for positions: by schedules, by its grid, or the larger of both.
enum class RequirementRule : std::int32_t { schedules, grid, larger };

enum class HealthRule : std::int32_t { margin, collateral_over_debt };
enum class CallTrigger : std::int32_t { initial_margin, health };
enum class PnlRule : std::int32_t { face, collateral };

/// All borrowers of a venue as one: a state that changes what an account is liquidated at.
template<class T>
struct SystemTerms {
    std::int32_t asset{-1};  ///< their collateral; -1: the venue has no such state
    T coins{};               ///< [coin/numeraire] collateral per unit of debt, > 0
    T critical_ratio{};      ///< of collateral to debt: below it the venue is in recovery mode
    T weight{};              ///< collateral ratio of the coin, in (0, 1]

    bool operator==(SystemTerms const&) const = default;
};

/// Thresholds on health, higher is safer. `strict`: a breach is health < threshold, else <=.
template<class T>
struct Ladder {
    T call_health;         ///< used where call = health
    T liquidation_health;  ///< > 0
    CallTrigger call;
    HealthRule health;
    PnlRule pnl;
    std::int32_t strict;
    RequirementRule requirement{RequirementRule::schedules};
    std::int32_t grid{-1};            ///< index into RulesView::grids
    std::int32_t ignores_options{0};  ///< 1: options count for nothing in margin equity
    SystemTerms<T> system{};

    bool operator==(Ladder const&) const = default;
};

template<class T>
struct RulesView {
    Slice<CollateralCurve<T>> curves;
    Slice<MarginSchedule<T>> schedules;
    Slice<Ladder<T>> ladders;  ///< one per venue
    Slice<ScenarioGrid<T>> grids;
    Slice<Contract<T>> contracts;  ///< their prices are rows among those of the assets
};

}  // namespace brink
