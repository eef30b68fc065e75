// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/margin/assess.hpp"
#include "models/market/narrow_market.hpp"
#include "models/path/program.hpp"

namespace brink {

/// A program's accounts at t_0, by the same functions in double that paths use.
struct OpeningValues {
    std::vector<double>
        nav_of_accounts;  ///< [numeraire], not below 0 where the venue has no recourse
    std::vector<double> value_of_owners;  ///< [numeraire] nav of its accounts and reserve
    std::vector<double> health;           ///< of accounts
    std::vector<bool> called;             ///< account in breach of its call level
    std::vector<bool> liquidatable;
};

/// \param prices [numeraire] per asset, padded to the maximum
template<class T>
[[nodiscard]] OpeningValues open_accounts(Program<T> const& program,
                                          double const (&prices)[max_assets]);

}  // namespace brink
