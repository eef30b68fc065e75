// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/assess/account_report.hpp"
#include "host/program/book_state.hpp"

#include <vector>

namespace brink {

/// Least amount [coin] of a post that lifts the account to the rule's target and over its call
/// level at the book's prices, fee and haircut included: what its owner would request, were the
/// reserve unlimited. 0: nothing lacks; empty: no amount does.
[[nodiscard]] std::optional<double> required_post(BookState<double> const& book,
                                                  std::int32_t account, ResponseRule const& rule);

/// One line per post of the owner's policy; none for an account that can never be called.
[[nodiscard]] std::vector<TopUpLine> required_top_ups(BookState<double> const& book,
                                                      std::vector<std::string> const& assets,
                                                      std::int32_t account);

}  // namespace brink
