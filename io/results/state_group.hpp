// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_reader.hpp"
#include "io/results/hdf5_writer.hpp"
#include "io/results/part_file.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// The group `name` with a group for every scenario: whole chunks, and the short last one. Nothing
/// is written where there are no runs.
void write_saved_runs(hdf5::GroupWriter const& root, std::string_view name,
                      std::vector<SavedRun> const& runs);

/// All of the group `parent`. The states keep the file open for their tails.
[[nodiscard]] std::vector<SavedRun> read_saved_runs(std::shared_ptr<hdf5::File> const& file,
                                                    std::string const& parent);

}  // namespace brink
