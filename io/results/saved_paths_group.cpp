// SPDX-License-Identifier: Apache-2.0
#include "io/results/saved_paths_group.hpp"
#include "io/results/array_reader.hpp"

namespace brink {
namespace {

/// Files up to schema version 1.2 have the outcomes as `row_values`, [row][outcome].
std::vector<float> as_columns(std::vector<float> const& values, std::size_t rows)
{
    require_fit(values.size() == rows * outcome_list.size());
    std::vector<float> columns;
    columns.reserve(values.size());
    for (std::size_t c = 0; c < outcome_list.size(); ++c)
        for (std::size_t i = 0; i < rows; ++i)
            columns.push_back(values[i * outcome_list.size() + c]);
    return columns;
}

}  // namespace

void write_saved_rows(hdf5::GroupWriter& group, SavedRows const& rows)
{
    hdf5::write_attribute(group.id(), "rows_kept", rows.kept);
    group.array("row_path", rows.paths, {.long_name = "path id"});
    group.array("row_loss", rows.losses, {.long_name = "loss of the book"});
    group.array(row_columns_name, rows.values,
                {.long_name = "outcomes of the book, [outcome][row]"});
}

SavedRows read_saved_rows(hdf5::GroupReader const& group)
{
    ArrayReader const arrays{group};
    SavedRows rows;
    rows.kept = group.text_attribute("rows_kept");
    rows.paths = arrays.counts("row_path");
    rows.losses = arrays.doubles("row_loss");
    rows.values = group.has("row_values")
                      ? as_columns(group.floats("row_values"), rows.paths.size())
                      : arrays.floats(row_columns_name);
    require_fit(rows.losses.size() == rows.paths.size()
                && rows.values.size() == rows.paths.size() * outcome_list.size());
    return rows;
}

void write_saved_columns(hdf5::GroupWriter&& group, SavedColumns const& columns)
{
    hdf5::write_attribute(group.id(), "first_path", columns.first_path);
    hdf5::write_attribute(group.id(), "paths", columns.paths);
    group.array("marks", columns.marks, {.long_name = "how each path counts"});
    group.pieces("values", columns.values, {.long_name = "of the book, [outcome][path]"});
}

SavedColumns read_saved_columns(std::shared_ptr<hdf5::File> const& file, std::string const& path)
{
    hdf5::GroupReader const group{file->id(), path};
    SavedColumns columns;
    columns.first_path = group.count_attribute("first_path");
    columns.paths = group.count_attribute("paths");
    columns.marks = group.bytes("marks", columns.paths);
    columns.read_values = [file, path, paths = columns.paths](std::size_t outcome) {
        return hdf5::GroupReader{file->id(), path}.doubles("values", outcome * paths, paths);
    };
    return columns;
}

}  // namespace brink
