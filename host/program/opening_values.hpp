// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/program/book_state.hpp"

namespace brink {

/// A program's accounts at t_0, in the order of summation that paths use, so that a path which does
/// not move loses exactly nothing.
struct OpeningValues {
    std::vector<double> nav_of_accounts;  ///< [numeraire], not below 0 where there is no recourse
    std::vector<double> value_of_owners;  ///< [numeraire] reserve and nav of its accounts
    std::vector<double> health;           ///< of accounts
    std::vector<double> call_health;      ///< of accounts: where they are called, at t_0 prices
    std::vector<bool> called;             ///< account in breach of its call level
    std::vector<bool> liquidatable;
};

template<class T>
[[nodiscard]] OpeningValues open_accounts(BookState<T> const& book)
{
    OpeningValues values;
    for (Owner const& owner : book.owners()) {
        double value = book.reserve_value(owner);
        for (std::int32_t i = 0; i < owner.num_accounts; ++i) {
            std::int32_t const a = owner.first_account + i;
            values.nav_of_accounts.push_back(book.owed_value(a));
            Assessment<double> const now = book.assess(a);
            values.health.push_back(health_of(now));
            double const level = call_level(book.event().ladder_of(a), now);
            values.call_health.push_back(level > 0.0 ? level / now.maintenance_margin : 0.0);
            values.called.push_back(book.is_called(a));
            values.liquidatable.push_back(book.is_liquidatable(a));
            value += values.nav_of_accounts.back();
        }
        values.value_of_owners.push_back(value);
    }
    return values;
}

}  // namespace brink
