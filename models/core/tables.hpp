// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/core/macros.hpp"

namespace brink {

/// A table inside the program's one block of memory: byte offset and number of entries. Offsets
/// instead of pointers, so that the block can be copied to a device, or to shared memory, as it is.
template<class T>
struct Slice {
    std::uint32_t offset{0};  ///< [bytes] from the block's start
    std::int32_t size{0};     ///< entries

    bool operator==(Slice const&) const = default;
};

/// Read-only entries of a slice, usable in a range-for.
template<class T>
struct Entries {
    T const* first;
    std::int32_t count;

    BRINK_FN T const* begin() const { return first; }
    BRINK_FN T const* end() const { return first + count; }
    BRINK_FN T const& operator[](std::int32_t i) const { return first[i]; }
    BRINK_FN std::int32_t size() const { return count; }
};

/// Where the block lies (owner: host ProgramTables, or the CUDA executor's copy).
struct Tables {
    std::byte const* base{nullptr};

    template<class T>
    BRINK_FN Entries<T> operator[](Slice<T> slice) const
    {
        return {reinterpret_cast<T const*>(base + slice.offset), slice.size};
    }
};

}  // namespace brink
