// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/assess/account_report.hpp"
#include "host/program/book_state.hpp"

#include <string>
#include <vector>

namespace brink {

/// Least amount of one coin that lifts an account to its call level (and out of liquidation) at the
/// book's prices, whatever its owner would do: `require_cash(account)`.
///
/// The coin is the first of these that can do it: what the position with the largest maintenance
/// margin settles in, the debt of the largest value, the other coins of the account as they are
/// listed. Its haircut, slabs and cap count; a coin that is owed repays its debt first.
class CashRequirement {
    BookState<double> const& book_;
    std::vector<std::string> const& assets_;

  public:
    /// \param assets names, in the order of the book's prices; both outlive this object
    CashRequirement(BookState<double> const& book, std::vector<std::string> const& assets)
        : book_{book}, assets_{assets}
    {}

    [[nodiscard]] RequiredCash operator()(std::int32_t account) const;

  private:
    [[nodiscard]] std::vector<std::int32_t> holdings_by_preference(std::int32_t account) const;
};

}  // namespace brink
