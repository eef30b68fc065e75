// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/venue_config.hpp"

namespace brink {

/// Annual rate of a venue's debts: as written, or by its curve.
[[nodiscard]] double annual_rate(BorrowConfig const& borrow);

/// Collateral ratio that follows from what can be sold of the collateral.
[[nodiscard]] double ratio_from(LiquidityConfig const& terms);

}  // namespace brink
