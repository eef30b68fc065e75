// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/replay/path_ledger.hpp"
#include "io/results/result.hpp"

namespace brink {

/// Whether a file is a result rather than a scenario: HDF5, or called so (.h5, .hdf5, .nc).
[[nodiscard]] bool names_result(std::filesystem::path const& path);

/// A result with what it stores of one scope, as its book: to compare a path under a stress
/// scenario. Rows of outcomes are those of the base and are left out.
[[nodiscard]] Result result_under(Result const& stored, std::string const& scope);

/// What a result recorded of this path and the regenerated one shows otherwise; empty where all
/// that was recorded is the same, bit for bit.
[[nodiscard]] std::vector<Difference> differences(Result const& stored, PathLedger const& ledger);

/// Whether the result stored anything of this path.
[[nodiscard]] bool stores_path(Result const& stored, std::uint64_t path);

}  // namespace brink
