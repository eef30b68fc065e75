// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "host/run/batch_buffers.hpp"
#include "host/statistics/mapped_buffer.hpp"
#include "host/sweep/paired_difference.hpp"

namespace brink {

/// The outcomes of some scopes on every path of a run, to be set beside those of another run.
class PathColumns {
    std::uint64_t paths_;
    std::uint64_t filled_{0};
    std::vector<std::size_t> scopes_;
    MappedBuffer values_;  ///< [scopes][outcomes][paths]
    MappedBuffer marks_;   ///< [scopes][paths]

  public:
    /// \param scopes of the run, whose outcomes are kept
    /// \param spill_directory where the numbers live as nameless files; empty = memory
    /// \throws std::system_error where there is no room
    PathColumns(std::uint64_t paths, std::vector<std::size_t> scopes,
                std::string const& spill_directory);

    /// What this takes.
    [[nodiscard]] static std::size_t bytes(std::uint64_t paths, std::size_t num_scopes);

    /// The chunk that comes next, from path 0 on. Its marks must be set: it was absorbed.
    void keep(ChunkView const& chunk);

    /// Of the paths kept so far. \param slot among the scopes that are kept
    [[nodiscard]] std::uint64_t num_paths() const { return filled_; }
    [[nodiscard]] PathValues of(std::size_t slot, std::size_t outcome) const;
};

}  // namespace brink
