// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/book_state.hpp"
#include "models/core/least_amount.hpp"
#include "models/recollateralization/pro_forma.hpp"

#include <optional>

namespace brink {

/// An amount worth more than this many times the account's exposure cures nothing by its size.
inline constexpr double largest_credit_multiple = 1e9;

/// Least amount [coin] to be sent to holding h of an account, of which the share `kept` arrives, at
/// which margin equity reaches `level(assessment)` [numeraire] at the book's prices. 0: nothing
/// lacks; empty: no amount does it.
template<class Level>
[[nodiscard]] std::optional<double> least_credit(BookState<double> const& book,
                                                 std::int32_t account, std::int32_t h,
                                                 Level const& level, double kept = 1.0)
{
    auto const& event = book.event();
    AccountState const state = event.state(account);
    LaneFields<double> owner_record = event.record.from(book.owner_of(account).record);
    OwnerLayout const layout{book.program().num_assets};
    auto const lack_after = [&](double sent) {
        ProForma trial{state, owner_record, layout, account};
        trial.holding[0] = h;
        trial.amount[0] = sent * kept;
        Assessment<double> const a = event.assess(state.account(), trial, event.price);
        return level(a) - a.margin_equity;
    };
    double const lack = lack_after(0.0);
    if (!(lack > 0.0))
        return 0.0;
    double const price = book.price(state.holdings()[h].asset);
    double const end = largest_credit_multiple * (lack + book.assess(account).exposure) / price;
    double most = lack / price;
    while (lack_after(most) > 0.0 && most < end)
        most *= 2.0;
    return lack_after(most) > 0.0 ? std::nullopt : std::optional{least_amount(lack_after, most)};
}

}  // namespace brink
