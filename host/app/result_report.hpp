// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "io/results/result.hpp"

namespace brink {

/// What of a result goes to standard output.
struct ResultReport {
    bool summary{true};
    bool json{false};
};

/// Print what was asked for, and warn of breached limits. \return 0, or 3 where a limit is breached
int report_result(Result const& result, std::string const& output, ResultReport const& asked);

/// The same of the part that was written, or stood there: what `brink inspect --json` says of it.
/// \throws FileError
int report_part(std::filesystem::path const& output, bool json);

}  // namespace brink
