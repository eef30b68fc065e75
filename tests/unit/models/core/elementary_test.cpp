// SPDX-License-Identifier: Apache-2.0
#include "models/core/elementary.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace brink {
namespace {

/// Largest |computed / exact - 1| of 2^x, in units of epsilon.
template<class T>
double largest_exp2_error(double low, double high, int count)
{
    long double largest = 0;
    for (int i = 0; i < count; ++i) {
        T const x = static_cast<T>(low + (high - low) * i / count);
        long double const exact = std::exp2(static_cast<long double>(x));
        largest = std::max(largest, std::abs(exp2_(x) / exact - 1));
    }
    return static_cast<double>(largest / std::numeric_limits<T>::epsilon());
}

/// Largest error of log2 x in units in the last place of the exact value.
template<class T>
double largest_log2_error(double low_log2, double high_log2, int count)
{
    long double largest = 0;
    for (int i = 0; i < count; ++i) {
        T const x = static_cast<T>(std::exp2(low_log2 + (high_log2 - low_log2) * i / count));
        long double const exact = std::log2(static_cast<long double>(x));
        if (exact == 0)
            continue;
        T const magnitude = static_cast<T>(std::abs(exact));
        T const ulp = std::nextafter(magnitude, std::numeric_limits<T>::infinity()) - magnitude;
        largest = std::max(largest, std::abs(log2_(x) - exact) / ulp);
    }
    return static_cast<double>(largest);
}

// The documented bounds: 1e-7 / 2^-23 = 0.84 and 3e-16 / 2^-52 = 1.35 epsilon; 2 units for log2.

TEST(Elementary, Exp2HoldsItsErrorBound)
{
    EXPECT_LT(largest_exp2_error<float>(-125.9, 125.9, 400'000), 0.84);
    EXPECT_LT(largest_exp2_error<double>(-1021.0, 1021.0, 400'000), 1.35);
    EXPECT_LT(largest_exp2_error<float>(-0.6, 0.6, 400'000), 0.84);
    EXPECT_LT(largest_exp2_error<double>(-0.6, 0.6, 400'000), 1.35);
}

TEST(Elementary, Exp2IsExactAtIntegers)
{
    for (int k = -126; k <= 126; ++k) {
        EXPECT_EQ(exp2_(static_cast<float>(k)), std::ldexp(1.0f, k));
        EXPECT_EQ(exp2_(static_cast<double>(k)), std::ldexp(1.0, k));
    }
}

TEST(Elementary, Exp2LimitsItsArgumentAndKeepsNan)
{
    EXPECT_EQ(exp2_(-1e9f), 0x1p-126f);
    EXPECT_EQ(exp2_(1e9f), 0x1p126f);
    EXPECT_EQ(exp2_(-std::numeric_limits<double>::infinity()), 0x1p-1022);
    EXPECT_TRUE(std::isnan(exp2_(std::numeric_limits<float>::quiet_NaN())));
    EXPECT_TRUE(std::isnan(exp2_(std::numeric_limits<double>::quiet_NaN())));
}

TEST(Elementary, UnlimitedExp2MakesNanOfInfinities)
{
    float const infinity = std::numeric_limits<float>::infinity();

    EXPECT_TRUE(std::isnan(exp2_in_range(infinity)));
    EXPECT_TRUE(std::isnan(exp2_in_range(-infinity)));
    EXPECT_TRUE(std::isnan(exp2_in_range(-static_cast<double>(infinity))));
}

TEST(Elementary, Log2HoldsItsErrorBound)
{
    EXPECT_LT(largest_log2_error<float>(-125.0, 127.0, 400'000), 2.0);
    EXPECT_LT(largest_log2_error<double>(-1021.0, 1023.0, 400'000), 2.0);
    EXPECT_LT(largest_log2_error<float>(-1.1, 1.1, 400'000), 2.0);
    EXPECT_LT(largest_log2_error<double>(-1.1, 1.1, 400'000), 2.0);
    EXPECT_LT(largest_log2_error<double>(-1e-6, 1e-6, 100'000), 2.0);
}

TEST(Elementary, Log2IsExactAtPowersOfTwo)
{
    for (int k = -126; k <= 127; ++k) {
        EXPECT_EQ(log2_(std::ldexp(1.0f, k)), static_cast<float>(k));
        EXPECT_EQ(log2_(std::ldexp(1.0, k)), static_cast<double>(k));
    }
}

TEST(Elementary, Log2OfWhatIsNotAPositiveNormalNumberIsNan)
{
    for (double x : {0.0, -0.0, -1.0, 1e-310, std::numeric_limits<double>::infinity(),
                     std::numeric_limits<double>::quiet_NaN()})
        EXPECT_TRUE(std::isnan(log2_(x))) << x;
    for (float x : {0.0f, -1.0f, 1e-40f, std::numeric_limits<float>::infinity()})
        EXPECT_TRUE(std::isnan(log2_(x))) << x;
}

TEST(Elementary, DecompositionShiftsTheExponent)
{
    auto const plain = decompose(3.0f);
    auto const shifted = decompose<31>(3.0f);

    EXPECT_EQ(plain.exponent, 2.0f);  // 3 = 2^2 (1 - 1/4)
    EXPECT_EQ(plain.excess, -0.25f);
    EXPECT_EQ(shifted.exponent, -29.0f);
    EXPECT_EQ(shifted.excess, -0.25f);
    EXPECT_EQ(decompose<31>(3.0).exponent, -29.0);
    EXPECT_EQ(decompose(1.25).excess, 0.25);
}

}  // namespace
}  // namespace brink
