// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "host/statistics/ordered_key.hpp"

namespace brink {

/// Bin of a value: the top 20 bits of the ordered key of float(value). A bin is 2^-11 of its power
/// of two wide, in relative terms 2.4e-4 to 4.9e-4.
inline std::uint32_t histogram_bin(double value)
{
    return ordered_key(static_cast<float>(value)) >> 12;
}

/// What doubles a bin can hold: all that round to one of its floats.
struct BinRange {
    double lo;
    double hi;
};
BinRange bin_range(std::uint32_t bin);

/// Some values of one bin.
struct BinCount {
    std::uint32_t bin;
    std::uint32_t count;
    double value;  ///< the one value of all, NaN where they differ
};

/// Where an order statistic lies: lo <= x <= hi; all three equal where it is known exactly.
struct OrderStatistic {
    double value;
    double lo;
    double hi;
};

/// Histogram over 2^20 bins of the float key, for the body of a distribution. Pages of 1,024 bins
/// come with their first value. A bin whose values are all equal stays exact, so atoms (no event, a
/// count, a time on the grid) keep their value. Adding is exact and commutes: no order matters.
class BodyHistogram {
  public:
    static constexpr std::uint32_t num_bins = 1U << 20;
    static constexpr std::uint32_t page_bins = 1024;
    static constexpr std::uint32_t num_pages = num_bins / page_bins;

    /// \param entry count >= 1
    void add(BinCount const& entry);
    void merge(BodyHistogram const& other);

    std::uint64_t count() const { return count_; }

    /// \param rank 1-based from the smallest, 1 <= rank <= count(). Midpoint of the bin with the
    ///   bin's range as lo and hi, or the exact value.
    OrderStatistic order_statistic(std::uint64_t rank) const;

    /// Bins in use, ascending.
    struct Filled {
        std::uint32_t bin;
        std::uint64_t count;
        double value;  ///< as in BinCount
    };
    std::vector<Filled> filled() const;
    void restore(Filled const& entry) { add(entry.bin, entry.count, entry.value); }

    std::size_t bytes() const;
    /// When every page is in use.
    static constexpr std::size_t max_bytes()
    {
        return num_pages * (sizeof(Page) + sizeof(Pointer));
    }

  private:
    struct Bin {
        std::uint64_t count{0};
        double value{0};
    };
    struct Page {
        std::uint64_t count{0};
        std::array<Bin, page_bins> bins{};
    };
    using Pointer = std::unique_ptr<Page>;

    void add(std::uint32_t bin, std::uint64_t count, double value);

    std::array<Pointer, num_pages> pages_{};
    std::uint64_t count_{0};
};

}  // namespace brink
