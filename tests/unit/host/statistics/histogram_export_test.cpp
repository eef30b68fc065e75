// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/histogram_export.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

namespace brink {
namespace {

Histogram exported(std::vector<double> const& values, std::uint32_t max_bins = 200)
{
    BodyHistogram body;
    double smallest = std::numeric_limits<double>::infinity();
    for (double const value : values) {
        body.add({histogram_bin(value), 1, value});
        smallest = std::min(smallest, value);
    }
    return compact_histogram(body, smallest, max_bins);
}

/// Values, hard to bin: a large atom, a bulk of both signs, a tail over many powers of ten.
std::vector<double> hard_values(std::size_t count)
{
    std::mt19937_64 engine(1);
    std::normal_distribution<double> normal;
    std::vector<double> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        double const z = normal(engine);
        values[i] = i % 3 == 0 ? 0.0 : i % 3 == 1 ? 100 * z : std::exp(5 * z);
    }
    return values;
}

TEST(CompactHistogram, EveryValueIsInExactlyItsBin)
{
    auto values = hard_values(100'000);
    Histogram const histogram = exported(values);
    std::sort(values.begin(), values.end());

    ASSERT_EQ(histogram.edges.size(), histogram.counts.size() + 1);
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        EXPECT_LT(histogram.edges[i], histogram.edges[i + 1]);
        auto const from = std::lower_bound(values.begin(), values.end(), histogram.edges[i]);
        auto const to = std::lower_bound(values.begin(), values.end(), histogram.edges[i + 1]);
        EXPECT_EQ(histogram.counts[i], static_cast<std::uint64_t>(to - from)) << i;
    }
    EXPECT_EQ(std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::uint64_t{0}),
              values.size());
}

TEST(CompactHistogram, NeverHasMoreBinsThanAskedFor)
{
    std::vector<double> combs;
    for (int i = 0; i < 3'000; ++i)
        combs.push_back(i * 1.0);
    for (std::uint32_t max_bins : {3U, 10U, 57U, 200U}) {
        EXPECT_LE(exported(hard_values(50'000), max_bins).counts.size(), max_bins);
        EXPECT_LE(exported(combs, max_bins).counts.size(), max_bins);
    }
}

TEST(CompactHistogram, ABinBeginsAtALargeAtom)
{
    Histogram const histogram = exported(hard_values(100'000));

    EXPECT_EQ(std::count(histogram.edges.begin(), histogram.edges.end(), 0.0), 1);
}

TEST(CompactHistogram, ResolvesTheBulkBesideAFarTail)
{
    auto const values = hard_values(100'000);
    Histogram const histogram = exported(values);

    // A third of the values is normal with sd 100; the largest of the tail is near e^21.
    auto const in_bulk = [](double edge) { return std::abs(edge) < 200; };
    EXPECT_GT(histogram.edges.back(), 1e8);
    EXPECT_GE(std::count_if(histogram.edges.begin(), histogram.edges.end(), in_bulk), 4);
}

TEST(CompactHistogram, NoBinIsTooThinToDraw)
{
    std::vector<double> values = hard_values(100'000);
    for (double& value : values)
        value = std::clamp(value, -300.0, 500.0);  // atoms at both ends as well
    Histogram const histogram = exported(values);

    double const range = histogram.edges.back() - histogram.edges.front();
    for (std::size_t i = 1; i + 2 < histogram.edges.size(); ++i)
        EXPECT_GE(histogram.edges[i + 1] - histogram.edges[i], range / 66 / 16) << i;
}

TEST(CompactHistogram, SmallAndDegenerateSamples)
{
    EXPECT_TRUE(exported({}).counts.empty());
    EXPECT_TRUE(exported({}).edges.empty());
    EXPECT_EQ(exported({5, 5, 5}).counts, (std::vector<std::uint64_t>{3}));
    EXPECT_EQ(exported({5, 5, 5}).edges.front(), 5);
    EXPECT_EQ(exported({0, 0}).counts, (std::vector<std::uint64_t>{2}));
    Histogram const two = exported({1, 1000});
    EXPECT_EQ(std::accumulate(two.counts.begin(), two.counts.end(), std::uint64_t{0}), 2U);
}

TEST(CompactHistogram, InfiniteValuesAreInNoBin)
{
    double const inf = std::numeric_limits<double>::infinity();

    Histogram const histogram = exported({1, 2, inf});

    EXPECT_EQ(std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::uint64_t{0}),
              2U);
    EXPECT_LT(histogram.edges.back(), 3);
}

}  // namespace
}  // namespace brink
