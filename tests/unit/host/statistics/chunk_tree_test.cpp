// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/chunk_tree.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace brink {
namespace {

/// Writes down how it was combined.
struct Term {
    std::string text;

    void append(Term const& later) { text = "(" + text + " " + later.text + ")"; }
};

using Tree = ChunkTree<Term>;

Term leaf(std::uint64_t chunk)
{
    return {std::to_string(chunk)};
}

Tree tree_of(std::uint64_t first, std::uint64_t end)
{
    Tree tree;
    for (std::uint64_t chunk = first; chunk < end; ++chunk)
        tree.push(chunk, leaf(chunk));
    return tree;
}

TEST(ChunkTree, CombinesPairsOfPairs)
{
    EXPECT_EQ(tree_of(0, 1).total().text, "0");
    EXPECT_EQ(tree_of(0, 4).total().text, "((0 1) (2 3))");
    EXPECT_EQ(tree_of(0, 7).total().text, "((((0 1) (2 3)) (4 5)) 6)");
    EXPECT_EQ(Tree{}.total().text, "");
}

TEST(ChunkTree, KeepsBlocksThatAreAlignedToTheirSize)
{
    Tree const tree = tree_of(3, 9);
    ASSERT_EQ(tree.blocks().size(), 3U);
    EXPECT_EQ(tree.blocks()[0].node.text, "3");
    EXPECT_EQ(tree.blocks()[1].node.text, "((4 5) (6 7))");
    EXPECT_EQ(tree.blocks()[1].level, 2U);
    EXPECT_EQ(tree.blocks()[2].node.text, "8");
}

TEST(ChunkTree, GivesTheSameForEveryCut)
{
    constexpr std::uint64_t end = 41;
    std::string const wanted = tree_of(0, end).total().text;
    for (std::uint64_t a = 0; a <= end; ++a)
        for (std::uint64_t b = a; b <= end; ++b) {
            Tree merged;
            for (Tree const& part : {tree_of(0, a), tree_of(a, b), tree_of(b, end)})
                for (Tree::Block const& block : part.blocks())
                    merged.push(block);
            ASSERT_EQ(merged.total().text, wanted) << a << " " << b;
        }
}

TEST(ChunkTree, KeepsFewBlocks)
{
    EXPECT_EQ(tree_of(0, 1'023).blocks().size(), 10U);
    EXPECT_EQ(tree_of(0, 1'024).blocks().size(), 1U);
}

TEST(ChunkTree, DoesNotCombineOverAGap)
{
    Tree tree;
    tree.push(0, leaf(0));
    tree.push(2, leaf(2));
    EXPECT_EQ(tree.blocks().size(), 2U);
}

TEST(ChunkTree, RefusesChunksOutOfOrder)
{
    Tree tree = tree_of(0, 4);
    EXPECT_THROW(tree.push(3, leaf(3)), std::logic_error);
    EXPECT_THROW(tree.push({6, 2, leaf(6)}), std::logic_error);
}

}  // namespace
}  // namespace brink
