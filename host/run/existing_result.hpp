// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "host/program/scenario_hash.hpp"
#include "io/results/result.hpp"

namespace brink {

/// What to do about a file that stands where a run wants to write.
enum class ExistingResult : std::uint8_t {
    absent,    ///< nothing in the way
    complete,  ///< the same run: nothing to do
    larger,    ///< the same run with more paths: left as it is
    smaller,   ///< the same run with fewer paths: run again
    other,     ///< another scenario: refused
};

struct ExistingReport {
    ExistingResult kind{ExistingResult::absent};
    std::string message;  ///< for the user; empty where absent
};

/// \param hash, values, paths of the run that is asked for
/// \throws FileError 65 where something is in the way that is not a result
[[nodiscard]] ExistingReport look_at_existing(std::filesystem::path const& path,
                                              std::string const& hash,
                                              EffectiveValues const& values, std::uint64_t paths);

}  // namespace brink
