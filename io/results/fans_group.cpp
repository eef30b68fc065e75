// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_groups.hpp"
#include "io/results/statistics_table.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cstdlib>

namespace brink {
namespace {

/// The fans of one quantity, one per scope, all at the same times and levels.
struct FanTable {
    std::vector<std::string> scopes;
    std::vector<std::uint64_t> paths;       ///< [scopes]
    std::vector<std::string> levels;        ///< decimals as written
    std::vector<double> times;              ///< [s]
    std::vector<double> quantiles, lo, hi;  ///< [scopes][levels][times]
};

void append_rows(std::vector<double>& all, std::vector<std::vector<double>> const& rows,
                 Fan const& fan)
{
    bool const levels_fit = rows.size() == fan.levels.size();
    bool const times_fit = std::all_of(
        rows.begin(), rows.end(), [&](auto const& row) { return row.size() == fan.times.size(); });
    if (!levels_fit || !times_fit)
        throw hdf5::Error{fmt::format("the fan of '{}' is not levels x times", fan.quantity)};
    for (std::vector<double> const& row : rows)
        all.insert(all.end(), row.begin(), row.end());
}

void append(FanTable& table, std::string const& scope, Fan const& fan)
{
    if (table.scopes.empty()) {
        table.levels = fan.levels;
        table.times = fan.times;
    }
    if (fan.levels != table.levels || fan.times != table.times)
        throw hdf5::Error{fmt::format("fans of '{}' differ in levels or times", fan.quantity)};
    table.scopes.push_back(scope);
    table.paths.push_back(fan.paths);
    append_rows(table.quantiles, fan.quantiles, fan);
    append_rows(table.lo, fan.lo, fan);
    append_rows(table.hi, fan.hi, fan);
}

FanTable gather_fans(std::vector<ScopeResult> const& scopes, std::string_view quantity)
{
    FanTable table;
    for (ScopeResult const& scope : scopes) {
        for (Fan const& fan : scope.fans) {
            if (fan.quantity == quantity)
                append(table, scope.scope, fan);
        }
    }
    return table;
}

void write_fan(hdf5::GroupWriter group, FanTable const& table)
{
    std::vector<double> levels;
    for (std::string const& level : table.levels)
        levels.push_back(std::strtod(level.c_str(), nullptr));
    hdf5::write_attribute(group.id(), "coordinates", "level_text");
    group.coordinate("scope", table.scopes, {.long_name = "book, or account:<id>"});
    group.coordinate("level", levels, {.long_name = "level of the quantile", .units = "1"});
    group.coordinate("time", table.times, {.long_name = "time since t_0", .units = "s"});
    group.variable("level_text", {"level"}, table.levels, {.long_name = "level as configured"});
    group.variable("paths", {"scope"}, table.paths,
                   {.long_name = "paths the quantiles rest on", .units = "1"});
    hdf5::GroupWriter::Axes const axes{"scope", "level", "time"};
    group.variable(
        "quantile", axes, table.quantiles,
        {.long_name = "quantile at each assessment", .units = "1", .nan_is_missing = true});
    group.variable("lo", axes, table.lo,
                   {.long_name = "lower end of the 95 % confidence interval",
                    .units = "1",
                    .nan_is_missing = true});
    group.variable("hi", axes, table.hi,
                   {.long_name = "upper end of the 95 % confidence interval",
                    .units = "1",
                    .nan_is_missing = true});
}

std::vector<std::vector<double>> rows_at(std::vector<double> const& all, std::size_t scope,
                                         FanTable const& table)
{
    std::vector<std::vector<double>> rows;
    std::size_t const width = table.times.size();
    for (std::size_t level = 0; level < table.levels.size(); ++level) {
        auto const first =
            all.begin()
            + static_cast<std::ptrdiff_t>((scope * table.levels.size() + level) * width);
        rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(width));
    }
    return rows;
}

FanTable read_fan(hdf5::GroupReader const& group)
{
    FanTable table;
    table.scopes = group.strings("scope");
    table.levels = group.strings("level_text");
    table.times = group.doubles("time");
    table.paths = group.counts("paths", table.scopes.size());
    std::size_t const cells = table.scopes.size() * table.levels.size() * table.times.size();
    table.quantiles = group.doubles("quantile", cells);
    table.lo = group.doubles("lo", cells);
    table.hi = group.doubles("hi", cells);
    return table;
}

}  // namespace

void write_fans(hdf5::GroupWriter const& root, Result const& result)
{
    std::vector<std::string> quantities;
    for (ScopeResult const& scope : result.scopes) {
        std::vector<std::string> filled;
        for (Fan const& fan : scope.fans) {
            if (!fan.times.empty() && !fan.levels.empty())
                filled.push_back(fan.quantity);
        }
        merge_names(quantities, filled);
    }
    if (quantities.empty())
        return;
    hdf5::GroupWriter const group = root.group("fans");
    for (std::string const& quantity : quantities)
        write_fan(group.group(quantity), gather_fans(result.scopes, quantity));
}

void read_fans(hdf5::GroupReader const& root, std::vector<ScopeResult>& scopes)
{
    if (!root.has("fans"))
        return;
    hdf5::GroupReader const group = root.group("fans");
    for (std::string const& quantity : group.names()) {
        FanTable const table = read_fan(group.group(quantity));
        for (std::size_t row = 0; row < table.scopes.size(); ++row) {
            auto const found = std::find_if(scopes.begin(), scopes.end(), [&](auto const& scope) {
                return scope.scope == table.scopes[row];
            });
            if (found == scopes.end())
                throw hdf5::Error{"a fan of unknown scope '" + table.scopes[row] + "'"};
            found->fans.push_back({quantity, table.paths[row], table.times, table.levels,
                                   rows_at(table.quantiles, row, table),
                                   rows_at(table.lo, row, table), rows_at(table.hi, row, table)});
        }
    }
}

}  // namespace brink
