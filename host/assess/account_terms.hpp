// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/assess/account_report.hpp"
#include "host/program/build_program.hpp"

#include <vector>

namespace brink {

/// [numeraire] P&L that the venue adds to the balance of holding h before its haircut.
[[nodiscard]] double joined_pnl(BookState<double> const& book, AccountState const& state,
                                std::int32_t h);

/// [numeraire] that holding h counts for, with the P&L that joins it, without its debt.
[[nodiscard]] double collateral_value(BookState<double> const& book, AccountState const& state,
                                      std::int32_t h);

/// Every amount that makes up margin equity, initial and maintenance margin of one account at the
/// book's prices, with the numbers it is computed from. The terms of a total add up to it.
[[nodiscard]] std::vector<TermLine> explain_account(BookState<double> const& book,
                                                    ProgramNames const& names,
                                                    std::int32_t account);

}  // namespace brink
