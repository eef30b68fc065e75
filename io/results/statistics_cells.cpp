// SPDX-License-Identifier: Apache-2.0
#include "io/results/statistics_cells.hpp"

namespace brink {

void write_cells(hdf5::GroupWriter& group, StatisticsTable const& table,
                 hdf5::GroupWriter::Axes const& pair, std::optional<std::string_view> difference)
{
    hdf5::GroupWriter::Axes cell = pair;
    cell.push_back("statistic");
    auto const number = [&](std::string_view name, std::vector<double> const& values,
                            std::string_view long_name) {
        group.variable(name, cell, values, {.long_name = long_name, .nan_is_missing = true});
    };
    number("value", table.value, "estimate, in the unit of the outcome (prob: 1)");
    number("se", table.se, "standard error of the estimate");
    number("lo", table.lo, "lower end of the 95 % confidence interval");
    number("hi", table.hi, "upper end of the 95 % confidence interval");
    if (difference) {
        number("difference", table.difference, *difference);
        number("difference_se", table.difference_se,
               "standard error of the difference, paired by path");
    }
    group.variable("n_tail", cell, table.n_tail,
                   {.long_name = "observations the estimate rests on", .units = "1"});
    group.variable("computed", cell, table.computed,
                   {.long_name = "1 where the outcome has the statistic", .units = "1"});
    group.variable("flag", cell, table.flag,
                   {.long_name = "why the error must not be trusted, or empty"});
    group.variable("count", pair, table.count,
                   {.long_name = "paths observed (times: paths with the event)", .units = "1"});
    group.variable("reported", pair, table.reported,
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

}  // namespace brink
