// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/assess/account_report.hpp"
#include "host/program/build_program.hpp"

namespace brink {

/// healthy, called, liquidatable or bankrupt at the book's prices.
[[nodiscard]] AccountStatus status_of(BookState<double> const& book, std::int32_t account);

/// Everything about one account at the book's prices but nearest prices, required cash and
/// top-ups.
[[nodiscard]] AccountReport describe_account(BookState<double> const& book,
                                             ProgramNames const& names, std::int32_t account);

/// The same with nearest prices of every asset but the numeraire, required cash and top-ups. The
/// book's prices are left as they were.
[[nodiscard]] AccountReport report_account(BookState<double>& book, ProgramNames const& names,
                                           std::string const& numeraire, std::int32_t account);

}  // namespace brink
