// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/problem.hpp"

#include <optional>
#include <string>

namespace brink {

/// Whole contents of a file. Where it cannot be read, a problem with code 66 is added at `where`
/// (the value that named the file), saying why.
[[nodiscard]] std::optional<std::string> read_text_file(std::string const& path, Where const& where,
                                                        Problems& problems);

/// `name` as seen from the folder of `file`; absolute names stay.
[[nodiscard]] std::string relative_to_file(std::string const& name, std::string const& file);

}  // namespace brink
