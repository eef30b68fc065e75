// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_reader.hpp"
#include "io/results/hdf5_writer.hpp"
#include "io/results/result.hpp"

#include <string_view>
#include <vector>

namespace brink {

/// /paths, and of a view /view: the parts that /paths points at.
void write_outcome_rows(hdf5::GroupWriter const& root, OutcomeRows const& rows,
                        std::string_view numeraire);
[[nodiscard]] OutcomeRows read_outcome_rows(hdf5::GroupReader const& root);

/// /view alone; empty where the file is no view.
[[nodiscard]] std::vector<ViewPart> read_view_parts(hdf5::GroupReader const& root);

}  // namespace brink
