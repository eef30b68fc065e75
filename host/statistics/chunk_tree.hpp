// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

namespace brink {

/// Combines what chunks contributed by one fixed binary tree over chunk numbers: level 1 combines
/// chunks (0,1), (2,3), ..., level 2 pairs of those, and so on. A block of 2^level chunks therefore
/// is the same bits whoever combined it and when, so that runs can stop, go on, be split into
/// shards and merged in any grouping. Of n chunks at most log2(n) + 1 blocks are kept.
///
/// \tparam Node has `append(Node const& later)`, which need not be associative
template<class Node>
class ChunkTree {
  public:
    /// Chunks [first, first + 2^level), first a multiple of 2^level.
    struct Block {
        std::uint64_t first;
        std::uint64_t level;
        Node node;

        [[nodiscard]] std::uint64_t end() const { return first + (std::uint64_t{1} << level); }
    };

    /// Add what comes after all that was added before, chunk or block.
    /// \throws std::logic_error where it does not, or is not aligned
    void push(Block block)
    {
        if (block.first % (std::uint64_t{1} << block.level) != 0
            || (!blocks_.empty() && block.first < blocks_.back().end()))
            throw std::logic_error{"chunks were combined out of order"};
        while (!blocks_.empty() && is_left_sibling(blocks_.back(), block)) {
            Block left = std::move(blocks_.back());
            blocks_.pop_back();
            left.node.append(block.node);
            ++left.level;
            block = std::move(left);
        }
        blocks_.push_back(std::move(block));
    }
    void push(std::uint64_t chunk_idx, Node node) { push({chunk_idx, 0, std::move(node)}); }

    /// Ascending.
    [[nodiscard]] std::vector<Block> const& blocks() const { return blocks_; }

    /// All blocks combined from the first to the last; a default node where there are none.
    [[nodiscard]] Node total() const
    {
        if (blocks_.empty())
            return {};
        Node sum = blocks_.front().node;
        for (std::size_t i = 1; i < blocks_.size(); ++i)
            sum.append(blocks_[i].node);
        return sum;
    }

  private:
    std::vector<Block> blocks_;

    static bool is_left_sibling(Block const& left, Block const& right)
    {
        return left.level == right.level && left.end() == right.first
               && left.first % (std::uint64_t{2} << left.level) == 0;
    }
};

}  // namespace brink
