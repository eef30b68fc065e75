// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <stdexcept>

namespace brink {

inline constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

/// A run needs more memory than there is (exit code 69); the message has both numbers.
class MemoryUnavailable : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What a run may take.
struct MemoryLimits {
    std::size_t available{no_limit};   ///< [bytes] of memory that can be had without swapping
    std::size_t spill_room{no_limit};  ///< [bytes] free where tail values may go to disk
};

/// MemAvailable of the system, or what the control group (version 1 or 2) leaves where that is
/// less; address space limits count too. `no_limit` where nothing can be read.
[[nodiscard]] std::size_t available_memory();

/// Free room for this user on the file system of `folder` or of its nearest parent that exists;
/// `no_limit` where that cannot be found out.
[[nodiscard]] std::size_t free_room(std::filesystem::path const& folder);

/// What the control group files below `root` leave: limit - usage, of a memory.max and
/// memory.current (version 2) or their namesakes of version 1. For tests too.
[[nodiscard]] std::size_t control_group_room(std::filesystem::path const& root);

}  // namespace brink
