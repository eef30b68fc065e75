// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/margin/rules.hpp"

BRINK_BEGIN_ISA

/// Health below which accounts are liquidated while all borrowers together have too little
/// collateral, 0 while they have enough: their own ratio TCR, where that is below the critical CCR.
/// An account whose ratio is ICR = health / weight is liquidated at ICR < TCR, which is
/// health < weight x TCR. Liquity v1 Dependencies/LiquityBase.sol, _checkRecoveryMode: TCR < CCR.
///
/// The system's coins and debt do not change on a path: only the price moves its ratio.
/// \param price [numeraire/coin] of the system's collateral
template<class F>
BRINK_FN F recovery_health(SystemTerms<value_t<F>> const& system, F price)
{
    using T = value_t<F>;
    F const ratio = price * F(system.coins);
    return select(ratio < F(system.critical_ratio), ratio * F(system.weight), F(T(0)));
}

BRINK_END_ISA
