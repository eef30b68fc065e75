// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"
#include "io/results/result_file.hpp"
#include "io/results/statistics_state.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// A run that is not whole: a checkpoint on the way, or the part that a shard has done.
struct PartFile {
    std::string kind;                                      ///< "checkpoint", "shard"
    Provenance provenance;                                 ///< `paths`: of the whole run
    std::uint64_t shard{1}, last_shard{1}, num_shards{1};  ///< more than one where it was merged
    std::uint64_t first_path{0};                           ///< of the shard
    std::uint64_t end_path{0};                             ///< of what it is asked to do
    std::vector<SavedRun> runs;                            ///< the base first
    std::uint64_t num_points{0};                           ///< of a sweep that it is asked to do
    SweepResult sweep;  ///< the points that were run so far, of the shard's share
};

/// Written as results are: a private file that is renamed when it is whole.
/// \throw FileError 73, 74 as write_result
void write_part(std::filesystem::path const& path, PartFile const& part,
                WritePolicy const& policy = {});

/// Tails are read when they are asked for: the file must stay until then.
/// \throw FileError 66 where there is no such file, 65 where it is no undamaged part, 74
[[nodiscard]] PartFile read_part(std::filesystem::path const& path);

/// What a finished result keeps so that more paths can be added: its whole chunks. Empty where it
/// was told to keep nothing. \throw as read_part
[[nodiscard]] std::vector<SavedRun> read_saved_runs(std::filesystem::path const& path);

/// What kind of file stands at `path`: its attribute `filetype`, empty where it has none.
/// \throw FileError as read_result
[[nodiscard]] std::string read_filetype(std::filesystem::path const& path);

}  // namespace brink
