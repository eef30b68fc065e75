// SPDX-License-Identifier: Apache-2.0
#include "io/results/outcome_rows_group.hpp"
#include "io/results/hdf5_virtual.hpp"
#include "io/results/result_schema.hpp"
#include "io/results/saved_paths_group.hpp"

#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <utility>

namespace brink {
namespace {

using hdf5::Description;
using hdf5::GroupReader;
using hdf5::GroupWriter;

/// Path ids of a view are ascending numbers, which all but vanish at the least compression.
constexpr int view_deflate_level = 1;

Description describe(OutcomeInfo const& outcome, std::string_view numeraire)
{
    return {.long_name = outcome.long_name,
            .units = outcome_unit(outcome.name, numeraire),
            .nan_is_missing = true};
}

void write_path_ids(GroupWriter& group, std::vector<std::uint64_t> const& paths)
{
    group.coordinate("path", paths, {.long_name = "path id", .units = "1"});
}

void write_copied_rows(GroupWriter const& root, OutcomeRows const& rows, std::string_view numeraire)
{
    GroupWriter group = root.group("paths");
    hdf5::write_attribute(group.id(), "kept", rows.kept);
    if (rows.paths.empty())
        return;
    if (rows.columns.size() != outcome_list.size())
        throw hdf5::Error{fmt::format("{} outcome columns of paths, not {}", rows.columns.size(),
                                      outcome_list.size())};
    write_path_ids(group, rows.paths);
    for (std::size_t i = 0; i < outcome_list.size(); ++i)
        group.variable(outcome_list[i].name, {"path"}, rows.columns[i],
                       describe(outcome_list[i], numeraire));
}

/// Where one outcome of all paths lies.
std::vector<hdf5::VirtualPiece> pieces_of(std::vector<ViewPart> const& parts, std::size_t outcome)
{
    std::vector<hdf5::VirtualPiece> pieces;
    for (ViewPart const& part : parts)
        for (auto const& [state, rows] :
             {std::pair{"whole", part.whole_rows}, std::pair{"rest", part.rest_rows}})
            if (rows > 0)
                pieces.push_back({part.file, fmt::format("/runs/0/{}/{}", state, row_columns_name),
                                  rows * outcome_list.size(), rows * outcome, rows});
    return pieces;
}

void write_virtual_rows(GroupWriter const& root, OutcomeRows const& rows,
                        std::string_view numeraire)
{
    hdf5::allow_virtual_datasets(root.id());
    GroupWriter group{root.id(), "paths", view_deflate_level};
    hdf5::write_attribute(group.id(), "kept", rows.kept);
    std::uint64_t num_rows = 0;
    for (ViewPart const& part : rows.parts)
        num_rows += part.whole_rows + part.rest_rows;
    std::vector<std::uint64_t> paths(num_rows);
    std::iota(paths.begin(), paths.end(), std::uint64_t{0});
    write_path_ids(group, paths);
    for (std::size_t i = 0; i < outcome_list.size(); ++i)
        group.virtual_variable(outcome_list[i].name, "path",
                               hdf5::virtual_layout(pieces_of(rows.parts, i)),
                               describe(outcome_list[i], numeraire));
}

void write_view_parts(GroupWriter const& root, std::vector<ViewPart> const& parts)
{
    std::vector<std::string> files;
    std::vector<std::uint64_t> bytes, checksums, whole_rows, rest_rows;
    for (ViewPart const& part : parts) {
        files.push_back(part.file);
        bytes.push_back(part.bytes);
        checksums.push_back(part.checksum);
        whole_rows.push_back(part.whole_rows);
        rest_rows.push_back(part.rest_rows);
    }
    GroupWriter group = root.group("view");
    group.coordinate("file", files, {.long_name = "part, relative to the folder of this file"});
    group.variable("bytes", {"file"}, bytes,
                   {.long_name = "its content, by its seal", .units = "byte"});
    group.variable("checksum", {"file"}, checksums, {.long_name = "of its content, by its seal"});
    group.variable("whole_rows", {"file"}, whole_rows,
                   {.long_name = "paths of its whole chunks", .units = "1"});
    group.variable("rest_rows", {"file"}, rest_rows,
                   {.long_name = "paths of its short last chunk", .units = "1"});
}

}  // namespace

void write_outcome_rows(GroupWriter const& root, OutcomeRows const& rows,
                        std::string_view numeraire)
{
    if (rows.is_view()) {
        write_virtual_rows(root, rows, numeraire);
        write_view_parts(root, rows.parts);
    } else if (!rows.kept.empty()) {
        write_copied_rows(root, rows, numeraire);
    }
}

/// A file of an older minor version may lack an outcome: its column is NaN then.
OutcomeRows read_outcome_rows(GroupReader const& root)
{
    OutcomeRows rows;
    if (!root.has("paths"))
        return rows;
    GroupReader const group = root.group("paths");
    rows.kept = group.text_attribute("kept");
    rows.parts = read_view_parts(root);
    if (rows.is_view() || !group.has("path"))
        return rows;
    rows.paths = group.counts("path");
    for (OutcomeInfo const& outcome : outcome_list) {
        rows.columns.push_back(
            group.has(outcome.name)
                ? group.floats(outcome.name, rows.paths.size())
                : std::vector<float>(rows.paths.size(), std::numeric_limits<float>::quiet_NaN()));
    }
    return rows;
}

std::vector<ViewPart> read_view_parts(GroupReader const& root)
{
    std::vector<ViewPart> parts;
    if (!root.has("view"))
        return parts;
    GroupReader const group = root.group("view");
    auto const files = group.strings("file");
    auto const bytes = group.counts("bytes", files.size());
    auto const checksums = group.counts("checksum", files.size());
    auto const whole_rows = group.counts("whole_rows", files.size());
    auto const rest_rows = group.counts("rest_rows", files.size());
    for (std::size_t i = 0; i < files.size(); ++i)
        parts.push_back({files[i], bytes[i], checksums[i], whole_rows[i], rest_rows[i]});
    return parts;
}

}  // namespace brink
