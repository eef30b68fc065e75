// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

#include <string>

namespace brink {

/// Read a file of venue rules by itself, with the files that it includes; its name is that of the
/// file without folder and extension. Rows are read and their keys and types checked; what only a
/// scenario can tell (whether assets and instruments exist) is not. Usable where `problems` has
/// gained none. Codes: 78 contents, 66 missing file.
[[nodiscard]] VenueConfig read_venue_file(std::string const& path, Problems& problems);

}  // namespace brink
