// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/macros.hpp"

BRINK_BEGIN_ISA

/// Sale of absorbed collateral by the venue that has it (Compound v3 Comet.sol, quoteCollateral and
/// buyCollateral). \param factor storefront price factor in [0, 1]: the share of the discount of
/// absorbing that buyers get \param liquidation_factor in (0, 1]: what the account is credited with

/// Price to buyers over the venue's price.
BRINK_HD inline double storefront_price(double factor, double liquidation_factor)
{
    return 1.0 - factor * (1.0 - liquidation_factor);
}

/// Nothing is for sale at and above the target. \param reserves, target [numeraire]
BRINK_HD inline bool is_storefront_open(double reserves, double target)
{
    return reserves < target;
}

/// The venue's share of the discount at which it absorbs: what buyers leave it, or all of it while
/// the collateral is not for sale.
BRINK_HD inline double storefront_share(double factor, bool is_open)
{
    return is_open ? 1.0 - factor : 1.0;
}

BRINK_END_ISA
