// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstring>
#include <vector>

#include "models/core/tables.hpp"

namespace brink::test {

/// Tables for a functor under test, laid out as in a program's block.
class TableArena {
    std::vector<std::byte> bytes_;

  public:
    template<class T>
    Slice<T> put(std::vector<T> const& values)
    {
        std::size_t const offset = (bytes_.size() + 63) / 64 * 64;
        bytes_.resize(offset + values.size() * sizeof(T));
        if (!values.empty())
            std::memcpy(bytes_.data() + offset, values.data(), values.size() * sizeof(T));
        return {static_cast<std::uint32_t>(offset), static_cast<std::int32_t>(values.size())};
    }

    /// Valid until the next `put`.
    Tables tables() const { return {bytes_.data()}; }
};

}  // namespace brink::test
