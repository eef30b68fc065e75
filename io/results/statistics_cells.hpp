// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_reader.hpp"
#include "io/results/hdf5_writer.hpp"
#include "io/results/statistics_table.hpp"

#include <optional>
#include <string_view>

namespace brink {

/// Write the numbers of a table along axes that the group has: those of a pair (scope and outcome,
/// whatever stands before them), and `statistic` behind them.
/// \param difference what a difference is; none: there are no differences
void write_cells(hdf5::GroupWriter& group, StatisticsTable const& table,
                 hdf5::GroupWriter::Axes const& pair, std::optional<std::string_view> difference);

/// Read what `write_cells` wrote. \pre the axes of the table are there
void read_cells(hdf5::GroupReader const& group, StatisticsTable& table);

}  // namespace brink
