// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "host/run/batch_buffers.hpp"
#include "host/statistics/mapped_buffer.hpp"
#include "host/sweep/paired_difference.hpp"
#include "io/results/statistics_state.hpp"

namespace brink {

/// The outcomes of some scopes on every path of a run, or of a shard of it, to be set beside those
/// of another run.
class PathColumns {
    std::uint64_t first_path_;
    std::uint64_t paths_;
    std::uint64_t filled_{0};
    std::vector<std::size_t> scopes_;
    MappedBuffer values_;  ///< [scopes][outcomes][paths]
    MappedBuffer marks_;   ///< [scopes][paths]

    void copy_in(std::size_t slot, std::size_t outcome, std::span<double const> values);
    void copy_in(std::size_t slot, std::uint8_t const* marks, std::uint64_t num_paths);

  public:
    /// \param first_path, paths that there is room for
    /// \param scopes of the run, whose outcomes are kept
    /// \param spill_directory where the numbers live as nameless files; empty = memory
    /// \throws std::system_error where there is no room
    PathColumns(std::uint64_t first_path, std::uint64_t paths, std::vector<std::size_t> scopes,
                std::string const& spill_directory);

    /// What this takes.
    [[nodiscard]] static std::size_t bytes(std::uint64_t paths, std::size_t num_scopes);

    /// The chunk that comes next. Its marks must be set: it was absorbed.
    void keep(ChunkView const& chunk);
    /// The paths that come next, as saved elsewhere, of the one scope that is kept.
    /// \return false where they do not come next: nothing was taken \throws as `read_values`
    [[nodiscard]] bool keep(SavedColumns const& saved);
    /// The one scope that is kept, on all paths before `end_path`. View.
    [[nodiscard]] SavedColumns save(std::uint64_t end_path) const;

    /// Of the paths kept so far. \param slot among the scopes that are kept
    [[nodiscard]] std::uint64_t num_paths() const { return filled_; }
    [[nodiscard]] PathValues of(std::size_t slot, std::size_t outcome) const;
};

}  // namespace brink
