// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace brink {

/// Fixed block of zeroed memory whose pages take room when they are first touched: anonymous, or a
/// file that has no name (it vanishes with the process, however that ends). Owns the mapping.
class MappedBuffer {
    void* data_{nullptr};
    std::size_t bytes_{0};
    bool in_file_{false};

    void map_file(std::string const& directory);

  public:
    /// \param directory where to put the file; empty = memory
    /// \throws std::system_error with the failing call and the directory; ENOSPC where the disk has
    ///   no room, which is found here and not at the first write
    MappedBuffer(std::size_t bytes, std::string const& directory);
    ~MappedBuffer();

    MappedBuffer(MappedBuffer&& other) noexcept;
    MappedBuffer& operator=(MappedBuffer&& other) noexcept;
    MappedBuffer(MappedBuffer const&) = delete;
    MappedBuffer& operator=(MappedBuffer const&) = delete;

    void* data() const { return data_; }
    std::size_t bytes() const { return bytes_; }
    bool in_file() const { return in_file_; }

    /// Give resident pages of a file back to the system; the contents stay. No effect on memory.
    void release_resident() const;
};

}  // namespace brink
