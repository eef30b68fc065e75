// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "io/results/json.hpp"

namespace brink {

/// What `run --json` prints: scenario, paths, seconds, devices, hash, limits, and the statistics of
/// the book and of the named accounts.
[[nodiscard]] Json run_json(Result const& result, std::string const& output);

}  // namespace brink
