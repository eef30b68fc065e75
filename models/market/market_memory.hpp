// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/lanes.hpp"
#include "models/market/market_view.hpp"
#include "models/market/price_shock.hpp"
#include "models/market/regime_terms.hpp"

namespace brink {

/// Fields of the chain of regimes.
struct RegimeFields {
    std::int32_t first;
    std::int32_t num_regimes;

    BRINK_FN std::int32_t regime() const { return first; }          ///< in force
    BRINK_FN std::int32_t steps_left() const { return first + 1; }  ///< [steps] that it still has
    BRINK_FN std::int32_t since() const { return first + 2; }       ///< [steps] when it was entered
    BRINK_FN std::int32_t steps_in(std::int32_t r) const { return first + 3 + r; }  ///< [steps]
    BRINK_FN std::int32_t size() const { return num_regimes > 0 ? 3 + num_regimes : 0; }
};

/// Fields of the pegs.
struct PegFields {
    std::int32_t first;
    std::int32_t num_pegs;

    BRINK_FN std::int32_t deviation(std::int32_t p) const { return first + 3 * p; }  ///< [log2]
    BRINK_FN std::int32_t gap(std::int32_t p) const { return first + 3 * p + 1; }    ///< [log2]
    /// [log2] what shocks and failures have added for good
    BRINK_FN std::int32_t level(std::int32_t p) const { return first + 3 * p + 2; }
    BRINK_FN std::int32_t size() const { return 3 * num_pegs; }
};

/// Where a path keeps each process of a varying market, in fields of its memory.
struct MarketLayout {
    std::int32_t num_variances;
    std::int32_t num_regimes;
    std::int32_t num_pegs;
    std::int32_t num_failures;
    std::int32_t num_histories;    ///< 1 where a row of history is kept
    std::int32_t num_multipliers;  ///< beside the one in MarketState
    std::int32_t num_coupled;      ///< factors that a copula ties
    std::int32_t num_carry;

    template<class T, int N>
    BRINK_FN explicit MarketLayout(MarketView<T, N> const& market)
        : num_variances{market.num_variances},
          num_regimes{market.num_regimes},
          num_pegs{market.num_pegs},
          num_failures{market.num_failures},
          num_histories{market.history.num_rows != 0 ? 1 : 0},
          num_multipliers{market.num_mixings},
          num_coupled{market.is_coupled != 0 ? N : 0},
          num_carry{market.num_carry}
    {}

    BRINK_FN static std::int32_t variance(std::int32_t p) { return 2 * p; }
    /// [log2] sum of the shocks of a GARCH bar under way
    BRINK_FN static std::int32_t bar_so_far(std::int32_t p) { return 2 * p + 1; }
    BRINK_FN RegimeFields regimes() const { return {2 * num_variances, num_regimes}; }
    BRINK_FN PegFields pegs() const { return {regimes().first + regimes().size(), num_pegs}; }
    /// [steps] when failure f happens
    BRINK_FN std::int32_t failure(std::int32_t f) const { return pegs().first + pegs().size() + f; }
    /// row of the history
    BRINK_FN std::int32_t history_row() const { return failure(num_failures); }
    /// Student-t multiplier in force, of further degrees of freedom
    BRINK_FN std::int32_t multiplier(std::int32_t g) const
    {
        return history_row() + num_histories + g;
    }
    /// what factor j still comes to in the period under way
    BRINK_FN std::int32_t copula(std::int32_t j) const { return multiplier(num_multipliers) + j; }
    /// state of carry factor p
    BRINK_FN std::int32_t carry(std::int32_t p) const { return copula(num_coupled) + p; }
    BRINK_FN std::int32_t size() const { return carry(num_carry); }
};

/// Tables of a scenario that are too large for a MarketView. Owner: the program's tables.
template<class T>
struct MarketTables {
    /// By phase of the scenario, then by regime; null: conditions never change.
    RegimeTerms<T> const* regimes{nullptr};  ///< [num_phases][num_regimes]
    std::int32_t const* phases{nullptr};     ///< [num_phases] first step of each, ascending from 0
    std::int32_t num_phases{0};
    PriceShock<T> const* shocks{nullptr};   ///< [num_shocks]
    T const* history{nullptr};              ///< [rows][columns] of HistoryTerms
    MixingView<T> const* mixings{nullptr};  ///< [num_mixings]
    CopulaTerms<T> const* copula{nullptr};  ///< null: the factors are normal
    CarryFactor<T> const* carry{nullptr};   ///< [num_carry]

    BRINK_FN std::int32_t phase_at(std::uint32_t step) const
    {
        std::int32_t phase = 0;
        while (phase + 1 < num_phases && static_cast<std::uint32_t>(phases[phase + 1]) <= step)
            ++phase;
        return phase;
    }
};

/// What the market keeps on a path besides MarketState, which the loop over steps holds in
/// registers. Owner: the executor's workspace; written by VaryingStep, EventStep and RegimeClock.
template<class T>
struct MarketMemory {
    LaneFields<T> fields{};  ///< MarketLayout; null where the market does not vary
    MarketTables<T> tables{};
};

}  // namespace brink
