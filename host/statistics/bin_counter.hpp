// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "host/statistics/body_histogram.hpp"

namespace brink {

/// Counts one chunk's values into histogram bins by sorting their bin numbers: unlike counting into
/// the 2^20 bins this touches little memory, and hands the bins over in ascending order.
class BinCounter {
    std::vector<std::uint64_t> keys_;  ///< bin << 32 | place in the values
    std::vector<std::uint64_t> swapped_;

    void sort();

  public:
    /// \param values finite or infinite, at most 2^32
    /// \return the filled bins, ascending
    std::vector<BinCount> operator()(std::span<double const> values);
};

}  // namespace brink
