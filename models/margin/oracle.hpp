// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/real.hpp"

namespace brink {

/// An oracle never has more values under way than this: a path keeps one for each step of the
/// delay.
inline constexpr std::int32_t max_oracle_delay_steps = 256;

/// How a venue comes by the price of a coin: what it reads, when it posts it, and when that counts.
/// The result is a row among the prices of the assets. Owner: host, which validates: deviation > 0,
/// heartbeat_steps >= 1, keep in [0, 1), delay_steps in [0, max_oracle_delay_steps].
template<class T>
struct Oracle {
    std::int32_t row;           ///< index among the assets
    std::int32_t source;        ///< asset whose market price it reads; -1: the numeraire
    std::int32_t base;          ///< asset over which the cap is meant; -1: the numeraire
    std::int32_t first_field;   ///< of Workspace::carry, OracleFields
    std::int32_t delay_steps;   ///< from posting to the first assessment at which it counts
    std::int32_t is_reference;  ///< 1: the source times an exchange rate, and not the coin's market
    double rate;                ///< exchange rate at t_0, > 0
    double rate_growth;         ///< [log2 per step] of it
    double cap;                 ///< most of the price over that of the base, at t_0; +inf: none
    double cap_growth;          ///< per step, of `cap`: it grows along a line
    T deviation;                ///< share of the posted price that posts anew; +inf: none does
    T heartbeat_steps;          ///< that post anew; +inf: none do
    T keep;                     ///< of the average over a step; 0: the price itself

    bool operator==(Oracle const&) const = default;
};

/// Where a path keeps the state of one oracle, from Oracle::first_field on.
struct OracleFields {
    std::int32_t first;

    BRINK_FN std::int32_t posted() const { return first; }       ///< [numeraire]
    BRINK_FN std::int32_t age() const { return first + 1; }      ///< [steps] since it was posted
    BRINK_FN std::int32_t average() const { return first + 2; }  ///< [numeraire]
    /// [numeraire] posted at step k, until it counts \param delay_steps > 0
    BRINK_FN std::int32_t posted_at(std::int32_t k, std::int32_t delay_steps) const
    {
        return first + 3 + k % delay_steps;
    }
    BRINK_FN static std::int32_t size(std::int32_t delay_steps) { return 3 + delay_steps; }
};

}  // namespace brink

BRINK_BEGIN_ISA

template<class F>
struct OracleState {
    F posted;   ///< [numeraire] > 0
    F age;      ///< [steps] since it was posted
    F average;  ///< [numeraire] exponential moving average of what is read
};

/// One step of an oracle. The average moves by exp(-dt / smoothing) (Curve stablecoin,
/// curve-stablecoin/price_oracles: EMA with ma_exp_time); what is posted is at most `most` (Aave
/// CAPO: PriceCapAdapterBase); it is posted anew where it differs from the posted price by the
/// deviation or more, or the heartbeat is over (Chainlink data feeds: deviation threshold and
/// heartbeat).
/// \param price [numeraire] read now \param most [numeraire] +inf: no cap
template<class F>
BRINK_FN OracleState<F> post_price(Oracle<value_t<F>> const& oracle, OracleState<F> const& before,
                                   F price, F most)
{
    using T = value_t<F>;
    F const average = madd(F(oracle.keep), before.average - price, price);
    F const offered = vmin(average, most);
    F const age = before.age + F(T(1));
    auto due = age >= F(oracle.heartbeat_steps);
    due = due | (vabs(offered - before.posted) >= F(oracle.deviation) * before.posted);
    return {select(due, offered, before.posted), select(due, F(T(0)), age), average};
}

BRINK_END_ISA
