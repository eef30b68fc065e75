// SPDX-License-Identifier: Apache-2.0
#include "io/config/spelling.hpp"

#include <gtest/gtest.h>

namespace brink {
namespace {

TEST(Spelling, CountsEditsAndNeighbourSwapsOnce)
{
    EXPECT_EQ(edit_distance("", ""), 0U);
    EXPECT_EQ(edit_distance("step", "step"), 0U);
    EXPECT_EQ(edit_distance("setp", "step"), 1U);
    EXPECT_EQ(edit_distance("BTC", "btc"), 0U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
    EXPECT_EQ(edit_distance("abc", ""), 3U);
}

TEST(Spelling, OffersTheNearestNameAndNothingFarAway)
{
    std::vector<std::string> const known{"volatility", "drift", "price"};

    EXPECT_EQ(nearest("volatilty", known), "volatility");
    EXPECT_EQ(nearest("vola", known), "volatility");
    EXPECT_EQ(nearest("colour", known), "");
}

TEST(Spelling, ListsWhatIsKnownWhereNothingIsNear)
{
    EXPECT_EQ(advise("colour", {"drift", "price"}, "key"), "known: drift, price");
    EXPECT_EQ(advise("drfit", {"drift", "price"}, "key"), "did you mean \"drift\"?");
    EXPECT_EQ(advise("x", {}, "asset"), "no asset is known here");
}

}  // namespace
}  // namespace brink
