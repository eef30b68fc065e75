// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "host/statistics/body_histogram.hpp"
#include "host/statistics/mapped_buffer.hpp"

namespace brink {

/// Counts one chunk's values into histogram bins; `take` hands the filled bins over, in order of
/// first touch, and leaves all empty. 16 MiB of address space, of which touched pages take memory.
class BinScratch {
    struct Bin {
        double value;         ///< the one value of all, NaN where they differ
        std::uint64_t count;  ///< 0 = empty
    };
    MappedBuffer buffer_;
    std::vector<std::uint32_t> touched_;

    Bin* bins() const { return static_cast<Bin*>(buffer_.data()); }

  public:
    BinScratch() : buffer_{BodyHistogram::num_bins * sizeof(Bin), {}} {}

    /// Count `value` (not NaN) `count` >= 1 times.
    void add(double value, std::uint32_t count = 1)
    {
        std::uint32_t const idx = histogram_bin(value);
        Bin& bin = bins()[idx];
        if (bin.count == 0) {
            touched_.push_back(idx);
            bin.value = value;
        }
        bin.count += count;
        bin.value = bin.value == value ? value : std::numeric_limits<double>::quiet_NaN();
    }

    std::vector<BinCount> take()
    {
        std::vector<BinCount> filled;
        filled.reserve(touched_.size());
        for (std::uint32_t const idx : touched_) {
            Bin& bin = bins()[idx];
            filled.push_back({idx, static_cast<std::uint32_t>(bin.count), bin.value});
            bin.count = 0;
        }
        touched_.clear();
        return filled;
    }
};

}  // namespace brink
