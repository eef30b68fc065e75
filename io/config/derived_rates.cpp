// SPDX-License-Identifier: Apache-2.0
#include "io/config/derived_rates.hpp"

#include "models/margin/liquidity_ratio.hpp"
#include "models/market/kinked_rate.hpp"

namespace brink {

double annual_rate(BorrowConfig const& borrow)
{
    if (!borrow.curve)
        return borrow.rate.value_or(0.0);
    RateCurveConfig const& curve = *borrow.curve;
    return kinked_rate({curve.base_rate, curve.slope_below, curve.slope_above, curve.kink},
                       curve.utilisation);
}

double ratio_from(LiquidityConfig const& terms)
{
    return liquidity_ratio(
        {terms.volatility, terms.liquidity, terms.debt_cap, terms.confidence, terms.reserve});
}

}  // namespace brink
