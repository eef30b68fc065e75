// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"

BRINK_BEGIN_ISA

/// Interest by utilisation, all annual.
struct KinkedCurve {
    double base;         ///< at utilisation 0
    double slope_below;  ///< per unit of utilisation up to the kink
    double slope_above;  ///< beyond it
    double kink;         ///< in [0, 1]
};

/// Annual rate where `utilisation` of what was lent is borrowed: base + slope_below u up to the
/// kink, slope_above (u - kink) on top beyond it (Compound v3 Comet.sol, getBorrowRate and
/// getSupplyRate, each with a curve of its own). Aave's slopes are those times the length of their
/// stretch. \param utilisation >= 0; above 1 where interest has outgrown what was lent
BRINK_HD inline double kinked_rate(KinkedCurve const& curve, double utilisation)
{
    double const below = vmin(utilisation, curve.kink);
    return curve.base + curve.slope_below * below + curve.slope_above * (utilisation - below);
}

BRINK_END_ISA
