// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/reduce/tree_sum.hpp"

BRINK_BEGIN_ISA

/// Many `TreeSum`s in step: one per cell of a row (a cell is an account and an outcome). All cells
/// get a group of equal width in each call, so they share one counter. Gives each cell the bits of
/// its own `TreeSum`.
///
/// The memory is the caller's and need not be initialised: `workspace_size(width, levels)` doubles.
class RowTreeSum {
    double* partial_;  ///< shape [levels][width], row valid where the bit of count_ is set
    std::size_t width_;
    std::uint64_t count_{0};

  public:
    /// Number of doubles for chunks of at most 2^levels paths.
    static constexpr std::size_t workspace_size(std::size_t width, int levels)
    {
        return width * (static_cast<std::size_t>(levels) + 1);
    }

    RowTreeSum(double* workspace, std::size_t width) : partial_{workspace}, width_{width} {}

    void clear() { count_ = 0; }

    std::uint64_t num_leaves() const { return count_; }

    /// Add the tree sums of the next 2^level leaves of every cell; the leaves so far must be a
    /// multiple of that.
    /// \param row shape [width], overwritten
    void push_group(double* row, int level)
    {
        std::uint64_t const added = std::uint64_t{1} << level;
        for (; (count_ >> level & 1) != 0; ++level) {
            double const* const left = partial_ + static_cast<std::size_t>(level) * width_;
            for (std::size_t i = 0; i < width_; ++i)
                row[i] = left[i] + row[i];
        }
        double* const kept = partial_ + static_cast<std::size_t>(level) * width_;
        for (std::size_t i = 0; i < width_; ++i)
            kept[i] = row[i];
        count_ += added;
    }

    /// Sums of the leaves so far.
    /// \param sums shape [width], written
    void value(double* sums) const
    {
        for (std::size_t i = 0; i < width_; ++i)
            sums[i] = 0.0;
        for (int level = 0; (count_ >> level) != 0; ++level) {
            if ((count_ >> level & 1) == 0)
                continue;
            double const* const left = partial_ + static_cast<std::size_t>(level) * width_;
            for (std::size_t i = 0; i < width_; ++i)
                sums[i] = left[i] + sums[i];
        }
    }
};

BRINK_END_ISA
