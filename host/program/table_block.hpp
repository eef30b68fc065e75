// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "models/core/tables.hpp"

namespace brink {

/// One block of memory that tables are appended to. Entries refer to each other by offset only, so
/// the block may be copied anywhere that is aligned to `alignment`, to a device as well.
class TableBlock {
  public:
    static constexpr std::size_t alignment = 64;  ///< [bytes] of the block and of every table

    /// \throws std::length_error above 4 GiB, where offsets end
    template<class U>
    Slice<U> append(std::span<U const> entries)
    {
        static_assert(std::is_trivially_copyable_v<U> && alignof(U) <= alignment);
        std::size_t const offset = units_.size() * alignment;
        std::size_t const bytes = entries.size_bytes();
        if (offset + bytes > std::numeric_limits<std::uint32_t>::max())
            throw std::length_error{"the tables of the path program exceed 4 GiB"};
        units_.resize(units_.size() + (bytes + alignment - 1) / alignment);
        if (bytes > 0)
            std::memcpy(units_.data() + offset / alignment, entries.data(), bytes);
        return {static_cast<std::uint32_t>(offset), static_cast<std::int32_t>(entries.size())};
    }
    template<class U>
    Slice<U> append(std::vector<U> const& entries)
    {
        return append(std::span<U const>{entries});
    }

    /// Replace the entries of a table by as many others.
    template<class U>
    void overwrite(Slice<U> slice, std::span<U const> entries)
    {
        if (entries.size() != static_cast<std::size_t>(slice.size))
            throw std::length_error{"a table of the path program keeps its size"};
        if (!entries.empty())
            std::memcpy(reinterpret_cast<std::byte*>(units_.data()) + slice.offset, entries.data(),
                        entries.size_bytes());
    }

    [[nodiscard]] std::byte const* data() const
    {
        return reinterpret_cast<std::byte const*>(units_.data());
    }
    [[nodiscard]] std::size_t bytes() const { return units_.size() * alignment; }

  private:
    struct alignas(alignment) Unit {
        std::byte bytes[alignment];
    };
    std::vector<Unit> units_;
};

}  // namespace brink
