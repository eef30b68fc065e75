// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/path_stepper.hpp"
#include "tests/bench/core_workload.hpp"

BRINK_BEGIN_ISA

/// What the `core` case keeps of a path.
template<class F>
struct CoreOutcome {
    F loss;            ///< [USD] -equity when assessed last
    F steps_survived;  ///< assessments made while alive
    F alive;           ///< 1 until liquidated, then 0
};

/// Assesses the account at the prices of a step; a liquidated account keeps its loss.
template<class F>
class CoreAssessor {
    using T = value_t<F>;
    bench::CoreAccount<T> const& account_;

  public:
    BRINK_FN explicit CoreAssessor(bench::CoreAccount<T> const& account) : account_{account} {}

    BRINK_FN void operator()(MarketState<F, bench::core_num_assets> const& market,
                             CoreOutcome<F>& outcome) const
    {
        F equity(account_.base), margin(T(0));
        RelativePrices<F, bench::core_num_assets> prices(market);
        BRINK_UNROLL(4)
        for (int i = 0; i < bench::core_num_assets; ++i) {
            F const s = prices.value[i];
            equity = equity + asset_equity(i, s);
            margin = margin + asset_margin(i, s);
        }
        outcome.loss = select(outcome.alive > F(T(0)), -equity, outcome.loss);
        outcome.steps_survived = outcome.steps_survived + outcome.alive;
        outcome.alive = select(equity < margin, F(T(0)), outcome.alive);
    }

  private:
    BRINK_FN F asset_equity(int i, F s) const
    {
        F least = madd(F(account_.equity_slope[i][0]), s, F(account_.equity_offset[i][0]));
        BRINK_UNROLL(3)
        for (int k = 1; k < 3; ++k)
            least = vmin(least,
                         madd(F(account_.equity_slope[i][k]), s, F(account_.equity_offset[i][k])));
        return least;
    }
    BRINK_FN F asset_margin(int i, F s) const
    {
        F largest = madd(F(account_.margin_slope[i][0]), s, F(account_.margin_offset[i][0]));
        BRINK_UNROLL(5)
        for (int k = 1; k < 5; ++k)
            largest = vmax(
                largest, madd(F(account_.margin_slope[i][k]), s, F(account_.margin_offset[i][k])));
        return largest;
    }
};

/// One path, or one per lane, from t_0 to the horizon.
template<class F, class Random>
BRINK_FN CoreOutcome<F> run_core_path(bench::CoreWorkload<value_t<F>> const& workload,
                                      Random const& random, int num_steps)
{
    using T = value_t<F>;
    PathStepper<F, bench::core_num_assets> const step_path(workload.market);
    CoreAssessor<F> const assess(workload.account);
    auto market = step_path.start(random);
    CoreOutcome<F> outcome{F(T(0)), F(T(0)), F(T(1))};
    for (int k = 0; k < num_steps; ++k) {
        step_path(market, random, static_cast<std::uint32_t>(k));
        assess(market, outcome);
    }
    return outcome;
}

BRINK_END_ISA
