// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/liquidation/fee_terms.hpp"

BRINK_BEGIN_ISA

/// Fee rate after `elapsed` seconds in breach: from the end of the grace on it is that of the whole
/// time (Drift protocol-v2@0ae3e3b1 math/liquidation.rs, get_liquidation_fee).
BRINK_HD inline double ramped_fee(double rate, FeeRamp const& ramp, double elapsed)
{
    if (!(ramp.growth > 0.0) || elapsed < ramp.grace)
        return rate;
    return vmin(rate + ramp.growth * elapsed, vmax(ramp.most, rate));
}

/// Largest fee rate with which closing a position still cures the account: 95 % of the margin that
/// closing frees, less what trading costs and what is lacking, all of the notional (Drift
/// protocol-v2@0ae3e3b1 math/liquidation.rs, calculate_perp_if_fee).
/// \param most the venue's rate \param margin_rate, cost_rate of the notional
/// \param shortage, notional [numeraire] of the account, and of the position
BRINK_HD inline double freed_margin_fee(double most, double margin_rate, double cost_rate,
                                        double shortage, double notional)
{
    constexpr double share = 0.95;
    if (!(notional > 0.0))
        return 0.0;
    double const left = margin_rate - cost_rate - shortage / notional;
    return vmax(0.0, vmin(most, share * left));
}

BRINK_END_ISA
