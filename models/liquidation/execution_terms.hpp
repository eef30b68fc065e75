// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace brink {

/// Cost of trading at market. Average price = mark (1 - s (half_spread + impact)), s = +1 selling;
/// impact = impact_coefficient sigma_day sqrt(Q / adv), or 0.02 Q / depth_2pct where that is given,
/// or that of a constant-product pool where that is.
struct Execution {
    double half_spread;         ///< fraction of mark
    double impact_coefficient;  ///< dimensionless
    double sigma_day;           ///< daily standard deviation of log returns, before mixing
    double adv;                 ///< [numeraire/day]; 0: no square-root impact
    double depth_2pct;          ///< [numeraire] within 2 % of mark; 0: not given
    double pool_depth;          ///< [numeraire] one side of a pool at mark; 0: not given
    double pool_fee;            ///< of what is paid into the pool, in [0, 1)
};

}  // namespace brink
