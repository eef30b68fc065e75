// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/file_error.hpp"
#include "io/results/part_file.hpp"
#include "io/results/result.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

/// \file
/// A view is a result whose outcomes of all paths lie in the parts that it was merged of. HDF5
/// gives NaN for a part that is missing, and the numbers of whatever stands in its place, without a
/// word; so brink never reads through the view: it compares a part with what the view says of it
/// first, and reads the part.
namespace brink {

/// What a view at `view` says of a part that was read from `path`.
/// \throw FileError 65 where the part has not the outcomes of all its paths, or no seal
[[nodiscard]] ViewPart view_part(std::filesystem::path const& path, PartFile const& part,
                                 std::filesystem::path const& view);

/// What is wrong with the parts of a view: 66 where one is missing, 65 where it was changed or is
/// damaged. Reads all of their content.
[[nodiscard]] std::vector<FileError> view_problems(std::filesystem::path const& view,
                                                   std::vector<ViewPart> const& parts);

/// The parts of the result at `view`; none where it holds its outcomes itself. \throw as
/// read_result
[[nodiscard]] std::vector<ViewPart> read_view_parts(std::filesystem::path const& view);

/// The row of one path, from its part; no row where no part has it.
/// \throw FileError where the part has a problem
[[nodiscard]] OutcomeRows read_view_row(std::filesystem::path const& view,
                                        std::vector<ViewPart> const& parts, std::uint64_t path_id);

}  // namespace brink
