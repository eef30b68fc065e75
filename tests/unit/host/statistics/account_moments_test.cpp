// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/account_moments.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "host/statistics/binomial.hpp"
#include "tests/unit/host/statistics/statistics_fixture.hpp"

namespace brink {
namespace {

using test::nan;

constexpr double thresholds[2] = {0.5, 2.0};

AccountSumsShape two_by_three()
{
    AccountSumsShape shape;
    shape.num_accounts = 2;
    shape.num_outcomes = 3;  // loss, called, first_call_time
    shape.chunk_levels = 6;
    shape.num_thresholds = 2;
    shape.thresholds = thresholds;
    return shape;
}

std::vector<OutcomeKind> kinds()
{
    return {OutcomeKind::money, OutcomeKind::flag, OutcomeKind::time};
}

/// values [account][outcome][path], fed in chunks of 64 paths and groups of 2^level.
AccountMoments run(std::vector<double> const& values, std::size_t num_paths, int level,
                   std::vector<std::uint8_t> const& invalid)
{
    AccountSumsShape const shape = two_by_three();
    AccountMoments moments(shape, kinds(), 0.95);
    AccountChunk chunk(shape);
    std::size_t const width = std::size_t{1} << level;
    std::vector<double> group(3 * width);
    for (std::size_t first = 0; first < num_paths; first += 64) {
        std::size_t const end = std::min(first + 64, num_paths);
        chunk.reset();
        AccountSums sums(shape, chunk.memory());
        for (std::size_t begin = first; begin < end; begin += width) {
            std::size_t const lanes = std::min(width, end - begin);
            for (std::uint32_t account = 0; account < 2; ++account) {
                for (std::size_t i = 0; i < 3 * width; ++i)
                    group[i] =
                        i % width < lanes
                            ? values[(account * 3 + i / width) * num_paths + begin + i % width]
                            : 1e99;  // beyond the end: must not be read
                sums.add(account, group.data(), invalid.data() + begin, level,
                         static_cast<int>(lanes));
            }
            sums.end_group(level);
        }
        moments.merge(first / 64, static_cast<std::uint32_t>(end - first), chunk, sums);
    }
    moments.finish();
    return moments;
}

TEST(AccountMoments, HandSizedBook)
{
    // Account 0: losses 1, 2, 3, (invalid); called 0, 1, 1; times none, 10, 20. Account 1: all 0.
    std::vector<double> values{1, 2, 3, 99, 0, 1, 1, 1, nan, 10, 20, 5};
    values.resize(24, 0.0);

    AccountMoments const moments = run(values, 4, 2, {0, 0, 0, 1});

    EXPECT_EQ(moments.num_paths(), 4U);
    EXPECT_EQ(moments.num_invalid(0), 1U);
    EXPECT_DOUBLE_EQ(moments.mean(0, 0).value, 2);
    EXPECT_DOUBLE_EQ(moments.sd(0, 0).value, 1);
    EXPECT_DOUBLE_EQ(moments.mean(0, 0).se, 1 / std::sqrt(3.0));
    EXPECT_DOUBLE_EQ(moments.probability(0, 1).value, 2.0 / 3);
    EXPECT_EQ(moments.probability(0, 1).lo, clopper_pearson(2, 3, 0.95).lo);
    EXPECT_EQ(moments.count(0, 2), 2U);
    EXPECT_DOUBLE_EQ(moments.mean(0, 2).value, 15);
    EXPECT_DOUBLE_EQ(moments.exceedance(0, 0).value, 1);
    EXPECT_DOUBLE_EQ(moments.exceedance(0, 1).value, 1.0 / 3);  // 2 is not above 2
    EXPECT_EQ(moments.num_nonzero(0, 0), 3U);
    EXPECT_EQ(moments.mean(1, 0).value, 0);
    EXPECT_EQ(moments.probability(1, 1).value, 0);
    EXPECT_EQ(moments.estimates(0, 0).size(), 2U);
    EXPECT_EQ(moments.estimates(0, 1)[0].name, "prob");
}

TEST(AccountMoments, TheWidthOfGroupsChangesNoBit)
{
    constexpr std::size_t paths = 64 * 3 + 37;
    std::mt19937_64 engine(3);
    std::normal_distribution<double> normal;
    std::vector<double> values(6 * paths);
    for (double& value : values)
        value = engine() % 50 == 0 ? nan : normal(engine);
    std::vector<std::uint8_t> invalid(paths);
    for (std::uint8_t& flag : invalid)
        flag = engine() % 20 == 0 ? 1 : 0;

    AccountMoments const narrow = run(values, paths, 0, invalid);
    AccountMoments const wide = run(values, paths, 4, invalid);

    for (std::uint32_t account = 0; account < 2; ++account)
        for (std::uint32_t outcome : {0U, 2U}) {
            Estimate const a = narrow.mean(account, outcome);
            Estimate const b = wide.mean(account, outcome);
            EXPECT_EQ(std::bit_cast<std::uint64_t>(a.value), std::bit_cast<std::uint64_t>(b.value));
            EXPECT_EQ(std::bit_cast<std::uint64_t>(a.se), std::bit_cast<std::uint64_t>(b.se));
            EXPECT_EQ(a.n_tail, b.n_tail);
        }
}

TEST(AccountMoments, ASpreadWithinRoundingIsNone)
{
    std::vector<double> const values(6 * 640, 12.1);
    std::vector<std::uint8_t> const invalid(640, 0);

    AccountMoments const moments = run(values, 640, 3, invalid);

    EXPECT_EQ(moments.sd(0, 0).value, 0);
    EXPECT_NEAR(moments.mean(0, 0).value, 12.1, 1e-13);
}

TEST(AccountMoments, ChunksOutOfOrderAreRefused)
{
    AccountSumsShape const shape = two_by_three();
    AccountMoments moments(shape, kinds(), 0.95);
    AccountChunk chunk(shape);
    AccountSums const sums(shape, chunk.memory());

    moments.merge(4, 64, chunk, sums);

    EXPECT_THROW(moments.merge(4, 64, chunk, sums), std::logic_error);
}

}  // namespace
}  // namespace brink
