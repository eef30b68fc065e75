// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/config/problem.hpp"

namespace brink {

/// The TOML files of a folder by name; none where it cannot be read.
[[nodiscard]] std::vector<std::string> toml_files(std::filesystem::path const& folder);

/// Print date, largest sensible step and source of each venue file of a folder, and what in it is
/// unverified, inferred or assumed; with `tables` also the source and date of each table. A file
/// that cannot be read is reported to standard error, the others are listed.
/// \return the code of the problems, ok without any
[[nodiscard]] ExitCode list_venues(std::filesystem::path const& folder, bool tables);

}  // namespace brink
