// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/body_histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "host/statistics/bin_counter.hpp"
#include "tests/unit/host/statistics/statistics_fixture.hpp"

namespace brink {
namespace {

using test::inf;

BodyHistogram histogram_of(std::vector<double> const& values)
{
    BodyHistogram histogram;
    for (double const value : values)
        histogram.add({histogram_bin(value), 1, value});
    return histogram;
}

std::vector<double> spread_values(std::size_t count, std::uint64_t seed)
{
    std::mt19937_64 engine(seed);
    std::vector<double> values(count);
    for (double& value : values) {
        double const unit = static_cast<double>(engine() >> 11) * 0x1p-53 - 0.5;
        value = engine() % 4 == 0 ? static_cast<double>(engine() % 5)
                                  : std::ldexp(unit, static_cast<int>(engine() % 40) - 20);
    }
    return values;
}

TEST(OrderedKey, KeepsTheOrderOfTheNumbersAndInverts)
{
    std::vector<float> const ascending{-HUGE_VALF, -3e38F, -1.0F, -1e-40F, -0.0F,    0.0F,
                                       1e-45F,     1.0F,   1.5F,  3e38F,   HUGE_VALF};

    for (std::size_t i = 0; i < ascending.size(); ++i) {
        EXPECT_EQ(std::signbit(from_ordered_key(ordered_key(ascending[i]))),
                  std::signbit(ascending[i]));
        EXPECT_EQ(from_ordered_key(ordered_key(ascending[i])), ascending[i]);
        if (i > 0) {
            EXPECT_LT(ordered_key(ascending[i - 1]), ordered_key(ascending[i]));
        }
    }
}

TEST(BodyHistogram, TheRangeOfABinContainsEveryDoubleThatFallsIntoIt)
{
    std::vector<double> hard{0.0, 1e-300, -1e-300, 1e-46, 3.5e38, -3.5e38, 1e300, inf, -inf, 1.0};
    // Doubles that round up into the next bin, and just not.
    hard.push_back(2 - 0x1p-25);
    hard.push_back(2 - 0x1p-25 - 0x1p-52);
    hard.push_back(-2 + 0x1p-25);
    for (double const value : spread_values(10'000, 1))
        hard.push_back(value);

    for (double const value : hard) {
        BinRange const range = bin_range(histogram_bin(value));
        EXPECT_LE(range.lo, value);
        EXPECT_GE(range.hi, value);
    }
}

TEST(BodyHistogram, BinsAreNarrowerThanTheStatedResolution)
{
    for (double const value : {1.0, 1.9999, 123456.7, -0.003}) {
        BinRange const range = bin_range(histogram_bin(value));
        // 2^-11 of the power of two below, and one float rounding.
        EXPECT_LE(range.hi - range.lo, std::abs(value) * (0x1p-11 + 0x1p-23));
    }
}

TEST(BodyHistogram, OrderStatisticsLieInTheirBounds)
{
    auto values = spread_values(20'000, 2);
    auto const histogram = histogram_of(values);
    std::sort(values.begin(), values.end());

    for (std::size_t rank : {1U, 2U, 100U, 7'000U, 10'000U, 19'999U, 20'000U}) {
        OrderStatistic const x = histogram.order_statistic(rank);
        EXPECT_LE(x.lo, values[rank - 1]);
        EXPECT_GE(x.hi, values[rank - 1]);
        EXPECT_LE(x.lo, x.value);
        EXPECT_GE(x.hi, x.value);
    }
}

TEST(BodyHistogram, AnAtomKeepsItsExactValue)
{
    // 122,400 s needs more digits than a bin number has.
    auto const histogram = histogram_of({122'400, 122'400, 122'400, 5, 1e6 / 3});

    OrderStatistic const median = histogram.order_statistic(3);

    EXPECT_EQ(median.value, 122'400);
    EXPECT_EQ(median.lo, 122'400);
    EXPECT_EQ(median.hi, 122'400);
    EXPECT_EQ(histogram.order_statistic(5).value, 1e6 / 3);
}

TEST(BodyHistogram, TwoValuesInABinAreNoLongerExact)
{
    auto const histogram = histogram_of({122'400, 122'401});

    OrderStatistic const x = histogram.order_statistic(1);

    EXPECT_LT(x.lo, 122'400);
    EXPECT_GT(x.hi, 122'401);
}

TEST(BodyHistogram, MergingAnySplitIsOnePass)
{
    auto const values = spread_values(5'000, 3);
    auto const whole = histogram_of(values).filled();
    std::mt19937_64 engine(4);

    for (int trial = 0; trial < 5; ++trial) {
        BodyHistogram parts[3];
        for (double const value : values)
            parts[engine() % 3].add({histogram_bin(value), 1, value});
        parts[2].merge(parts[0]);
        parts[2].merge(parts[1]);
        auto const merged = parts[2].filled();
        ASSERT_EQ(merged.size(), whole.size());
        for (std::size_t i = 0; i < whole.size(); ++i) {
            EXPECT_EQ(merged[i].bin, whole[i].bin);
            EXPECT_EQ(merged[i].count, whole[i].count);
            EXPECT_TRUE(merged[i].value == whole[i].value
                        || (std::isnan(merged[i].value) && std::isnan(whole[i].value)));
        }
    }
}

TEST(BodyHistogram, MemoryFollowsThePagesInUse)
{
    BodyHistogram histogram;
    std::size_t const empty = histogram.bytes();

    histogram.add({histogram_bin(1.0), 1, 1.0});
    histogram.add({histogram_bin(1.1), 1, 1.1});

    EXPECT_LT(histogram.bytes() - empty, 20'000U);
    EXPECT_LE(histogram.bytes(), BodyHistogram::max_bytes());
}

TEST(BinCounter, CountsAsTheHistogramDoesInBothWaysOfSorting)
{
    BinCounter count_bins;
    for (std::size_t count : {0U, 1U, 64U, 255U, 256U, 5'000U, 65'536U}) {
        auto const values = spread_values(count, count + 9);
        auto const expected = histogram_of(values).filled();

        auto const counted = count_bins(values);

        ASSERT_EQ(counted.size(), expected.size()) << count;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            EXPECT_EQ(counted[i].bin, expected[i].bin);
            EXPECT_EQ(counted[i].count, expected[i].count);
            EXPECT_TRUE(counted[i].value == expected[i].value
                        || (std::isnan(counted[i].value) && std::isnan(expected[i].value)));
        }
    }
}

}  // namespace
}  // namespace brink
