// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/macros.hpp"

namespace brink {

/// Columns that every path writes, in the order of the outcome list of io/results (a test compares
/// both), then the parts of the loss, then the status.
enum class Column : std::int32_t {
    loss,
    loss_account,
    topup_total,
    topup_peak,
    topup_count,
    topup_cost,
    liquidation_cost,
    fees,
    funding,
    first_call_time,
    first_liquidation_time,
    min_health,
    called,
    liquidated,
    defaulted,
    bankrupt,
    deficit,
    fund_draw,
    bad_debt,
    liquidated_notional,
    breached_at_start,
    part_liquidation_slippage,
    part_liquidation_fee,
    part_forfeited,
    part_response_cost,
    part_spared,  ///< what limited liability spared the owner, <= 0
    occupancy,    ///< of a regime: share of the steps that it governs; else 0
    mark,         ///< PathMark
    count_
};

/// What a path is to a scope.
enum class PathMark : std::int32_t {
    counted,
    invalid,   ///< prices left the representable range; counted apart, never safe
    elsewhere  ///< the path never enters the scope's regime: in none of its statistics
};

inline constexpr std::int32_t num_outcomes = 21;
inline constexpr std::int32_t num_columns = static_cast<std::int32_t>(Column::count_);

/// Outcomes of one path in one scope.
struct OutcomeRow {
    double value[num_columns];

    BRINK_FN double& operator[](Column c) { return value[static_cast<std::int32_t>(c)]; }
    BRINK_FN double operator[](Column c) const { return value[static_cast<std::int32_t>(c)]; }
};

/// What is collected of every account of a large book.
enum class TableColumn : std::int32_t {
    loss,
    loss_account,
    topup_total,
    liquidation_cost,
    called,
    liquidated,
    defaulted,
    bankrupt,
    deficit,
    bad_debt,
    count_
};
inline constexpr std::int32_t num_table_columns = static_cast<std::int32_t>(TableColumn::count_);

/// Where the health of the first path ids goes, time by time. Null: not recorded here.
struct FanSink {
    float* values{nullptr};  ///< [fan time][paths], and so for each account that has a scope
    std::int64_t paths{0};   ///< row length; only path ids below it are recorded
};

/// Where outcomes go: value of (scope, column, path) at
/// `columns[(scope * num_columns + column) * paths + path]`, path counted from the buffer's first.
struct OutcomeSink {
    double* columns{nullptr};
    double* table{nullptr};  ///< [account][TableColumn][paths], null: not collected
    std::int64_t paths{0};
    FanSink fan{};           ///< lowest health of the book
    FanSink account_fans{};  ///< health of each account with a scope, [scope - 1][fan time][paths]

    BRINK_FN double* at(std::int32_t scope, std::int32_t column, std::int64_t path) const
    {
        return columns + (static_cast<std::int64_t>(scope) * num_columns + column) * paths + path;
    }
    BRINK_FN double* table_at(std::int32_t account, std::int32_t column, std::int64_t path) const
    {
        return table + (static_cast<std::int64_t>(account) * num_table_columns + column) * paths
               + path;
    }
};

}  // namespace brink
