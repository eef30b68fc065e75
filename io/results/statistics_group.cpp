// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_groups.hpp"
#include "io/results/statistics_table.hpp"

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

void write_cells(hdf5::GroupWriter& group, StatisticsTable const& table)
{
    hdf5::GroupWriter::Axes const cell{"scope", "outcome", "statistic"};
    auto const number = [&](std::string_view name, std::vector<double> const& values,
                            std::string_view long_name) {
        group.variable(name, cell, values, {.long_name = long_name, .nan_is_missing = true});
    };
    number("value", table.value, "estimate, in the unit of the outcome (prob: 1)");
    number("se", table.se, "standard error of the estimate");
    number("lo", table.lo, "lower end of the 95 % confidence interval");
    number("hi", table.hi, "upper end of the 95 % confidence interval");
    if (table.has_differences()) {
        number("difference", table.difference, "scenarios: estimate minus that of the book");
        number("difference_se", table.difference_se,
               "standard error of the difference, paired by path");
    }
    group.variable("n_tail", cell, table.n_tail,
                   {.long_name = "observations the estimate rests on", .units = "1"});
    group.variable("computed", cell, table.computed,
                   {.long_name = "1 where the outcome has the statistic", .units = "1"});
    group.variable("flag", cell, table.flag,
                   {.long_name = "why the error must not be trusted, or empty"});
    group.variable("count", {"scope", "outcome"}, table.count,
                   {.long_name = "paths observed (times: paths with the event)", .units = "1"});
    group.variable("reported", {"scope", "outcome"}, table.reported,
                   {.long_name = "1 where the scope has the outcome", .units = "1"});
}

void read_cells(hdf5::GroupReader const& group, StatisticsTable& table)
{
    table.value = group.doubles("value", table.cells());
    table.se = group.doubles("se", table.cells());
    table.lo = group.doubles("lo", table.cells());
    table.hi = group.doubles("hi", table.cells());
    table.difference.assign(table.cells(), not_available);
    table.difference_se = table.difference;
    if (group.has("difference")) {
        table.difference = group.doubles("difference", table.cells());
        table.difference_se = group.doubles("difference_se", table.cells());
    }
    table.n_tail = group.counts("n_tail", table.cells());
    table.computed = group.bytes("computed", table.cells());
    table.flag = group.strings("flag", table.cells());
    table.count = group.counts("count", table.pairs());
    table.reported = group.bytes("reported", table.pairs());
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
    write_cells(group, table);
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
