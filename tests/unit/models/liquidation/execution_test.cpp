// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "models/liquidation/execution.hpp"

namespace brink {
namespace {

TEST(ExecutionCost, SquareRootImpactGrowsWithTheShareOfDailyVolume)
{
    // 1 % of ADV at 4 % a day: impact 1 x 0.04 x 0.1 = 40 bp, spread 1 bp.
    ExecutionCost const cost{{0.0001, 1, 0.04, 1e9, 0, 0, 0}, 1};

    EXPECT_NEAR(cost({1e7}, 0), 1e7 * (0.004 + 0.0001), 1e-6);
}

TEST(ExecutionCost, LinearImpactIsTwoPercentOfTheDepth)
{
    ExecutionCost const cost{{0, 1, 0.04, 0, 5e7, 0, 0}, 1};

    EXPECT_NEAR(cost({5e6}, 0), 5e6 * 0.002, 1e-9);
}

TEST(ExecutionCost, SlicingAnOrderWithinAStepChangesNothing)
{
    ExecutionCost const cost{{0.0002, 1, 0.05, 1e9, 0, 0, 0}, 1.5};

    EXPECT_NEAR(cost({3e6}, 0) + cost({5e6}, 3e6), cost({8e6}, 0), 1e-6);
}

TEST(ExecutionCost, ASaleNeverCostsMoreThanItBrings)
{
    ExecutionCost const cost{{0, 1, 0.5, 1e3, 0, 0, 0}, 1};

    EXPECT_EQ(cost({1e9}, 0), 1e9);
}

TEST(ExecutionCost, BuyingMayCostMoreThanTheMark)
{
    // 0.02 x 5,400 / 50 = 2.16 of the mark.
    ExecutionCost const cost{{0, 1, 0.04, 0, 50, 0, 0}, 1};

    EXPECT_NEAR(cost({5'400, Side::buy}, 0), 5'400 * 2.16, 1e-9);
}

/// x y = k: 10 of 1,000 coins bring 10 / 1,010 less.
TEST(ExecutionCost, APoolSellsAlongItsHyperbola)
{
    ExecutionCost const cost{{0, 1, 0.04, 0, 0, 2e6, 0}, 1};

    EXPECT_NEAR(cost({2e4}, 0), 2e4 * 10 / 1'010, 1e-9);
    EXPECT_NEAR(cost({1e4}, 0) + cost({1e4}, 1e4), cost({2e4}, 0), 1e-9);
    EXPECT_NEAR(cost({2e4, Side::buy}, 0), 2e4 * 10 / 990, 1e-9);
    ExecutionCost const thin{{0, 1, 0.04, 0, 0, 4e6, 0}, 1, 0.5};
    EXPECT_EQ(thin({2e4}, 0), cost({2e4}, 0));
}

TEST(ExecutionCost, APoolKeepsItsFee)
{
    ExecutionCost const cost{{0.001, 1, 0.04, 0, 0, 2e6, 0.003}, 1};
    double const in = 9.97 / 1'000;

    EXPECT_NEAR(cost({2e4}, 0), 20 + 2e4 - 2e6 * in / (1 + in), 1e-9);
    EXPECT_NEAR(cost({2e4, Side::buy}, 0), 20 + 2e6 * 10 / 990 / 0.997 - 2e4, 1e-9);
    EXPECT_NEAR(cost({1e-6}, 0), 1e-6 * 0.004, 1e-15);
}

TEST(ExecutionCost, APoolIsNeverEmptied)
{
    ExecutionCost const cost{{0, 1, 0.04, 0, 0, 100, 0}, 1};

    EXPECT_NEAR(cost({99, Side::buy}, 0), 99 * 99, 1e-9);
    EXPECT_NEAR(cost({200, Side::buy}, 0), 200 * 99, 1e-9);
    EXPECT_LT(cost({1e12}, 0), 1e12);
}

TEST(ExecutionCost, AnInverseContractPaysInThePriceThatItGets)
{
    // 20.1 % below or above the mark: 10,000 (1 / 0.799 - 1) and 10,000 (1 - 1 / 1.201).
    ExecutionCost const cost{{0.001, 1, 0.04, 0, 1'000, 0, 0}, 1};

    EXPECT_NEAR(cost({10'000, Side::sell, Payoff::inverse}, 0), 10'000 * (1 / 0.799 - 1), 1e-9);
    EXPECT_NEAR(cost({10'000, Side::buy, Payoff::inverse}, 0), 10'000 * (1 - 1 / 1.201), 1e-9);
    EXPECT_NEAR(cost({4'000, Side::sell, Payoff::inverse}, 0)
                    + cost({6'000, Side::sell, Payoff::inverse}, 4'000),
                cost({10'000, Side::sell, Payoff::inverse}, 0), 1e-9);
}

}  // namespace
}  // namespace brink
