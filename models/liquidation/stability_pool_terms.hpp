// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

/// What the liquidator's compensation for gas is a share of.
enum class GasBase : std::int32_t {
    collateral,  ///< all that is liquidated (Liquity v1)
    offset,      ///< the part that stands against the debt offset (Liquity v2)
};

/// A pool of the debt's coin that repays debts for collateral; what it cannot repay goes to the
/// other borrowers, debt and collateral (Liquity v1 and v2, TroveManager.sol).
struct PoolTerms {
    double size;                    ///< [numeraire] of debt that it can repay, >= 0
    double penalty;                 ///< of the debt, what the pool gets above it; +inf: all
    double redistribution_penalty;  ///< the same of the others
    GasBase gas_base;
    double gas_rate;       ///< of the collateral, in [0, 1]
    double gas_most;       ///< [coin] > 0; +inf: no bound
    double gas_deposit;    ///< [numeraire] paid on borrowing, lost on liquidation
    double minimum_ratio;  ///< collateral over debt at which a healthy system liquidates: in
                           ///< recovery mode nobody gets more of it for the debt
};

}  // namespace brink
