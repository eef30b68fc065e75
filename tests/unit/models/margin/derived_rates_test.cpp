// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "models/margin/liquidity_ratio.hpp"
#include "models/margin/order_margin.hpp"
#include "models/market/kinked_rate.hpp"

namespace brink {
namespace {

TEST(KinkedRate, BendsAtTheKink)
{
    KinkedCurve const curve{0.01, 0.05, 0.3, 0.8};

    EXPECT_EQ(kinked_rate(curve, 0), 0.01);
    EXPECT_DOUBLE_EQ(kinked_rate(curve, 0.1), 0.015);
    EXPECT_DOUBLE_EQ(kinked_rate(curve, 0.8), 0.05);
    EXPECT_DOUBLE_EQ(kinked_rate(curve, 0.9), 0.08);
    EXPECT_DOUBLE_EQ(kinked_rate(curve, 1.1), 0.14);
}

TEST(LiquidityRatio, FallsWithVolatilityAndWithDebtPerLiquidity)
{
    EXPECT_NEAR(liquidity_ratio({0.1, 1e6, 2e5, 3, 0.05}), std::exp(-0.3 / std::sqrt(5)) - 0.05,
                1e-14);
    EXPECT_NEAR(liquidity_ratio({0.1, 1e6, 1e6, 3, 0}), std::exp(-0.3), 1e-14);
    EXPECT_EQ(liquidity_ratio({0, 1e6, 2e5, 3, 0.05}), 0.95);
}

TEST(LiquidityRatio, IsNotBelowZero)
{
    EXPECT_GT(liquidity_ratio({2, 1e6, 1e6, 1, 0.13}), 0);  // exp(-2) = 0.1353
    EXPECT_EQ(liquidity_ratio({2, 1e6, 1e6, 1, 0.14}), 0);
}

constexpr RestingOrder buys[]{{10, 50}, {20, 40}, {30, 20}};

TEST(OrderMargin, IsOfWhatOrdersDoNotClose)
{
    EXPECT_EQ(order_margin(buys, 3, 0, 0.5), 0.5 * (500 + 800 + 600));
    EXPECT_EQ(order_margin(buys, 3, -4, 0.5), 0.5 * (300 + 800 + 600));
    EXPECT_EQ(order_margin(buys, 3, -10, 0.5), 0.5 * (800 + 600));
    EXPECT_EQ(order_margin(buys, 3, -60, 0.5), 0);
    EXPECT_EQ(order_margin(buys, 3, -61, 0.5), 0);
    EXPECT_EQ(order_margin(buys, 3, 4, 0.5), 0.5 * (500 + 800 + 600));  // they add to it
}

TEST(OrderMargin, IsTheLargerOfBothSides)
{
    constexpr RestingOrder both[]{{1, 50}, {-1, 60}};

    EXPECT_EQ(order_margin(both, 2, 0, 1), 60);
    EXPECT_EQ(order_margin(both, 2, 1, 1), 50);
    EXPECT_EQ(order_margin(both, 0, 1, 1), 0);
}

}  // namespace
}  // namespace brink
