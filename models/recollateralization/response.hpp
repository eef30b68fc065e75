// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/tables.hpp"

namespace brink {

enum class ResponseKind : std::int32_t { post, reduce, swap };
enum class DelayShape : std::int32_t { fixed, uniform, exponential, lognormal };

/// A policy has at most this many actions; each has random streams of its own.
inline constexpr std::int32_t max_responses = 8;
inline constexpr std::int32_t response_streams = 16;  ///< 16 .. 23: whether action r is answered
inline constexpr std::int32_t delay_streams = 24;     ///< 24 .. 31: how long its post takes

/// A time in which no request leaves: weekly (seconds since Monday 00:00 UTC, `from` > `until`
/// wraps) or dated (Unix seconds).
struct OutageWindow {
    std::int32_t weekly;
    std::int64_t from;
    std::int64_t until;
};

/// One action of an owner's response policy.
struct ResponseRule {
    ResponseKind kind;
    std::int32_t asset;  ///< post: posted; swap: bought; reduce: -1
    std::int32_t from;   ///< swap: asset sold; reduce: symbol or -1 = largest requirement
    DelayShape delay;
    double delay_a;      ///< [s] fixed, low, mean or median
    double delay_b;      ///< [s] high; lognormal: sigma of ln delay
    double probability;  ///< that the owner answers at all, per episode
    double target_health;
    double fee_rate;  ///< of the amount, paid in it
    double slippage;  ///< of the value, on top of spread and impact
    double limit;     ///< most per request, asset units or contracts; +inf: none
    Slice<OutageWindow> outages;
};

}  // namespace brink
