// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_groups.hpp"
#include "io/results/statistics_cells.hpp"

namespace brink {
namespace {

void write_axes(hdf5::GroupWriter& group, StatisticsTable const& table)
{
    std::vector<std::string> kinds;
    std::vector<double> levels;
    for (std::string const& statistic : table.statistics) {
        StatisticName const name{statistic};
        kinds.push_back(name.kind);
        levels.push_back(name.level);
    }
    hdf5::write_attribute(group.id(), "coordinates", "unit kind level");
    group.coordinate("outcome", table.outcomes, {.long_name = "outcome of a path"});
    group.variable("unit", {"outcome"}, table.unit, {.long_name = "unit of the outcome"});
    group.coordinate("statistic", table.statistics, {.long_name = "statistic"});
    group.variable("kind", {"statistic"}, kinds, {.long_name = "kind of statistic"});
    group.variable("level", {"statistic"}, levels,
                   {.long_name = "level of the statistic", .units = "1", .nan_is_missing = true});
}

}  // namespace

void write_statistics(hdf5::GroupWriter const& root, Result const& result)
{
    if (result.scopes.empty())
        return;
    StatisticsTable const table = tabulate(result.scopes);
    hdf5::GroupWriter group = root.group("statistics");
    group.coordinate("scope", table.scopes,
                     {.long_name = "book, account:<id>, group:<column>=<value> or regime:<name>"});
    if (table.outcomes.empty())
        return;
    write_axes(group, table);
    write_cells(group, table, {"scope", "outcome"},
                table.has_differences()
                    ? std::optional<std::string_view>{"scenarios: estimate minus that of the book"}
                    : std::nullopt);
}

std::vector<ScopeResult> read_statistics(hdf5::GroupReader const& root)
{
    StatisticsTable table;
    if (!root.has("statistics"))
        return {};
    hdf5::GroupReader const group = root.group("statistics");
    table.scopes = group.strings("scope");
    if (group.has("outcome")) {
        table.outcomes = group.strings("outcome");
        table.unit = group.strings("unit", table.outcomes.size());
        table.statistics = group.strings("statistic");
        read_cells(group, table);
    }
    return scopes_of(table);
}

}  // namespace brink
