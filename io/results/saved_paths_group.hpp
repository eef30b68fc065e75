// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_reader.hpp"
#include "io/results/hdf5_writer.hpp"
#include "io/results/statistics_state.hpp"

#include <memory>
#include <string>
#include <string_view>

/// What saved runs keep path by path: rows of outcomes, and columns to compare scenarios.
namespace brink {

/// Outcomes of the rows of a state, [outcome][row]: what views point at.
inline constexpr std::string_view row_columns_name = "row_columns";

/// `row_path`, `row_loss`, `row_columns` and the attribute `rows_kept` of a state.
void write_saved_rows(hdf5::GroupWriter& group, SavedRows const& rows);
[[nodiscard]] SavedRows read_saved_rows(hdf5::GroupReader const& group);

/// The whole group `columns` of a scenario.
void write_saved_columns(hdf5::GroupWriter&& group, SavedColumns const& columns);
/// The values keep the file open: they are read when they are asked for.
[[nodiscard]] SavedColumns read_saved_columns(std::shared_ptr<hdf5::File> const& file,
                                              std::string const& path);

}  // namespace brink
