// SPDX-License-Identifier: Apache-2.0
// The order in which a device reduces gives the bits of the host's summaries.
#include "host/statistics/from_device.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <random>

#include "tests/unit/kernels/emulated_reduction.hpp"

namespace brink {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Sample {
    std::vector<double> values;
    std::vector<std::uint8_t> invalid;
};

/// A column as paths leave it: an atom, both zeros, ties, neighbours in one bin, what its kind may
/// hold beside numbers, what it may not, and flagged paths.
Sample draw(OutcomeKind kind, std::size_t paths, std::uint32_t seed)
{
    std::mt19937_64 generator(seed);
    std::normal_distribution<double> normal;
    Sample sample;
    for (std::size_t i = 0; i < paths; ++i) {
        double value = 1e6 + 1e5 * normal(generator);
        switch (generator() % 12) {
            case 0:
                value = 0.0;
                break;
            case 1:
                value = -0.0;
                break;
            case 2:
                value = 12'345.678;
                break;
            case 3:
                value = -value * 1e-9;
                break;
            case 4:
                value = nan;
                break;
            case 5:
                value = generator() % 2 == 0 ? inf : -inf;
                break;
            default:
                break;
        }
        if (kind == OutcomeKind::flag && generator() % 8 != 0)
            value = static_cast<double>(generator() % 2);
        sample.values.push_back(value);
        sample.invalid.push_back(generator() % 50 == 0 ? 1 : 0);
    }
    return sample;
}

void expect_same_bits(double a, double b)
{
    EXPECT_EQ(std::bit_cast<std::uint64_t>(a), std::bit_cast<std::uint64_t>(b)) << a << " " << b;
}

void expect_same_numbers(ChunkSummary const& a, ChunkSummary const& b)
{
    EXPECT_EQ(a.chunk_idx, b.chunk_idx);
    EXPECT_EQ(a.num_paths, b.num_paths);
    EXPECT_EQ(a.num_invalid, b.num_invalid);
    EXPECT_EQ(a.num_absent, b.num_absent);
    EXPECT_EQ(a.num_infinite, b.num_infinite);
    EXPECT_EQ(a.num_zeros, b.num_zeros);
    EXPECT_EQ(a.num_events, b.num_events);
    EXPECT_EQ(a.moments.count, b.moments.count);
    expect_same_bits(a.moments.sum, b.moments.sum);
    expect_same_bits(a.moments.m2, b.moments.m2);
    expect_same_bits(a.moments.m3, b.moments.m3);
    expect_same_bits(a.moments.m4, b.moments.m4);
    expect_same_bits(a.smallest, b.smallest);
    expect_same_bits(a.largest, b.largest);
}

void expect_same_lists(ChunkSummary a, ChunkSummary b)
{
    ASSERT_EQ(a.bins.size(), b.bins.size());
    for (std::size_t i = 0; i < a.bins.size(); ++i) {
        ASSERT_EQ(a.bins[i].bin, b.bins[i].bin);
        ASSERT_EQ(a.bins[i].count, b.bins[i].count);
        ASSERT_TRUE(a.bins[i].value == b.bins[i].value
                    || (std::isnan(a.bins[i].value) && std::isnan(b.bins[i].value)));
    }
    EXPECT_EQ(a.tail, b.tail);
    ASSERT_EQ(a.worst.size(), b.worst.size());
    auto const by_risk = [](PathValue const& x, PathValue const& y) { return riskier(x, y); };
    std::sort(a.worst.begin(), a.worst.end(), by_risk);
    std::sort(b.worst.begin(), b.worst.end(), by_risk);
    for (std::size_t i = 0; i < a.worst.size(); ++i) {
        EXPECT_EQ(a.worst[i].path_id, b.worst[i].path_id);
        expect_same_bits(a.worst[i].value, b.worst[i].value);
    }
}

void expect_device_equals_host(OutcomeKind kind, std::size_t paths, TailCut const& cut)
{
    constexpr std::uint64_t chunk = 3, first_path = 3 * 65'536;
    std::uint32_t const num_worst = kind == OutcomeKind::flag ? 0 : 17;
    Sample const sample = draw(kind, paths, static_cast<std::uint32_t>(paths));
    ChunkColumn const column{chunk, first_path, static_cast<std::uint32_t>(paths),
                             sample.values.data(), sample.invalid.data()};

    ChunkSummary const host = ChunkSummariser{}(kind, num_worst, column, cut);
    ColumnRequest const request = column_request(0, 0, kind, num_worst, cut);
    ChunkSummary const device = summary_from_device(
        kind, num_worst, chunk,
        test::EmulatedReduction{request, sample.values, sample.invalid}(first_path));

    expect_same_numbers(host, device);
    expect_same_lists(host, device);
}

class DeviceReduction : public testing::TestWithParam<OutcomeKind> {};

TEST_P(DeviceReduction, HasTheBitsOfTheHostsSummaryForAnyNumberOfPaths)
{
    for (std::size_t const paths : {1, 2, 31, 32, 33, 1000, 1024, 1025, 40'001, 65'536})
        expect_device_equals_host(GetParam(), paths, {});
}

TEST_P(DeviceReduction, LeavesOutWhatTheHostLeavesOut)
{
    double const sign =
        GetParam() == OutcomeKind::lowest || GetParam() == OutcomeKind::time ? -1.0 : 1.0;
    expect_device_equals_host(GetParam(), 10'007, {sign * 1e6, sign * 1.1e6});
    // A value exactly at the cut stays.
    expect_device_equals_host(GetParam(), 10'007, {sign * 12'345.678, sign * 12'345.678});
}

TEST_P(DeviceReduction, OfNothingValidIsEmpty)
{
    Sample sample = draw(GetParam(), 64, 1);
    sample.invalid.assign(64, 1);
    ColumnSummary const column = test::EmulatedReduction{column_request(0, 0, GetParam(), 5, {}),
                                                         sample.values, sample.invalid}(0);

    EXPECT_EQ(column.num_invalid, 64U);
    EXPECT_EQ(column.moments.count, 0U);
    EXPECT_TRUE(column.bins.empty() && column.tail.empty() && column.worst.empty());
}

std::string kind_name(testing::TestParamInfo<OutcomeKind> const& info)
{
    constexpr std::array names{"money", "count", "lowest", "time", "flag"};
    return names.at(static_cast<std::size_t>(info.param));
}
INSTANTIATE_TEST_SUITE_P(Kinds, DeviceReduction,
                         testing::Values(OutcomeKind::money, OutcomeKind::count,
                                         OutcomeKind::lowest, OutcomeKind::time, OutcomeKind::flag),
                         kind_name);

TEST(ValueBin, IsTheHostsHistogramBin)
{
    std::mt19937_64 generator(11);
    for (int i = 0; i < 100'000; ++i) {
        auto const value = std::bit_cast<double>(generator());
        if (std::isnan(value))
            continue;
        ASSERT_EQ(value_bin(value), histogram_bin(value)) << value;
    }
    for (double const value : {0.0, -0.0, inf, -inf, 1e300, -1e300, 1e-320})
        EXPECT_EQ(value_bin(value), histogram_bin(value)) << value;
}

TEST(DeviceReductionOfParts, TakeEveryPathThatIsNotFlagged)
{
    Sample sample = draw(OutcomeKind::money, 1000, 9);
    for (double& value : sample.values)
        value = std::isfinite(value) ? value : 7.0;
    std::vector<double> leaves = sample.values;
    std::vector<std::uint8_t> present;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        present.push_back(sample.invalid[i] != 0 ? 0 : 1);
        leaves[i] = sample.invalid[i] != 0 ? 0.0 : leaves[i];
    }
    auto const count = static_cast<std::uint64_t>(std::count(present.begin(), present.end(), 1));

    Moments const host = chunk_moments(leaves.data(), present.data(), leaves.size(), count);
    Moments const device = moments_from_device(
        test::EmulatedReduction{{.kind = ColumnKind::part}, sample.values, sample.invalid}(0)
            .moments);

    EXPECT_EQ(host.count, device.count);
    expect_same_bits(host.sum, device.sum);
    expect_same_bits(host.m2, device.m2);
    expect_same_bits(host.m3, device.m3);
    expect_same_bits(host.m4, device.m4);
}

}  // namespace
}  // namespace brink
