// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"
#include "io/config/scenario.hpp"

#include <vector>

namespace brink {

/// Merge the files named by `include` in [market] and in each [[venue]] into those tables.
///
/// Keys of the including table win; tables merge key by key; `collateral` and `borrow` row by row
/// (by asset), `schedules` by instrument; `correlation` and every other array only as a whole. Of
/// several files the later wins. The [[asset]] tables of a market file give defaults to the
/// scenario's assets of the same name and add none. Names are relative to the including file.
///
/// Adds each file to `sources` (role "include"). A missing file is a problem with code 66; files
/// that include each other are refused.
void resolve_includes(ConfigNode& root, std::string const& file, std::vector<SourceFile>& sources,
                      Problems& problems);

}  // namespace brink
