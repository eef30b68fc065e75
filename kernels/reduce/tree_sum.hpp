// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/macros.hpp"

/// \file
/// The one way in which doubles are summed over paths, whatever ran them.
///
/// The tree. Leaves are numbered 0, 1, 2, ... in path order. Level 1 adds the pairs (0,1), (2,3),
/// ...; level 2 adds pairs of those; and so on up to one root. A leaf that is absent (beyond a
/// short last chunk, or a path that does not count) is +0.0, and the root is added to +0.0. Since x
/// + 0.0 is x for every x but -0.0, the padding to a power of two may have any width and every form
/// below returns the same bits. A warp may do it as additions of lanes i and i^1, i^2, i^4, ...:
/// addition commutes, the order of the levels does not.
///
/// Leaves must be finite: where inf or NaN enters, the result is not a number anyone should use.

BRINK_BEGIN_ISA

/// Sum of the 2^Level leaves `leaf(first)`, `leaf(first + 1)`, ...
template<int Level, class Leaf>
BRINK_FN double tree_block(Leaf const& leaf, std::uint64_t first)
{
    if constexpr (Level == 0) {
        return leaf(first);
    } else {
        constexpr std::uint64_t half = std::uint64_t{1} << (Level - 1);
        double const left = tree_block<Level - 1>(leaf, first);
        return left + tree_block<Level - 1>(leaf, first + half);
    }
}

/// Streaming form: takes leaves, or groups of leaves that are already tree-summed, in order.
class TreeSum {
    static constexpr int max_levels = 48;  ///< as many leaves as there are path ids

    double partial_[max_levels] = {};  ///< [level], valid where the bit of count_ is set
    std::uint64_t count_{0};           ///< leaves so far

  public:
    /// Add the tree sum of the next 2^level leaves; the leaves so far must be a multiple of that.
    BRINK_FN void push_group(double sum, int level)
    {
        std::uint64_t const added = std::uint64_t{1} << level;
        for (; (count_ >> level & 1) != 0; ++level)
            sum = partial_[level] + sum;
        partial_[level] = sum;
        count_ += added;
    }

    BRINK_FN void push(double leaf) { push_group(leaf, 0); }

    BRINK_FN std::uint64_t num_leaves() const { return count_; }

    /// Sum of the leaves so far; further ones may follow.
    BRINK_FN double value() const
    {
        double sum = 0.0;
        for (int level = 0; level < max_levels; ++level)
            if ((count_ >> level & 1) != 0)
                sum = partial_[level] + sum;
        return sum;
    }
};

/// Sum of `leaf(0)` ... `leaf(num_leaves - 1)`.
template<class Leaf>
BRINK_FN double tree_sum_of(std::uint64_t num_leaves, Leaf const& leaf)
{
    constexpr int level = 5;
    constexpr std::uint64_t width = std::uint64_t{1} << level;
    TreeSum sum;
    std::uint64_t i = 0;
    for (; i + width <= num_leaves; i += width)
        sum.push_group(tree_block<level>(leaf, i), level);
    for (; i < num_leaves; ++i)
        sum.push(leaf(i));
    return sum.value();
}

/// Sum of an array.
/// \param leaves shape [num_leaves], finite
BRINK_FN double tree_sum(double const* leaves, std::uint64_t num_leaves)
{
    return tree_sum_of(num_leaves, [leaves](std::uint64_t i) { return leaves[i]; });
}

BRINK_END_ISA
