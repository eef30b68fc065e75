// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_groups.hpp"

#include <span>

namespace brink {
namespace {

std::vector<double> flattened(std::vector<std::vector<double>> const& rows)
{
    std::vector<double> values;
    for (std::vector<double> const& row : rows)
        values.insert(values.end(), row.begin(), row.end());
    return values;
}

std::vector<std::vector<double>> rows_of(std::vector<double> const& values, std::size_t size)
{
    std::vector<std::vector<double>> rows;
    for (std::size_t i = 0; i < size; ++i) {
        auto const row = std::span{values}.subspan(i * size, size);
        rows.emplace_back(row.begin(), row.end());
    }
    return rows;
}

std::string group_name(std::string const& regime)
{
    return regime.empty() ? "correlation_repair" : "correlation_repair:" + regime;
}

void write_repair(hdf5::GroupWriter const& root, MatrixRepair const& repair)
{
    hdf5::GroupWriter group = root.group(group_name(repair.regime));
    hdf5::write_attribute(group.id(), "method", std::string_view{repair.method});
    hdf5::write_attribute(group.id(), "smallest_eigenvalue", repair.smallest_eigenvalue);
    hdf5::write_attribute(group.id(), "frobenius_distance", repair.frobenius_distance);
    hdf5::write_attribute(group.id(), "largest_change", repair.largest_change);
    group.coordinate("asset", repair.assets, {.long_name = "row of the matrix"});
    group.coordinate("other_asset", repair.assets, {.long_name = "column of the matrix"});
    group.variable("written", {"asset", "other_asset"}, flattened(repair.written),
                   {.long_name = "correlation as written", .units = "1"});
    group.variable("used", {"asset", "other_asset"}, flattened(repair.used),
                   {.long_name = "correlation in use", .units = "1"});
}

MatrixRepair read_repair(hdf5::GroupReader const& group, std::string const& regime)
{
    MatrixRepair repair;
    repair.regime = regime;
    repair.method = group.text_attribute("method");
    repair.smallest_eigenvalue = group.number_attribute("smallest_eigenvalue");
    repair.frobenius_distance = group.number_attribute("frobenius_distance");
    repair.largest_change = group.number_attribute("largest_change");
    repair.assets = group.strings("asset");
    std::size_t const size = repair.assets.size();
    repair.written = rows_of(group.doubles("written", size * size), size);
    repair.used = rows_of(group.doubles("used", size * size), size);
    return repair;
}

}  // namespace

void write_correlation_repairs(hdf5::GroupWriter const& root,
                               std::vector<MatrixRepair> const& repairs)
{
    for (MatrixRepair const& repair : repairs)
        write_repair(root, repair);
}

std::vector<MatrixRepair> read_correlation_repairs(hdf5::GroupReader const& root,
                                                   std::vector<std::string> const& regimes)
{
    std::vector<std::string> owners{""};
    owners.insert(owners.end(), regimes.begin(), regimes.end());
    std::vector<MatrixRepair> repairs;
    for (std::string const& regime : owners)
        if (root.has(group_name(regime)))
            repairs.push_back(read_repair(root.group(group_name(regime)), regime));
    return repairs;
}

}  // namespace brink
