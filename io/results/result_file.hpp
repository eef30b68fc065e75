// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/file_error.hpp"
#include "io/results/result.hpp"
#include "io/results/statistics_state.hpp"

#include <filesystem>
#include <functional>
#include <vector>

namespace brink {

struct WritePolicy {
    /// 0 (default): arrays lie uncompressed and contiguous. 1 to 9: shuffle and deflate, for arrays
    /// of more than 4,096 numbers; level 1 saves about a quarter of random losses at a twentieth of
    /// the speed, much more where most values are zero.
    int deflate_level{0};
};

/// Write a result file as docs/output-format.md describes it, under a private name that is renamed
/// when all of it is on the disk. Whatever fails, an existing file at `path` stays as it was.
/// Two calls with the same result write the same bytes.
/// \throw FileError 73 where the file cannot be created, 74 where the disk is full or fails
/// \throw std::invalid_argument, hdf5::Error (a std::runtime_error) for a result with shapes that
///        do not agree: a defect of the caller
/// A file size limit raises SIGXFSZ unless the program ignores that signal.
void write_result(std::filesystem::path const& path, Result const& result,
                  WritePolicy const& policy = {});

/// The same with what `saved` keeps of its whole chunks, so that paths can be added.
/// \param make_result called once, when `saved` is written: it may give up what that refers to
void write_result(std::filesystem::path const& path, std::vector<SavedRun> const& saved,
                  std::function<Result const&()> const& make_result, WritePolicy const& policy);

/// All of a result file, exactly as it was given to write_result.
/// \throw FileError 66 where there is no such file, 65 where it is not a complete and undamaged
///        result file of a schema version that this program knows, 74 where it cannot be read
[[nodiscard]] Result read_result(std::filesystem::path const& path);

/// Root attributes and /provenance only, cheap whatever the size of the file: beyond 64 MiB its
/// checksum is not looked at. \throw as read_result
[[nodiscard]] Provenance read_provenance(std::filesystem::path const& path);

/// The points of the sweep of a result; none where it has no sweep. \throw as read_result
[[nodiscard]] SweepResult read_sweep(std::filesystem::path const& path);

}  // namespace brink
