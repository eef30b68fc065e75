// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "models/liquidation/auction.hpp"

namespace brink {
namespace {

/// tab / price x price is off the tab by a bit for many prices: that bit is no remnant.
TEST(AuctionTake, OfAllThatIsOwedLeavesNoDust)
{
    constexpr double tab = 43'941.07;
    for (int i = 0; i < 1'000; ++i) {
        double const price = 2'300.0 + 0.123 * i;
        AuctionTake const bought = auction_take(100.0, tab, price, tab / price, 11'300.0);
        EXPECT_EQ(bought.paid, tab) << price;
        EXPECT_EQ(bought.coins, tab / price) << price;
    }
}

TEST(AuctionTake, LeavesNoLessThanTheLeastUnlessTheLotIsSold)
{
    AuctionTake const partial = auction_take(10.0, 1'000.0, 100.0, 9.5, 100.0);
    EXPECT_DOUBLE_EQ(partial.paid, 900.0);
    EXPECT_DOUBLE_EQ(partial.coins, 9.0);

    AuctionTake const all = auction_take(9.5, 1'000.0, 100.0, 9.5, 100.0);
    EXPECT_DOUBLE_EQ(all.paid, 950.0);
    EXPECT_DOUBLE_EQ(all.coins, 9.5);

    EXPECT_EQ(auction_take(10.0, 100.0, 100.0, 0.5, 100.0).coins, 0.0);
}

}  // namespace
}  // namespace brink
