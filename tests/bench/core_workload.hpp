// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/market_view.hpp"

/// \file
/// The `core` case: normal prices of 4 assets, 3-tier haircuts, 5-tier maintenance margin, and a
/// liquidation that freezes the loss by select. It measures the engine's inner loop alone: random
/// numbers, market step, assessment. Every path is advanced and assessed at every step, so the cost
/// does not depend on how many paths are liquidated.

namespace brink::bench {

inline constexpr int core_num_assets = 4;
inline constexpr int core_num_paths = 16384;
inline constexpr int core_num_steps = 288;

/// One account, with each asset's collateral and position folded into affine pieces of the relative
/// price s = S / S_0: equity = base + sum_i min_k(equity_slope s + equity_offset), margin = sum_i
/// max_k(margin_slope s + margin_offset). [USD]
template<class T>
struct CoreAccount {
    T base;
    T equity_slope[core_num_assets][3], equity_offset[core_num_assets][3];
    T margin_slope[core_num_assets][5], margin_offset[core_num_assets][5];
};

template<class T>
struct CoreWorkload {
    MarketView<T, core_num_assets> market;
    CoreAccount<T> account;
};

/// Balances of 1.4e6 USD against 4.5e6 USD of positions and 1.22e6 USD of debt, 5 minutes a step.
template<class T>
CoreWorkload<T> make_core_workload();

/// One instruction set's compilation of the loop over paths and steps.
struct CoreEngine {
    char const* name;
    /// Writes loss [USD] and steps survived of paths 0 ... num_paths - 1, a multiple of 32.
    void (*run_float)(CoreWorkload<float> const&, int num_paths, int num_steps, float* loss,
                      float* steps_survived);
    void (*run_double)(CoreWorkload<double> const&, int num_paths, int num_steps, double* loss,
                       double* steps_survived);
};

/// The engines that this machine can run, narrowest first; null in place of those it cannot.
struct CoreEngines {
    CoreEngine const* v3;
    CoreEngine const* v4;
};
CoreEngines core_engines();

}  // namespace brink::bench
