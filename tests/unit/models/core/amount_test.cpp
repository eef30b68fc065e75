// SPDX-License-Identifier: Apache-2.0
#include "models/core/helpful_amount.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

TEST(LeastAmount, CuresAKinkedLack)
{
    auto const lack = [](double y) { return y < 10 ? 20 - y : 15 - 0.5 * y; };

    double const amount = least_amount(lack, 1'000);

    EXPECT_NEAR(amount, 30, 1e-9);
    EXPECT_LE(lack(amount), 0);
}

TEST(LeastAmount, IsZeroWhereNothingLacksAndEverythingWhereItDoesNotSuffice)
{
    EXPECT_EQ(least_amount([](double) { return -1.0; }, 5), 0);
    EXPECT_EQ(least_amount([](double y) { return 10 - y; }, 5), 5);
}

TEST(HelpfulAmount, IsTheLeastThatCures)
{
    EXPECT_NEAR(helpful_amount([](double y) { return 3 - 0.5 * y; }, 100), 6, 1e-9);
    EXPECT_EQ(helpful_amount([](double) { return -1.0; }, 100), 0);
}

TEST(HelpfulAmount, IsEverythingWhereTheLastCoinStillHelps)
{
    EXPECT_EQ(helpful_amount([](double y) { return 10 - y; }, 5), 5);
    EXPECT_EQ(helpful_amount([](double y) { return 10 + std::exp(-y); }, 5), 5);
}

TEST(HelpfulAmount, FindsAllOfAShortReserveInAFewSteps)
{
    int calls = 0;
    auto const lack = [&](double y) {
        ++calls;
        return 1e7 - 0.95 * y;
    };

    EXPECT_EQ(helpful_amount(lack, 3e6), 3e6);
    EXPECT_LE(calls, 4);
}

TEST(HelpfulAmount, EndsWhereACapLetsNoMoreHelp)
{
    auto const capped = [](double y) { return 10 - std::min(y, 4.0); };

    EXPECT_NEAR(helpful_amount(capped, 100), 4, 1e-5);
}

TEST(HelpfulAmount, EndsAtTheBottomWhereMoreMakesItWorse)
{
    auto const lack = [](double y) { return 5 + (y - 2) * (y - 2); };

    EXPECT_NEAR(helpful_amount(lack, 100), 2, 1e-3);
}

TEST(HelpfulAmount, IsNothingWhereNothingHelps)
{
    EXPECT_EQ(helpful_amount([](double) { return 7.0; }, 100), 0);
    EXPECT_EQ(helpful_amount([](double y) { return 7 + y; }, 100), 0);
    EXPECT_EQ(helpful_amount([](double y) { return 7 - 1e-9 * y; }, 100), 0);
}

}  // namespace
}  // namespace brink
