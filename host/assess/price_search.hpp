// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/assess/account_report.hpp"
#include "host/program/book_state.hpp"

#include <vector>

namespace brink {

enum class Threshold { call, liquidation };

/// Finds where an account changes sides when one price moves: `search(account, asset, threshold)`.
///
/// Between the prices at which a bracket, a collateral slab or a sign changes, margin equity and
/// requirements are linear in any one price. All those prices are computed, the breach is tested
/// just beside each of them, and the first change is narrowed to adjacent doubles. So no breach is
/// missed, however small the interval that it fills. The book's prices are left as they were.
class PriceSearch {
    BookState<double>& book_;

  public:
    static constexpr double range = 1e9;  ///< searched: price / range .. price * range

    explicit PriceSearch(BookState<double>& book) : book_{book} {}

    [[nodiscard]] NearestPrices operator()(std::int32_t account, std::int32_t asset,
                                           Threshold threshold);

  private:
    [[nodiscard]] bool is_curved(std::int32_t account) const;
    [[nodiscard]] bool breached_at(std::int32_t account, std::int32_t asset, Threshold threshold,
                                   double price);
    [[nodiscard]] std::vector<double> samples(std::int32_t account, std::int32_t asset,
                                              double price);
    [[nodiscard]] std::optional<double> first_change(std::int32_t account, std::int32_t asset,
                                                     Threshold threshold,
                                                     std::vector<double> const& outwards);
};

/// Prices of `asset` at which the account's margin equity or requirements may kink or jump.
[[nodiscard]] std::vector<double> kink_prices(BookState<double> const& book, std::int32_t account,
                                              std::int32_t asset);

}  // namespace brink
