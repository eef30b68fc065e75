// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/fan_statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "host/statistics/binomial.hpp"
#include "tests/unit/host/statistics/statistics_fixture.hpp"

namespace brink {
namespace {

using test::levels;

constexpr float float_inf = std::numeric_limits<float>::infinity();
constexpr float float_nan = std::numeric_limits<float>::quiet_NaN();

TEST(FanStatistics, QuantilesAndIntervalsAreThoseOfASort)
{
    std::mt19937_64 engine(1);
    std::normal_distribution<float> normal;
    std::vector<float> values(10'000);
    for (float& value : values)
        value = normal(engine);
    FanStatistics fan(levels({"0.01", "0.05", "0.5", "0.99"}), 0.95);

    FanRow const row = fan.row(values);

    std::sort(values.begin(), values.end());
    for (std::size_t i = 0; i < fan.levels().size(); ++i) {
        DecimalLevel const& level = fan.levels()[i];
        RankInterval const ranks = quantile_ranks(level, values.size(), 0.95);
        EXPECT_EQ(row.points[i].value, values[level.rank(values.size()) - 1]);
        EXPECT_EQ(row.points[i].lo, values[ranks.lo - 1]);
        EXPECT_EQ(row.points[i].hi, values[ranks.hi - 1]);
    }
}

TEST(FanStatistics, InvalidPathsAreCountedApartAndInfinityIsAValue)
{
    std::vector<float> const values{3, float_nan, float_inf, 1, 2, -7};
    std::vector<std::uint8_t> const invalid{0, 0, 0, 0, 0, 1};
    FanStatistics fan(levels({"0.25", "0.5", "0.99"}), 0.95);

    FanRow const row = fan.row(values, invalid);

    EXPECT_EQ(row.count, 4U);
    EXPECT_EQ(row.num_invalid, 2U);
    EXPECT_EQ(row.points[0].value, 1);
    EXPECT_EQ(row.points[1].value, 2);
    EXPECT_EQ(row.points[2].value, float_inf);
}

TEST(FanStatistics, TooFewPathsHaveOpenIntervalsAndNoneHaveNoNumbers)
{
    FanStatistics fan(levels({"0.5"}), 0.95);

    FanRow const three = fan.row(std::vector<float>{1, 2, 3});
    FanRow const none = fan.row(std::vector<float>{float_nan, float_nan});

    EXPECT_EQ(three.points[0].value, 2);
    EXPECT_EQ(three.points[0].lo, -float_inf);
    EXPECT_EQ(three.points[0].hi, float_inf);
    EXPECT_TRUE(std::isnan(none.points[0].value));
    EXPECT_TRUE(std::isnan(none.points[0].lo));
}

TEST(FanStatistics, RowsAreTimes)
{
    FanStatistics fan(levels({"0.5"}), 0.95);

    auto const rows = fan.rows(std::vector<float>{1, 2, 3, 30, 20, 10}, 3);

    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].points[0].value, 2);
    EXPECT_EQ(rows[1].points[0].value, 20);
}

}  // namespace
}  // namespace brink
