// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "host/run/account_table.hpp"
#include "io/results/outcomes.hpp"
#include "models/path/outcome.hpp"

namespace brink {
namespace {

constexpr std::pair<Column, std::string_view> columns[]{
    {Column::loss, "loss"},
    {Column::loss_account, "loss_account"},
    {Column::topup_total, "topup_total"},
    {Column::topup_peak, "topup_peak"},
    {Column::topup_count, "topup_count"},
    {Column::topup_cost, "topup_cost"},
    {Column::liquidation_cost, "liquidation_cost"},
    {Column::fees, "fees"},
    {Column::funding, "funding"},
    {Column::first_call_time, "first_call_time"},
    {Column::first_liquidation_time, "first_liquidation_time"},
    {Column::min_health, "min_health"},
    {Column::called, "called"},
    {Column::liquidated, "liquidated"},
    {Column::defaulted, "defaulted"},
    {Column::bankrupt, "bankrupt"},
    {Column::deficit, "deficit"},
    {Column::fund_draw, "fund_draw"},
    {Column::bad_debt, "bad_debt"},
    {Column::liquidated_notional, "liquidated_notional"},
    {Column::breached_at_start, "breached_at_start"},
};

constexpr std::pair<TableColumn, std::string_view> table_columns[]{
    {TableColumn::loss, "loss"},
    {TableColumn::loss_account, "loss_account"},
    {TableColumn::topup_total, "topup_total"},
    {TableColumn::liquidation_cost, "liquidation_cost"},
    {TableColumn::called, "called"},
    {TableColumn::liquidated, "liquidated"},
    {TableColumn::defaulted, "defaulted"},
    {TableColumn::bankrupt, "bankrupt"},
    {TableColumn::deficit, "deficit"},
    {TableColumn::bad_debt, "bad_debt"},
};

TEST(OutcomeColumns, AreTheOutcomeListInItsOrder)
{
    ASSERT_EQ(std::size(columns), outcome_list.size());
    ASSERT_EQ(static_cast<std::size_t>(num_outcomes), outcome_list.size());
    for (auto const& [column, name] : columns)
        EXPECT_EQ(outcome_list[static_cast<std::size_t>(column)].name, name);
}

TEST(OutcomeColumns, OfTheTableHaveTheirNames)
{
    ASSERT_EQ(table_outcomes().size(), std::size(table_columns));
    ASSERT_EQ(static_cast<std::size_t>(num_table_columns), std::size(table_columns));
    for (auto const& [column, name] : table_columns)
        EXPECT_EQ(table_outcomes()[static_cast<std::size_t>(column)], name);
}

}  // namespace
}  // namespace brink
