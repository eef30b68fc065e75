// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/moments.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace brink {
namespace {

Moments of(std::vector<double> values)
{
    return chunk_moments(values.data(), nullptr, values.size(), values.size());
}

TEST(Moments, HandSizedSample)
{
    // 1, 2, 3, 6: mean 3, deviations -2, -1, 0, 3.
    Moments const m = of({1, 2, 3, 6});

    EXPECT_EQ(m.count, 4U);
    EXPECT_EQ(m.mean(), 3);
    EXPECT_EQ(m.m2, 4 + 1 + 9);
    EXPECT_EQ(m.m3, -8 - 1 + 27);
    EXPECT_EQ(m.m4, 16 + 1 + 81);
    EXPECT_DOUBLE_EQ(m.sd(), std::sqrt(14.0 / 3));
    EXPECT_DOUBLE_EQ(m.se_of_mean(), std::sqrt(14.0 / 3 / 4));
    // (98/4 - (14/3)^2 (1/3)) / 4 = 4.31..; divided by 2 s.
    double const variance_of_s2 = (98.0 / 4 - 196.0 / 9 / 3) / 4;
    EXPECT_DOUBLE_EQ(m.se_of_sd(), std::sqrt(variance_of_s2) / (2 * std::sqrt(14.0 / 3)));
}

TEST(Moments, EmptyAndSingleSamplesHaveNoMadeUpNumbers)
{
    Moments const none;
    Moments const one = of({7});

    EXPECT_TRUE(std::isnan(none.mean()));
    EXPECT_EQ(one.mean(), 7);
    EXPECT_TRUE(std::isnan(one.sd()));
    EXPECT_TRUE(std::isnan(one.se_of_mean()));
    EXPECT_TRUE(std::isnan(one.se_of_sd()));
}

TEST(Moments, AbsentPathsDoNotCountWhateverTheirValue)
{
    double const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> values{1, nan, 2, 3, nan, 6, -1e300};
    std::vector<std::uint8_t> const present{1, 0, 1, 1, 0, 1, 0};

    Moments const m = chunk_moments(values.data(), present.data(), values.size(), 4);

    EXPECT_EQ(m.mean(), 3);
    EXPECT_EQ(m.m2, 14);
    EXPECT_EQ(m.m4, 98);
}

TEST(Moments, AppendingChunksIsTheWholeSample)
{
    std::mt19937_64 engine(1);
    std::exponential_distribution<double> draw;
    std::vector<double> all(1000);
    for (double& value : all)
        value = draw(engine);
    Moments joined;

    for (std::size_t first = 0; first < all.size(); first += 64)
        joined.append(
            of({all.begin() + static_cast<std::ptrdiff_t>(first),
                all.begin()
                    + static_cast<std::ptrdiff_t>(std::min<std::size_t>(first + 64, all.size()))}));

    // Both are sums of 1,000 terms of one sign, but m3: relative error below 1000 * 2^-53 ~ 1e-13,
    // for m3 relative to the sum of |d|^3, which is a small multiple of m3 here.
    Moments const whole = of(all);
    EXPECT_NEAR(joined.sum, whole.sum, 1e-12 * whole.sum);
    EXPECT_NEAR(joined.m2, whole.m2, 1e-12 * whole.m2);
    EXPECT_NEAR(joined.m3, whole.m3, 1e-11 * whole.m3);
    EXPECT_NEAR(joined.m4, whole.m4, 1e-12 * whole.m4);
}

TEST(Moments, ALargeMeanCostsNoDigitsOfTheSpread)
{
    // Numbers of the form 2^40 + k are exact, so the spread must be that of k but for the rounding
    // of the means, 2^40 * 2^-53 each, against a spread of 1: below 1e-3 of it squared.
    std::vector<double> small(640), shifted(640);
    for (std::size_t i = 0; i < small.size(); ++i) {
        small[i] = static_cast<double>(i % 3);
        shifted[i] = 0x1p40 + small[i];
    }
    Moments near, far;
    for (std::size_t first = 0; first < small.size(); first += 64) {
        auto const begin = static_cast<std::ptrdiff_t>(first);
        near.append(of({small.begin() + begin, small.begin() + begin + 64}));
        far.append(of({shifted.begin() + begin, shifted.begin() + begin + 64}));
    }

    EXPECT_NEAR(far.sd(), near.sd(), 1e-6 * near.sd());
}

}  // namespace
}  // namespace brink
