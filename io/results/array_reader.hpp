// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_reader.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace brink {

/// Reads arrays that are left out where they are empty.
struct ArrayReader {
    hdf5::GroupReader const& group;

    [[nodiscard]] std::vector<std::uint64_t> counts(std::string_view name) const
    {
        return group.has(name) ? group.counts(name) : std::vector<std::uint64_t>{};
    }
    [[nodiscard]] std::vector<double> doubles(std::string_view name) const
    {
        return group.has(name) ? group.doubles(name) : std::vector<double>{};
    }
    [[nodiscard]] std::vector<float> floats(std::string_view name) const
    {
        return group.has(name) ? group.floats(name) : std::vector<float>{};
    }
};

/// \throw hdf5::Error where arrays that belong together have other sizes than that
inline void require_fit(bool fits)
{
    if (!fits)
        throw hdf5::Error{"the saved statistics do not fit together"};
}

}  // namespace brink
