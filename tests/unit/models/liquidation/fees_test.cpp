// SPDX-License-Identifier: Apache-2.0
#include "models/liquidation/fees.hpp"

#include <gtest/gtest.h>

#include "models/liquidation/storefront.hpp"

namespace brink {
namespace {

TEST(RampedFee, StaysWithinTheGraceAndThenCountsAllOfTheTime)
{
    FeeRamp const ramp{0.001, 0.05, 10};

    EXPECT_EQ(ramped_fee(0.02, ramp, 9.999), 0.02);
    EXPECT_DOUBLE_EQ(ramped_fee(0.02, ramp, 10), 0.03);
    EXPECT_DOUBLE_EQ(ramped_fee(0.02, ramp, 29.999), 0.049999);
    EXPECT_EQ(ramped_fee(0.02, ramp, 30), 0.05);
    EXPECT_EQ(ramped_fee(0.02, ramp, 1e9), 0.05);
}

TEST(RampedFee, IsConstantWithoutGrowthAndNeverBelowWhereItBegins)
{
    EXPECT_EQ(ramped_fee(0.02, {0, 0.05, 0}, 1e9), 0.02);
    EXPECT_EQ(ramped_fee(0.02, {0.001, 0.01, 0}, 100), 0.02);
}

/// 95 % of 5 % - 1 % - 20 / 1,000 = 2 %.
TEST(FreedMarginFee, IsWhatClosingLeaves)
{
    EXPECT_DOUBLE_EQ(freed_margin_fee(0.05, 0.05, 0.01, 20, 1'000), 0.019);
    EXPECT_EQ(freed_margin_fee(0.018, 0.05, 0.01, 20, 1'000), 0.018);
}

TEST(FreedMarginFee, IsNothingWhereNothingIsLeft)
{
    EXPECT_EQ(freed_margin_fee(0.05, 0.05, 0.01, 41, 1'000), 0);
    EXPECT_EQ(freed_margin_fee(0.05, 0.05, 0.1, 20, 1'000), 0);
    EXPECT_EQ(freed_margin_fee(0.05, 0.05, 0.01, 20, 0), 0);
}

TEST(Storefront, SharesTheDiscountOfAbsorbing)
{
    EXPECT_DOUBLE_EQ(storefront_price(0.5, 0.6), 0.8);
    EXPECT_EQ(storefront_price(0, 0.6), 1);
    EXPECT_DOUBLE_EQ(storefront_share(0.4, true), 0.6);
    EXPECT_EQ(storefront_share(0.4, false), 1);
}

TEST(Storefront, IsClosedAtTheTargetAndAbove)
{
    EXPECT_TRUE(is_storefront_open(99.99, 100));
    EXPECT_FALSE(is_storefront_open(100, 100));
    EXPECT_FALSE(is_storefront_open(0, 0));
    EXPECT_TRUE(is_storefront_open(-1, 0));
}

}  // namespace
}  // namespace brink
