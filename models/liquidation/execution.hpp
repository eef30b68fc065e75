// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/liquidation/execution_terms.hpp"

BRINK_BEGIN_ISA

/// Cost of trading at market beyond the mark: `cost(notional, sent)`, [numeraire] >= 0.
///
/// Average price = mark (1 - s (half_spread + impact(Q))), Q the notional sent in this step; impact
/// = coefficient sigma_day sqrt(Q / adv) (square-root law; Almgren et al. 2005, Toth et al. 2011),
/// or 0.02 Q / depth_2pct. A slice after `sent` pays the difference of the totals, so that slicing
/// an order within a step changes nothing. The price-taker does not move the mark.
class ExecutionCost {
    Execution terms_;
    double sigma_day_;

  public:
    /// \param volatility_multiplier of the path at this step (1 without mixing)
    BRINK_FN ExecutionCost(Execution const& terms, double volatility_multiplier)
        : terms_{terms}, sigma_day_{terms.sigma_day * volatility_multiplier}
    {}

    /// \param notional [numeraire] of this slice at mark, >= 0
    /// \param sent [numeraire] sent before in this step, >= 0
    /// A sale never costs more than its notional: the price is not below 0.
    BRINK_FN double operator()(double notional, double sent) const
    {
        double const total = impact_cost(sent + notional) - impact_cost(sent);
        return vmin(terms_.half_spread * notional + total, notional);
    }

  private:
    BRINK_FN double impact_cost(double quantity) const
    {
        if (terms_.depth_2pct > 0.0)
            return 0.02 * quantity / terms_.depth_2pct * quantity;
        if (terms_.adv > 0.0)
            return terms_.impact_coefficient * sigma_day_ * vsqrt(quantity / terms_.adv) * quantity;
        return 0.0;
    }
};

BRINK_END_ISA
