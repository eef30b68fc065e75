// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "models/core/normal_cdf.hpp"

namespace brink {
namespace {

/// Distribution function by the C library.
double reference(double z)
{
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

/// exp(-z^2 / 2) of a rounded square is off by z^2 / 2 roundings.
template<class T>
double allowed(double z)
{
    return 4.0 * (1.0 + z * z / 2.0) * static_cast<double>(std::numeric_limits<T>::epsilon());
}

TEST(NormalCdf, IsThatOfTheCLibraryInDouble)
{
    for (double z = -37.0; z <= 9.0; z += 0.0137)
        EXPECT_NEAR(normal_cdf(z), reference(z), allowed<double>(z) * reference(z)) << z;
}

TEST(NormalCdf, IsThatOfTheCLibraryInFloat)
{
    for (float z = -12.0f; z <= 6.0f; z += 0.0137f)
        EXPECT_NEAR(normal_cdf(z), reference(z), allowed<float>(z) * reference(z)) << z;
}

TEST(NormalCdf, IsAHalfAtZeroAndSaturates)
{
    EXPECT_DOUBLE_EQ(normal_cdf(0.0), 0.5);
    EXPECT_EQ(normal_cdf(1e300), 1.0);
    EXPECT_LT(normal_cdf(-1e300), 1e-290);
    EXPECT_EQ(normal_cdf(1e30f), 1.0f);
    EXPECT_LT(normal_cdf(-1e30f), 1e-30f);
}

TEST(NormalCdf, NeverFalls)
{
    float last = 0.0f;
    for (float z = -12.0f; z < 6.0f; z += 1e-3f) {
        EXPECT_GE(normal_cdf(z) * (1.0f + 4e-7f * (1.0f + z * z)), last) << z;
        last = normal_cdf(z);
    }
}

}  // namespace
}  // namespace brink
