// SPDX-License-Identifier: Apache-2.0
#include "models/rng/normal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace brink {
namespace {

/// Radius and angle in extended precision, from the documented cells.
struct Polar {
    long double radius, angle;
};
template<class T>
Polar exact_polar(std::uint32_t radius_word, std::uint32_t angle_word)
{
    long double const u = ((radius_word >> 1) + 0.5L) * 0x1p-31L;
    long double const cell =
        is_single<T> ? ((angle_word >> 9) | 1u) * 0x1p-23L : (angle_word + 0.5L) * 0x1p-32L;
    long double const quarter = std::numbers::pi_v<long double> / 2;
    long double angle = quarter * (cell - 0.5L);
    if ((angle_word & 1u) != 0)
        angle = quarter - angle;  // sine and cosine swapped
    if ((angle_word & 2u) != 0)   // the cosine of the eighth turn mirrored
        angle = (angle_word & 1u) != 0 ? -angle : 2 * quarter - angle;
    return {std::sqrt(-2 * std::log(u)), angle};
}

template<class T>
long double largest_difference(int count)
{
    std::mt19937 generator(4);
    long double largest = 0;
    for (int i = 0; i < count; ++i) {
        auto const radius_word = static_cast<std::uint32_t>(generator());
        auto const angle_word = static_cast<std::uint32_t>(generator());
        auto const pair = normal_pair<T>(radius_word, angle_word);
        Polar const exact = exact_polar<T>(radius_word, angle_word);
        largest = std::max({largest, std::abs(pair.cosine - exact.radius * std::cos(exact.angle)),
                            std::abs(pair.sine - exact.radius * std::sin(exact.angle))});
    }
    return largest;
}

/// Largest relative error of r^2 for u <= 1/2.
template<class T>
long double largest_radius_error(int count)
{
    std::mt19937 generator(6);
    long double largest = 0;
    for (int i = 0; i < count; ++i) {
        auto const word = static_cast<std::uint32_t>(generator()) >> (1 + i % 31);
        long double const exact = -2 * std::log(((word >> 1) + 0.5L) * 0x1p-31L);
        largest = std::max(largest, std::abs(squared_radius<T>(word) / exact - 1));
    }
    return largest;
}

// The documented bounds; float also rounds u by 2^-25, which is 2^-25 * 2 / (2 ln 2) of r^2 or
// less, and its sum by half an epsilon.
TEST(NormalPair, SquaredRadiusHoldsItsErrorBound)
{
    EXPECT_LT(largest_radius_error<float>(300'000), 3e-7L + 0x1p-25L / 0.693L + 0x1p-24L);
    EXPECT_LT(largest_radius_error<double>(300'000), 1e-12L);
}

// Float: u is rounded to 2^-25 relative, so r = sqrt(-2 ln u) is off by 2^-25 / r; over 1e6 draws r
// comes down to about 1e-3 (chance r^2 / 2 each), which gives 3e-5. Double: the series are good to
// 1e-12 relative and |z| <= 6.66.
TEST(NormalPair, IsCosineThenSineOfTheDocumentedAngle)
{
    EXPECT_LT(largest_difference<float>(1'000'000), 6e-5L);
    EXPECT_LT(largest_difference<double>(1'000'000), 1e-11L);
}

TEST(NormalPair, FloatAndDoubleAgreeToTheirCells)
{
    std::mt19937 generator(5);
    for (int i = 0; i < 100'000; ++i) {
        auto const radius_word = static_cast<std::uint32_t>(generator());
        auto const angle_word = static_cast<std::uint32_t>(generator());
        auto const narrow = normal_pair<float>(radius_word, angle_word);
        auto const wide = normal_pair<double>(radius_word, angle_word);
        // angle cells of 2^-22 quarter turns times r <= 6.66, and the radius error as above
        ASSERT_NEAR(narrow.cosine, wide.cosine, 1e-4);
        ASSERT_NEAR(narrow.sine, wide.sine, 1e-4);
    }
}

TEST(NormalPair, LargestRadiusIsThatOfTheSmallestCell)
{
    double const largest = std::sqrt(64 * std::numbers::ln2);  // u = 2^-32
    auto const narrow = normal_pair<float>(0, 0x80000000u);
    auto const wide = normal_pair<double>(0, 0x80000000u);

    EXPECT_NEAR(std::hypot(wide.cosine, wide.sine), largest, 1e-11);
    EXPECT_NEAR(std::hypot(narrow.cosine, narrow.sine), largest, 3e-6);
    EXPECT_LT(largest, 6.7);
}

TEST(NormalPair, RadiusNearZeroIsNotNan)
{
    for (std::uint32_t word : {0xffffffffu, 0xfffffffeu, 0xffffff00u, 0xffff0000u}) {
        EXPECT_GE(normal_pair<float>(word, 0).cosine, 0.0f) << word;
        EXPECT_GE(normal_pair<double>(word, 0).cosine, 0.0) << word;
    }
}

TEST(NormalPair, LowBitsChooseEachQuadrantOnce)
{
    // Angle word with the middle of the eighth turn, so sine is near 0 and cosine near r.
    std::uint32_t const middle = 0x80000000u;
    double const r = normal_pair<double>(0x10000000u, middle).cosine;

    auto const swapped = normal_pair<double>(0x10000000u, middle | 1u);
    auto const mirrored = normal_pair<double>(0x10000000u, middle | 2u);
    auto const both = normal_pair<double>(0x10000000u, middle | 3u);

    EXPECT_GT(r, 0.0);
    EXPECT_NEAR(swapped.sine, r, 1e-6);
    EXPECT_NEAR(mirrored.cosine, -r, 1e-6);
    EXPECT_NEAR(both.sine, -r, 1e-6);
}

}  // namespace
}  // namespace brink
