// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_groups.hpp"
#include "io/results/result_schema.hpp"

#include <fmt/format.h>

namespace brink {
namespace {

using hdf5::GroupWriter;

/// Rows one after the other. \throw hdf5::Error where they are not `rows` x `columns`
template<class T>
std::vector<T> flatten(std::vector<std::vector<T>> const& matrix, std::size_t rows,
                       std::size_t columns, std::string_view name)
{
    if (matrix.size() != rows) {
        throw hdf5::Error{fmt::format("the account table has {} rows of '{}' for {} labels",
                                      matrix.size(), name, rows)};
    }
    std::vector<T> all;
    all.reserve(rows * columns);
    for (std::vector<T> const& row : matrix) {
        if (row.size() != columns) {
            throw hdf5::Error{fmt::format("the account table has {} values of '{}' for {} accounts",
                                          row.size(), name, columns)};
        }
        all.insert(all.end(), row.begin(), row.end());
    }
    return all;
}

template<class T>
std::vector<std::vector<T>> unflatten(std::vector<T> const& all, std::size_t rows,
                                      std::size_t columns)
{
    std::vector<std::vector<T>> matrix;
    for (std::size_t row = 0; row < rows; ++row) {
        auto const first = all.begin() + static_cast<std::ptrdiff_t>(row * columns);
        matrix.emplace_back(first, first + static_cast<std::ptrdiff_t>(columns));
    }
    return matrix;
}

void write_moments(GroupWriter& group, AccountTable const& table, std::string_view numeraire)
{
    std::size_t const rows = table.outcomes.size();
    std::size_t const columns = table.accounts.size();
    std::vector<std::string> units;
    for (std::string const& outcome : table.outcomes)
        units.emplace_back(outcome_unit(outcome, numeraire));
    GroupWriter::Axes const axes{"outcome", "account"};
    group.coordinate("outcome", table.outcomes, {.long_name = "outcome of a path"});
    group.variable("unit", {"outcome"}, units, {.long_name = "unit of the outcome"});
    hdf5::write_attribute(group.id(), "coordinates", "unit");
    group.variable("mean", axes, flatten(table.mean, rows, columns, "mean"),
                   {.long_name = "mean over paths", .nan_is_missing = true});
    group.variable("sd", axes, flatten(table.sd, rows, columns, "sd"),
                   {.long_name = "standard deviation over paths", .nan_is_missing = true});
    group.variable("se", axes, flatten(table.se, rows, columns, "se"),
                   {.long_name = "standard error of the mean", .nan_is_missing = true});
    group.variable("events", axes, flatten(table.events, rows, columns, "events"),
                   {.long_name = "paths with a value other than 0", .units = "1"});
}

}  // namespace

void write_account_table(GroupWriter const& root, AccountTable const& table,
                         std::string_view numeraire)
{
    if (table.accounts.empty())
        return;
    GroupWriter group = root.group("accounts");
    group.coordinate("account", table.accounts, {.long_name = "account id"});
    if (!table.outcomes.empty())
        write_moments(group, table, numeraire);
    if (!table.exceedance_levels.empty()) {
        group.coordinate("exceedance_level", table.exceedance_levels,
                         {.long_name = "level of loss", .units = numeraire});
        group.variable("exceedances", {"exceedance_level", "account"},
                       flatten(table.exceedances, table.exceedance_levels.size(),
                               table.accounts.size(), "exceedances"),
                       {.long_name = "paths with a loss above the level", .units = "1"});
    }
}

AccountTable read_account_table(hdf5::GroupReader const& root)
{
    AccountTable table;
    if (!root.has("accounts"))
        return table;
    hdf5::GroupReader const group = root.group("accounts");
    table.accounts = group.strings("account");
    std::size_t const columns = table.accounts.size();
    if (group.has("outcome")) {
        table.outcomes = group.strings("outcome");
        std::size_t const rows = table.outcomes.size();
        table.mean = unflatten(group.doubles("mean", rows * columns), rows, columns);
        table.sd = unflatten(group.doubles("sd", rows * columns), rows, columns);
        table.se = unflatten(group.doubles("se", rows * columns), rows, columns);
        table.events = unflatten(group.counts("events", rows * columns), rows, columns);
    }
    if (group.has("exceedance_level")) {
        table.exceedance_levels = group.doubles("exceedance_level");
        std::size_t const rows = table.exceedance_levels.size();
        table.exceedances = unflatten(group.counts("exceedances", rows * columns), rows, columns);
    }
    return table;
}

}  // namespace brink
