// SPDX-License-Identifier: Apache-2.0
// Which programs may share their paths, and which their looks at prices.
#include <gtest/gtest.h>

#include "kernels/group_executor.hpp"
#include "tests/support/scenario_runner.hpp"
#include "tests/unit/kernels/desk.hpp"

namespace brink {
namespace {

using test::Desk;
using test::posting;
using DeskRunner = test::ScenarioRunner<float>;

bool have_same_market(Desk const& a, Desk const& b)
{
    DeskRunner const first{a.text()}, second{b.text()};
    return same_market(first.input(), second.input()) && same_market(second.input(), first.input());
}

TEST(SameMarket, IsWhatNoRuleChanges)
{
    EXPECT_TRUE(have_same_market({}, {}));
    EXPECT_TRUE(have_same_market({}, {.balance = "200"}));
    EXPECT_TRUE(have_same_market({}, {.as_of = "2025-01-07T05:00:00Z"}));
}

TEST(SameMarket, LeavesOutWhatProgramsReadOfMarketTablesForThemselves)
{
    EXPECT_TRUE(have_same_market({}, {.stormy_depth = "0.9"}));
    EXPECT_TRUE(have_same_market({}, {.depth = "0.3"}));
    EXPECT_TRUE(have_same_market({}, {.borrow_cap = "0.3"}));
}

TEST(SameMarket, IsNotThatOfOtherNumbers)
{
    EXPECT_FALSE(have_same_market({}, {.seed = "8"}));
    EXPECT_FALSE(have_same_market({}, {.horizon = "P3D"}));
    EXPECT_FALSE(have_same_market({}, {.volatility = "0.91"}));
    EXPECT_FALSE(have_same_market({}, {.correlation = "0.6"}));
    EXPECT_FALSE(have_same_market({}, {.jump_rate = "21"}));
    EXPECT_FALSE(have_same_market({}, {.stormy_volatility = "2.1"}));
    EXPECT_FALSE(have_same_market({}, {.shock = "-0.06"}));
    EXPECT_FALSE(have_same_market({}, {.borrow_half_life = "P4D"}));
}

bool look_alike(Desk const& a, Desk const& b)
{
    DeskRunner const first{a.text()}, second{b.text()};
    return same_look(first.input(), second.input()) && same_look(second.input(), first.input());
}

TEST(SameLook, IsThatOfProgramsWhoseEventsDiffer)
{
    EXPECT_TRUE(look_alike({}, {}));
    EXPECT_TRUE(look_alike({}, {.fund = "0.0"}));
    EXPECT_TRUE(look_alike({}, {.fee = "0.02"}));
    EXPECT_TRUE(look_alike({}, {.owner = posting}));
}

TEST(SameLook, IsNotThatOfOtherAccountsRulesOrConditions)
{
    EXPECT_FALSE(look_alike({}, {.balance = "151"}));
    EXPECT_FALSE(look_alike({}, {.haircut = "0.7"}));
    EXPECT_FALSE(look_alike({}, {.as_of = "2025-01-07T05:00:00Z"}));
    EXPECT_FALSE(look_alike({}, {.stormy_depth = "0.9"}));
    EXPECT_FALSE(look_alike({}, {.borrow_cap = "0.3"}));
    EXPECT_FALSE(look_alike({}, {.volatility = "0.8"}));
}

}  // namespace
}  // namespace brink
