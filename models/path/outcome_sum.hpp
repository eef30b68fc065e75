// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/outcome.hpp"

namespace brink {

/// Outcome of several accounts of one path with one more: flags and the largest posts by maximum,
/// health by minimum, first times by the earliest that is not NaN, the rest by sum.
/// \param all of the accounts before \param one of the further account
BRINK_FN double joined_outcome(Column c, double all, double one)
{
    switch (c) {
        case Column::topup_peak:
        case Column::called:
        case Column::liquidated:
        case Column::defaulted:
        case Column::bankrupt:
        case Column::breached_at_start:
            return one > all ? one : all;
        case Column::min_health:
            return one < all ? one : all;
        case Column::first_call_time:
        case Column::first_liquidation_time:
            return one < all || all != all ? one : all;
        default:
            return all + one;
    }
}

/// What `joined_outcome` starts from.
BRINK_FN double outcome_of_none(Column c)
{
    switch (c) {
        case Column::min_health:
            return __builtin_huge_val();
        case Column::first_call_time:
        case Column::first_liquidation_time:
            return __builtin_nan("");
        default:
            return 0.0;
    }
}

}  // namespace brink
