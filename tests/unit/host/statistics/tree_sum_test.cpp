// SPDX-License-Identifier: Apache-2.0
#include "kernels/reduce/tree_sum.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "kernels/reduce/row_tree_sum.hpp"

namespace brink {
namespace {

std::vector<double> random_leaves(std::size_t count, std::uint64_t seed)
{
    std::mt19937_64 engine(seed);
    std::vector<double> leaves(count);
    // Magnitudes from 2^-20 to 2^20, so that almost every order of adding rounds differently.
    for (double& leaf : leaves)
        leaf = std::ldexp(static_cast<double>(engine() >> 11) * 0x1p-53 - 0.5,
                          static_cast<int>(engine() % 41) - 20);
    return leaves;
}

/// The definition, written as it reads: pad to a power of two, add neighbours level by level.
double by_definition(std::vector<double> leaves, std::size_t width)
{
    leaves.resize(width, 0.0);
    for (; leaves.size() > 1; leaves.resize(leaves.size() / 2))
        for (std::size_t i = 0; i < leaves.size() / 2; ++i)
            leaves[i] = leaves[2 * i] + leaves[2 * i + 1];
    return leaves[0] + 0.0;
}

std::uint64_t bits(double value)
{
    return std::bit_cast<std::uint64_t>(value);
}

TEST(TreeSum, AddsNeighboursFirst)
{
    // 1 is lost next to 2^53 but two of them are not: left to right gives 2^53.
    std::vector<double> const leaves{0x1p53, 0.0, 1.0, 1.0};

    EXPECT_EQ(tree_sum(leaves.data(), 4), 0x1p53 + 2);
    EXPECT_NE(((leaves[0] + leaves[1]) + leaves[2]) + leaves[3], 0x1p53 + 2);
}

TEST(TreeSum, IsTheDefinitionForEveryLengthUpTo300AndLarger)
{
    for (std::size_t count = 0; count <= 300; ++count) {
        auto const leaves = random_leaves(count, count + 1);
        EXPECT_EQ(bits(tree_sum(leaves.data(), count)), bits(by_definition(leaves, 512))) << count;
    }
    for (std::size_t count : {4095U, 65'535U, 65'536U, 65'537U}) {
        auto const leaves = random_leaves(count, count);
        EXPECT_EQ(bits(tree_sum(leaves.data(), count)), bits(by_definition(leaves, 1U << 17)))
            << count;
    }
}

TEST(TreeSum, DoesNotDependOnTheWidthOfThePadding)
{
    auto const leaves = random_leaves(77, 5);

    for (std::size_t width : {128U, 256U, 65'536U})
        EXPECT_EQ(bits(by_definition(leaves, width)), bits(tree_sum(leaves.data(), 77))) << width;
}

TEST(TreeSum, NegativeZeroBecomesPositiveInEveryForm)
{
    std::vector<double> const zeros(64, -0.0);

    for (std::uint64_t count : {0U, 1U, 2U, 3U, 4U})
        EXPECT_EQ(bits(tree_sum(zeros.data(), count)), bits(0.0)) << count;
}

TEST(TreeSum, GroupsOfAnyAlignedSizesGiveTheBitsOfSingleLeaves)
{
    std::mt19937_64 engine(3);
    for (int trial = 0; trial < 200; ++trial) {
        std::size_t const count = 1 + engine() % 3000;
        auto const leaves = random_leaves(count, engine());
        TreeSum grouped;
        for (std::size_t first = 0; first < count;) {
            int const alignment = first == 0 ? 11 : std::countr_zero(first);
            int level = static_cast<int>(engine() % 12);
            while (level > alignment || first + (std::size_t{1} << level) > count)
                --level;
            grouped.push_group(tree_sum(leaves.data() + first, std::uint64_t{1} << level), level);
            first += std::size_t{1} << level;
        }

        EXPECT_EQ(grouped.num_leaves(), count);
        EXPECT_EQ(bits(grouped.value()), bits(tree_sum(leaves.data(), count))) << count;
    }
}

TEST(TreeSum, ValueCanBeReadBeforeTheEnd)
{
    auto const leaves = random_leaves(100, 8);
    TreeSum sum;

    for (std::size_t i = 0; i < leaves.size(); ++i) {
        sum.push(leaves[i]);
        EXPECT_EQ(bits(sum.value()), bits(tree_sum(leaves.data(), i + 1)));
    }
}

TEST(RowTreeSum, EveryCellHasTheBitsOfItsOwnTree)
{
    constexpr std::size_t width = 7;
    constexpr int level = 3;
    constexpr std::size_t groups = 21;
    auto const leaves = random_leaves(width * groups * 8, 4);  // [cell][path]
    std::vector<double> workspace(RowTreeSum::workspace_size(width, 10));
    RowTreeSum rows(workspace.data(), width);
    std::vector<double> row(width);

    for (std::size_t group = 0; group < groups; ++group) {
        for (std::size_t cell = 0; cell < width; ++cell)
            row[cell] = tree_sum(&leaves[cell * groups * 8 + group * 8], 8);
        rows.push_group(row.data(), level);
    }
    rows.value(row.data());

    for (std::size_t cell = 0; cell < width; ++cell)
        EXPECT_EQ(bits(row[cell]), bits(tree_sum(&leaves[cell * groups * 8], groups * 8)));
}

}  // namespace
}  // namespace brink
