// SPDX-License-Identifier: Apache-2.0
#include "models/core/real.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "models/core/interleave.hpp"
#include "models/core/pick.hpp"

namespace brink {
namespace {

template<class T>
class Real : public ::testing::Test {
  protected:
    static constexpr T infinity = std::numeric_limits<T>::infinity();
    static constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();
    static constexpr T epsilon = std::numeric_limits<T>::epsilon();
};
using RealTypes = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Real, RealTypes);

TYPED_TEST(Real, MultiplyAddRoundsOnce)
{
    // (1 + e)^2 - (1 + 2 e) = e^2, which a rounded product would lose.
    TypeParam const e = this->epsilon;

    EXPECT_EQ(madd(1 + e, 1 + e, -(1 + 2 * e)), e * e);
}

TYPED_TEST(Real, RunningExtremumPassesOnANanThatComesSecond)
{
    EXPECT_TRUE(std::isnan(vmin(TypeParam(1), this->not_a_number)));
    EXPECT_TRUE(std::isnan(vmax(TypeParam(1), this->not_a_number)));
    EXPECT_EQ(vmin(TypeParam(1), TypeParam(-2)), -2);
    EXPECT_EQ(vmax(TypeParam(1), TypeParam(-2)), 1);
}

TYPED_TEST(Real, InfiniteAndNanAreNotFinite)
{
    EXPECT_TRUE(is_finite(std::numeric_limits<TypeParam>::max()));
    EXPECT_TRUE(is_finite(TypeParam(0)));
    EXPECT_FALSE(is_finite(this->infinity));
    EXPECT_FALSE(is_finite(-this->infinity));
    EXPECT_FALSE(is_finite(this->not_a_number));
    EXPECT_FALSE(is_finite(-this->not_a_number));
}

TYPED_TEST(Real, AbsoluteValueClearsTheSignOfZero)
{
    EXPECT_EQ(vabs(TypeParam(-3.5)), 3.5);
    EXPECT_FALSE(std::signbit(vabs(TypeParam(-0.0))));
}

TYPED_TEST(Real, ScalarsAreOneLane)
{
    double const values[1] = {0.1};
    double stored[1];

    store_as_double(load_narrow<TypeParam>(values), stored);

    EXPECT_EQ(stored[0], static_cast<double>(static_cast<TypeParam>(0.1)));
    EXPECT_EQ(num_lanes<TypeParam>, 1);
    EXPECT_EQ(lane_bits(true), 1u);
    EXPECT_EQ(lane_bits(false), 0u);
    EXPECT_FALSE(any_lane(false));
}

TYPED_TEST(Real, PickTakesTheIndexedValue)
{
    TypeParam const values[3] = {5, 7, 11};

    EXPECT_EQ(pick(values, 0), 5);
    EXPECT_EQ(pick(values, 2), 11);
}

TYPED_TEST(Real, TwinOfScalarsIsTwoScalars)
{
    using Two = Twin<TypeParam>;
    Two const x{2, 3};

    Two const y = madd(x, Two(TypeParam(10)), Two{1, -1});
    auto const mask = y < Two(TypeParam(25));

    EXPECT_EQ(y.a, 21);
    EXPECT_EQ(y.b, 29);
    EXPECT_EQ(lane_bits(mask), 1u);
    EXPECT_EQ(lane_bits(!mask), 2u);
    EXPECT_EQ(select(mask, x, y).b, 29);
}

}  // namespace
}  // namespace brink
