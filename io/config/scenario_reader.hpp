// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

#include <map>
#include <string>
#include <vector>

namespace brink {

/// A scenario and its effective configuration.
struct ReadResult {
    Scenario scenario;
    /// Dotted key -> value in force, defaults included: to name the first key in which two
    /// configurations differ.
    std::map<std::string, std::string> effective;
};

/// Read a scenario file with everything it names, apply `--set KEY=VALUE` options and check it.
///
/// All problems are collected before returning; the scenario may be used only where `problems` has
/// gained none. Order: file, includes, options, price snapshot, books, checks. Names of files are
/// relative to the file that names them. Codes: 78 TOML or option, 66 missing file, 65 CSV
/// contents.
[[nodiscard]] ReadResult read_scenario(std::string const& path,
                                       std::vector<std::string> const& overrides,
                                       Problems& problems);

/// The same for text at hand, such as the effective configuration stored in a result. `file` is
/// what messages call it and where relative names start.
[[nodiscard]] ReadResult read_scenario_text(std::string const& text, std::string const& file,
                                            std::vector<std::string> const& overrides,
                                            Problems& problems);

/// The scenario of `base` read again with keys replaced, after its own options: what `--set` would
/// have made of it. A problem with a value names the option, `--set KEY=VALUE`.
/// \param base read without problems
[[nodiscard]] ReadResult read_with(ReadResult const& base, std::vector<Setting> const& settings,
                                   Problems& problems);

}  // namespace brink
