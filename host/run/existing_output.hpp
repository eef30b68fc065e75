// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "host/program/scenario_hash.hpp"
#include "host/run/side_by_side.hpp"
#include "io/results/part_file.hpp"
#include "io/results/result.hpp"

namespace brink {

/// What a run is asked to write.
struct RunTarget {
    std::filesystem::path output;
    std::string hash;  ///< of the scenario
    EffectiveValues const* values{nullptr};
    std::uint64_t paths{0};      ///< of the whole run
    std::optional<Shard> shard;  ///< none: all of it
};

/// What to do about a file that stands where a run wants to write.
enum class ExistingOutput : std::uint8_t {
    absent,    ///< nothing in the way
    complete,  ///< the same run: nothing to do
    larger,    ///< the same run with more paths: left as it is
    smaller,   ///< the same run with fewer paths: to be extended
    other,     ///< another scenario or shard: refused
};

struct ExistingReport {
    ExistingOutput kind{ExistingOutput::absent};
    std::string message;  ///< for the user; empty where absent
};

/// \throws FileError 65 where something is in the way that is not brink's
[[nodiscard]] ExistingReport look_at_existing(RunTarget const& target);

/// Where the checkpoint of an output lies: `<output>.checkpoint`.
[[nodiscard]] std::filesystem::path checkpoint_path(std::filesystem::path const& output);

/// Remove the checkpoint of an output that no longer needs it.
void remove_checkpoint(std::filesystem::path const& output);

/// Remove what a process left that was killed between its result and the end: the checkpoint of the
/// same run. Any other stays.
void remove_leftover(RunTarget const& target);

/// The checkpoint of the target, if there is one. A damaged one is told of and left out: the next
/// takes its place.
/// \throws FileError 65 where it belongs to another scenario or shard
[[nodiscard]] std::optional<PartFile> read_checkpoint(RunTarget const& target);

}  // namespace brink
