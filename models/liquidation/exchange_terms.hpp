// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/tables.hpp"

namespace brink {

enum class SaleRule : std::int32_t {
    in_order,  ///< one balance after the other
    pro_rata,  ///< the same share of each
};

/// Which balances a venue sells to repay a debt.
struct SaleTerms {
    SaleRule rule;
    Slice<std::int32_t> order;  ///< assets, all of them; empty: as they stand in the config
};

/// Of a level that is never reached.
inline constexpr double no_exchange = __builtin_huge_val();

/// When a venue sells other balances of its own accord for one below zero.
/// Source: Binance, multi-assets mode information page (autoExchangeThreshold, LTV).
struct ExchangeTerms {
    double threshold;             ///< [numeraire] of what is owed in one coin; beyond it
    double loan_to_value;         ///< debt over collateral, at or above it, without positions
    double bid_haircut;           ///< of the price
    std::int32_t at_liquidation;  ///< 1: whatever is owed, when the account is liquidated

    bool operator==(ExchangeTerms const&) const = default;
};

}  // namespace brink
