// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_groups.hpp"
#include "io/results/statistics_cells.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace brink {
namespace {

using Axes = hdf5::GroupWriter::Axes;

/// All scopes of all points as one table: in C order it is the cube.
StatisticsTable tabulate_points(SweepResult const& sweep)
{
    std::vector<ScopeResult> scopes;
    for (std::size_t p = 0; p < sweep.points.size(); ++p) {
        std::vector<ScopeResult> const& own = sweep.points[p].scopes;
        if (!own.empty() && own.size() != sweep.scopes.size())
            throw std::invalid_argument{"a point of the sweep has another number of scopes"};
        for (std::size_t s = 0; s < sweep.scopes.size(); ++s) {
            ScopeResult& scope = scopes.emplace_back();
            if (!own.empty())
                scope.outcomes = own[s].outcomes;
            scope.scope = fmt::format("{}/{}", p, sweep.scopes[s]);
        }
    }
    return tabulate(scopes);
}

bool is_grid(SweepResult const& sweep)
{
    return sweep.kind == "grid";
}

void require_shape(SweepResult const& sweep)
{
    std::size_t points = is_grid(sweep) ? 1 : sweep.points.size();
    for (SweepAxisResult const& axis : sweep.axes) {
        if (is_grid(sweep))
            points *= axis.labels.size();
        bool const is_short = !is_grid(sweep) && axis.labels.size() != points;
        if (is_short || (!axis.numbers.empty() && axis.numbers.size() != axis.labels.size()))
            throw std::invalid_argument{"axis '" + axis.name + "' has values of another number"};
    }
    if (points != sweep.points.size())
        throw std::invalid_argument{"the sweep has another number of points than its axes"};
}

/// \return the dimensions of a point
Axes write_sweep_axes(hdf5::GroupWriter& group, SweepResult const& sweep)
{
    if (!is_grid(sweep)) {
        std::vector<std::uint64_t> places(sweep.points.size());
        std::iota(places.begin(), places.end(), std::uint64_t{0});
        group.coordinate("point", places, {.long_name = "point of the sweep"});
    }
    Axes dims;
    for (SweepAxisResult const& axis : sweep.axes) {
        std::string const meaning =
            axis.keys.empty() ? "settings by name" : fmt::format("{}", fmt::join(axis.keys, ", "));
        hdf5::Description const description{.long_name = meaning};
        if (is_grid(sweep)) {
            dims.push_back(axis.name);
            if (axis.numbers.empty())
                group.coordinate(axis.name, axis.labels, description);
            else
                group.coordinate(axis.name, axis.numbers, description);
        } else if (axis.numbers.empty()) {
            group.variable(axis.name, {"point"}, axis.labels, description);
        } else {
            group.variable(axis.name, {"point"}, axis.numbers, description);
        }
    }
    return is_grid(sweep) ? dims : Axes{"point"};
}

std::vector<std::string> names_of_axes(SweepResult const& sweep)
{
    std::vector<std::string> names;
    for (SweepAxisResult const& axis : sweep.axes)
        names.push_back(axis.name);
    return names;
}

void write_facts(hdf5::GroupWriter& group, SweepResult const& sweep, Axes const& dims)
{
    std::vector<std::string> hashes;
    std::vector<std::uint64_t> paths, invalid;
    for (SweepPointResult const& point : sweep.points) {
        hashes.push_back(point.scenario_hash);
        paths.push_back(point.paths);
        invalid.push_back(point.invalid_paths);
    }
    group.variable("scenario_hash", dims, hashes,
                   {.long_name = "of the point as a run of its own; empty where it was not run"});
    group.variable("paths", dims, paths, {.long_name = "paths simulated", .units = "1"});
    group.variable("invalid_paths", dims, invalid,
                   {.long_name = "of them, paths that were left out", .units = "1"});
}

std::vector<SweepAxisResult> read_axes(hdf5::GroupReader const& group)
{
    std::vector<SweepAxisResult> axes;
    std::vector<std::string> const names = group.strings("axis_name");
    std::vector<std::string> const keys = group.strings("axis_keys", names.size());
    for (std::size_t a = 0; a < names.size(); ++a) {
        SweepAxisResult& axis = axes.emplace_back();
        axis.name = names[a];
        for (std::size_t at = 0; at < keys[a].size();) {
            std::size_t const end = std::min(keys[a].find('\n', at), keys[a].size());
            axis.keys.push_back(keys[a].substr(at, end - at));
            at = end + 1;
        }
    }
    std::vector<std::uint64_t> const sizes = group.counts("axis_size", names.size());
    std::vector<std::uint64_t> const numeric = group.counts("axis_numeric", names.size());
    std::vector<std::string> const labels = group.strings("axis_label");
    std::size_t first = 0;
    for (std::size_t a = 0; a < axes.size(); ++a) {
        if (sizes[a] > labels.size() - first)
            throw hdf5::Error{"/sweep/axis_label: fewer labels than the axes have values"};
        auto const begin = labels.begin() + static_cast<std::ptrdiff_t>(first);
        axes[a].labels.assign(begin, begin + static_cast<std::ptrdiff_t>(sizes[a]));
        first += sizes[a];
        if (numeric[a] != 0)
            axes[a].numbers = group.doubles(axes[a].name, sizes[a]);
    }
    return axes;
}

/// The axes as a list, for readers that do not know their names.
void write_axis_list(hdf5::GroupWriter& group, SweepResult const& sweep)
{
    std::vector<std::string> keys, labels;
    std::vector<std::uint64_t> sizes, numeric;
    for (SweepAxisResult const& axis : sweep.axes) {
        keys.push_back(fmt::format("{}", fmt::join(axis.keys, "\n")));
        sizes.push_back(axis.labels.size());
        numeric.push_back(axis.numbers.empty() ? 0 : 1);
        labels.insert(labels.end(), axis.labels.begin(), axis.labels.end());
    }
    group.coordinate("axis_name", names_of_axes(sweep), {.long_name = "axes of the sweep"});
    group.variable("axis_keys", {"axis_name"}, keys,
                   {.long_name = "config keys that the axis moves, one a line"});
    group.variable("axis_size", {"axis_name"}, sizes,
                   {.long_name = "values of the axis", .units = "1"});
    group.variable("axis_numeric", {"axis_name"}, numeric,
                   {.long_name = "1 where the values are numbers", .units = "1"});
    group.dimension("axis_label_row", labels.size());
    group.variable("axis_label", {"axis_label_row"}, labels,
                   {.long_name = "values as written, axis by axis"});
}

StatisticsTable read_cube(hdf5::GroupReader const& group, std::size_t points,
                          std::vector<std::string> const& scopes)
{
    StatisticsTable table;
    for (std::size_t p = 0; p < points; ++p)
        table.scopes.insert(table.scopes.end(), scopes.begin(), scopes.end());
    table.outcomes = group.strings("outcome");
    table.unit = group.strings("unit", table.outcomes.size());
    table.statistics = group.strings("statistic");
    read_cells(group, table);
    return table;
}

}  // namespace

void write_sweep(hdf5::GroupWriter const& root, SweepResult const& sweep)
{
    if (sweep.kind.empty() || sweep.points.empty() || sweep.axes.empty())
        return;
    require_shape(sweep);
    StatisticsTable const table = tabulate_points(sweep);
    if (table.outcomes.empty())
        return;
    hdf5::GroupWriter group = root.group("sweep");
    hdf5::write_attribute(group.id(), "sweep_kind", sweep.kind);
    hdf5::write_attribute(group.id(), "base", sweep.base);
    std::string coordinates = "unit";
    if (!is_grid(sweep))
        coordinates += fmt::format(" {}", fmt::join(names_of_axes(sweep), " "));
    hdf5::write_attribute(group.id(), "coordinates", coordinates);
    Axes const dims = write_sweep_axes(group, sweep);
    write_axis_list(group, sweep);
    group.coordinate("scope", sweep.scopes, {.long_name = "scope of the statistics"});
    group.coordinate("outcome", table.outcomes, {.long_name = "outcome of a path"});
    group.variable("unit", {"outcome"}, table.unit, {.long_name = "unit of the outcome"});
    group.coordinate("statistic", table.statistics, {.long_name = "statistic"});
    write_facts(group, sweep, dims);
    Axes pair = dims;
    pair.insert(pair.end(), {"scope", "outcome"});
    write_cells(group, table, pair, "estimate minus that of the base");
}

SweepResult read_sweep(hdf5::GroupReader const& root)
{
    SweepResult sweep;
    if (!root.has("sweep"))
        return sweep;
    hdf5::GroupReader const group = root.group("sweep");
    sweep.kind = group.text_attribute("sweep_kind");
    sweep.base = group.text_attribute("base");
    sweep.axes = read_axes(group);
    sweep.scopes = group.strings("scope");
    std::vector<std::string> const hashes = group.strings("scenario_hash");
    std::vector<std::uint64_t> const paths = group.counts("paths", hashes.size());
    std::vector<std::uint64_t> const invalid = group.counts("invalid_paths", hashes.size());
    std::vector<ScopeResult> scopes = scopes_of(read_cube(group, hashes.size(), sweep.scopes));
    for (std::size_t p = 0; p < hashes.size(); ++p) {
        SweepPointResult& point = sweep.points.emplace_back();
        point.scenario_hash = hashes[p];
        point.paths = paths[p];
        point.invalid_paths = invalid[p];
        if (hashes[p].empty())
            continue;
        auto const first = scopes.begin() + static_cast<std::ptrdiff_t>(p * sweep.scopes.size());
        point.scopes.assign(first, first + static_cast<std::ptrdiff_t>(sweep.scopes.size()));
    }
    return sweep;
}

}  // namespace brink
