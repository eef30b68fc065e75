// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/replay/path_ledger.hpp"
#include "io/results/result.hpp"

namespace brink {

/// Whether a file is HDF5, and so a result rather than a scenario.
[[nodiscard]] bool is_hdf5(std::filesystem::path const& path);

/// What a result stored of this path and the regenerated one shows otherwise, one sentence per
/// outcome; empty where all that was stored is the same, bit for bit.
[[nodiscard]] std::vector<std::string> differences(Result const& stored, PathLedger const& ledger);

/// Whether the result stored anything of this path.
[[nodiscard]] bool stores_path(Result const& stored, std::uint64_t path);

}  // namespace brink
