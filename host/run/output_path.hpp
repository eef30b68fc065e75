// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "io/config/scenario.hpp"

namespace brink {

/// What the placeholders of `-o` stand for.
struct OutputNames {
    std::string name;           ///< {name}
    UnixSeconds as_of{0};       ///< {as_of}: 20250701T000000Z
    std::string scenario_hash;  ///< {hash}: its first 16 digits
};

/// File that `pattern` names; empty = `out/{name}.h5`. In a name, what is not a letter, digit, dot,
/// hyphen or underscore becomes an underscore.
/// \throws std::invalid_argument, with a sentence for the user, for an unknown placeholder
[[nodiscard]] std::filesystem::path output_path(std::string const& pattern,
                                                OutputNames const& names);

}  // namespace brink
