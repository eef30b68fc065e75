// SPDX-License-Identifier: Apache-2.0
#include "models/core/rounding.hpp"

#include <gtest/gtest.h>

namespace brink {
namespace {

TEST(Rounding, GoesToWholeUnits)
{
    EXPECT_EQ(rounded_down(2.75, 0.25), 2.75);
    EXPECT_EQ(rounded_up(2.75, 0.25), 2.75);
    EXPECT_EQ(rounded_down(2.76, 0.25), 2.75);
    EXPECT_EQ(rounded_up(2.76, 0.25), 3);
    EXPECT_EQ(rounded_down(0.99, 1), 0);
    EXPECT_EQ(rounded_up(1e-6, 1), 1);
    EXPECT_EQ(rounded_down(0, 1), 0);
    EXPECT_EQ(rounded_up(0, 1), 0);
}

TEST(Rounding, NeverCrossesTheAmount)
{
    for (double amount = 0.01; amount < 50; amount *= 1.37)
        for (double const unit : {1e-8, 1e-6, 0.1, 0.3}) {
            EXPECT_LE(rounded_down(amount, unit), amount);
            EXPECT_GE(rounded_up(amount, unit), amount);
            EXPECT_LE(rounded_up(amount, unit) - rounded_down(amount, unit), 1.0001 * unit);
        }
}

TEST(Rounding, LeavesAmountsWithoutUnitsAndOfMoreUnitsThanADoubleCounts)
{
    EXPECT_EQ(rounded_down(2.76, 0), 2.76);
    EXPECT_EQ(rounded_up(2.76, 0), 2.76);
    EXPECT_EQ(rounded_down(0x1p60, 1), 0x1p60);
    EXPECT_EQ(rounded_up(0x1p60, 1), 0x1p60);
}

}  // namespace
}  // namespace brink
