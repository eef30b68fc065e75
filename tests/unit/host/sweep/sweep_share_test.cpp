// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/sweep_share.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace brink::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Markets written alternately; point 4 repeats 0, and 6 repeats 3.
std::vector<ScenarioDigest> const digests{{"a", "x"}, {"b", "y"}, {"c", "x"}, {"d", "y"},
                                          {"a", "x"}, {"e", "z"}, {"d", "y"}};

TEST(SweepShare, PutsRunsOfOneMarketSideBySide)
{
    SweepShare const all = share_of(digests);

    EXPECT_THAT(all.groups, ElementsAre(ElementsAre(0, 2), ElementsAre(1, 3), ElementsAre(5)));
    EXPECT_EQ(all.runs, 5U);
    EXPECT_EQ(all.points, 7U);
    EXPECT_THAT(run_order(digests), ElementsAre(0, 2, 1, 3, 5));
    EXPECT_THAT(first_alike(digests), ElementsAre(0, 1, 2, 3, 0, 5, 3));
}

TEST(SweepShare, IsContiguousInTheOrderOfTheRuns)
{
    // Of 5 runs: [0, 1), [1, 3), [3, 5).
    EXPECT_THAT(share_of(digests, {1, 3}).groups, ElementsAre(ElementsAre(0)));
    EXPECT_THAT(share_of(digests, {2, 3}).groups, ElementsAre(ElementsAre(2), ElementsAre(1)));
    EXPECT_THAT(share_of(digests, {3, 3}).groups, ElementsAre(ElementsAre(3), ElementsAre(5)));
    EXPECT_EQ(share_of(digests, {1, 3}).points, 2U);
    EXPECT_EQ(share_of(digests, {2, 3}).points, 2U);
    EXPECT_EQ(share_of(digests, {3, 3}).points, 3U);
}

TEST(SweepShare, HasEveryRunOnceHoweverManyShardsThereAre)
{
    std::vector<std::size_t> const order = run_order(digests);
    for (std::uint64_t count = 1; count <= 12; ++count) {
        std::vector<std::size_t> seen;
        std::uint64_t points = 0;
        for (std::uint64_t number = 1; number <= count; ++number) {
            SweepShare const share = share_of(digests, {number, count});
            points += share.points;
            for (std::vector<std::size_t> const& group : share.groups)
                for (std::size_t const point : group) {
                    EXPECT_EQ(shard_with(seen.size(), order.size(), count), number);
                    seen.push_back(point);
                }
        }
        EXPECT_EQ(seen, order) << count;
        EXPECT_EQ(points, digests.size());
    }
}

TEST(SweepShare, IsEmptyWithoutASweep)
{
    EXPECT_THAT(share_of({}).groups, IsEmpty());
    EXPECT_EQ(share_of({}, {2, 3}).points, 0U);
}

}  // namespace
}  // namespace brink::test
