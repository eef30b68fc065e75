// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace brink {

/// How an outcome is summarised.
enum class OutcomeKind : std::uint8_t {
    money,   ///< [numeraire], risky end = largest: mean, sd, var, es, q
    count,   ///< events, risky end = largest: mean, sd, q
    lowest,  ///< dimensionless, risky end = smallest: mean (finite values), q
    time,    ///< [s] since t_0, NaN without the event, risky end = smallest: conditional mean, q
    flag,    ///< 0 or 1: prob
};

struct OutcomeInfo {
    std::string_view name;
    std::string_view unit;  ///< "numeraire" is replaced by the scenario's
    OutcomeKind kind;
    std::string_view long_name;
};

/// The one list of outcome names: config, JSON, HDF5 and docs use these, in this order, and the
/// path program writes its columns in this order (models/path/outcome.hpp mirrors it; a test
/// compares both).
inline constexpr std::array<OutcomeInfo, 21> outcome_list{{
    {"loss", "numeraire", OutcomeKind::money,
     "loss of the owner: fall of nav, reserve and transfers in flight"},
    {"loss_account", "numeraire", OutcomeKind::money,
     "loss of the account, top-ups valued when credited"},
    {"topup_total", "numeraire", OutcomeKind::money, "sum of posts, valued when credited"},
    {"topup_peak", "numeraire", OutcomeKind::money, "largest single post, valued when credited"},
    {"topup_count", "1", OutcomeKind::count, "number of posts credited"},
    {"topup_cost", "numeraire", OutcomeKind::money, "fees and slippage of responses"},
    {"liquidation_cost", "numeraire", OutcomeKind::money,
     "slippage, fee and forfeited margin of liquidations"},
    {"fees", "numeraire", OutcomeKind::money, "explicit fees of responses and liquidations"},
    {"funding", "numeraire", OutcomeKind::money,
     "funding and interest paid, negative when received"},
    {"first_call_time", "s", OutcomeKind::time, "time of the first margin call"},
    {"first_liquidation_time", "s", OutcomeKind::time, "time of the first forced reduction"},
    {"min_health", "1", OutcomeKind::lowest, "lowest health at an assessment"},
    {"called", "1", OutcomeKind::flag, "at least one margin call"},
    {"liquidated", "1", OutcomeKind::flag, "at least one forced reduction"},
    {"defaulted", "1", OutcomeKind::flag, "liquidated after an unanswered, short or late call"},
    {"bankrupt", "1", OutcomeKind::flag, "nav at or below zero with a position or debt open"},
    {"deficit", "numeraire", OutcomeKind::money, "account deficits before the waterfall"},
    {"fund_draw", "numeraire", OutcomeKind::money, "paid by the insurance fund"},
    {"bad_debt", "numeraire", OutcomeKind::money, "deficit left after the waterfall"},
    {"liquidated_notional", "numeraire", OutcomeKind::money, "notional closed by force, at mark"},
    {"breached_at_start", "1", OutcomeKind::flag, "called or liquidatable at t_0"},
}};

/// Whether an amount also has the statistic `prob`, that of being above 0: its mere occurrence is
/// an event that has no flag of its own.
inline constexpr bool has_probability(std::string_view outcome)
{
    return outcome == "deficit" || outcome == "fund_draw" || outcome == "bad_debt";
}

}  // namespace brink
