// SPDX-License-Identifier: Apache-2.0
// Splits between a stability pool, other borrowers, gas and owner at their thresholds.
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "models/liquidation/stability_pool.hpp"

namespace brink {
namespace {

constexpr double no_bound = std::numeric_limits<double>::infinity();

/// Half a percent of all collateral for gas, everything else for the debt.
constexpr PoolTerms unbounded{0, no_bound, no_bound, GasBase::collateral, 0.005, no_bound, 0, 1.1};
/// Half a percent of the offset part, penalties of 5 and 10 %.
constexpr PoolTerms bounded{0, 0.05, 0.1, GasBase::offset, 0.005, 2, 0, 1.1};
constexpr PooledLoan loan{2'000, 2, 1'100};

void expect_whole(PoolSplit const& split, PooledLoan const& of)
{
    EXPECT_NEAR(split.gas + split.to_pool + split.to_others + split.surplus, of.coins, 1e-15);
    EXPECT_EQ(split.offset + split.redistributed, of.debt);
    for (double const coins : {split.gas, split.to_pool, split.to_others, split.surplus})
        EXPECT_GE(coins, 0);
}

TEST(PoolSplit, GivesAllButTheGasInProportionToTheDebtWithoutPenalties)
{
    PoolSplit const split = split_loan(unbounded, loan, 500);

    expect_whole(split, loan);
    EXPECT_EQ(split.offset, 500);
    EXPECT_DOUBLE_EQ(split.gas, 0.01);
    EXPECT_DOUBLE_EQ(split.to_pool, 1.99 / 4);
    EXPECT_DOUBLE_EQ(split.to_others, 1.99 * 3 / 4);
    EXPECT_EQ(split.surplus, 0);
}

TEST(PoolSplit, OfAPoolThatIsExactlyTheDebtLeavesNothingToOthers)
{
    for (PoolTerms const& terms : {unbounded, bounded}) {
        PoolSplit const split = split_loan(terms, loan, 2'000);
        expect_whole(split, loan);
        EXPECT_EQ(split.offset, 2'000);
        EXPECT_EQ(split.redistributed, 0);
        EXPECT_EQ(split.to_others, 0);
    }
    PoolSplit const less = split_loan(unbounded, loan, std::nextafter(2'000, 0));
    EXPECT_GT(less.redistributed, 0);
    EXPECT_GT(less.to_others, 0);
}

TEST(PoolSplit, OfAnEmptyPoolIsAllRedistributed)
{
    PoolSplit const first = split_loan(unbounded, loan, 0);
    EXPECT_EQ(first.to_pool, 0);
    EXPECT_DOUBLE_EQ(first.gas, 0.01);
    EXPECT_DOUBLE_EQ(first.to_others, 1.99);

    PoolSplit const second = split_loan(bounded, loan, 0);
    EXPECT_EQ(second.gas, 0);  // no part is offset
    EXPECT_DOUBLE_EQ(second.to_others, 2);
}

/// 2,000 x 1.05 / P = what the pool's part is after gas, 1.99: there the cap begins to bind.
TEST(PoolSplit, ThePenaltyBindsFromItsPriceOn)
{
    double const binds = 2'000 * 1.05 / 1.99;
    PooledLoan const below{2'000, 2, binds * 0.999}, above{2'000, 2, binds * 1.001};

    EXPECT_DOUBLE_EQ(split_loan(bounded, below, 2'000).to_pool, 1.99);
    EXPECT_EQ(split_loan(bounded, below, 2'000).surplus, 0);
    EXPECT_DOUBLE_EQ(split_loan(bounded, above, 2'000).to_pool, 1.99 / 1.001);
    EXPECT_GT(split_loan(bounded, above, 2'000).surplus, 0);
}

/// A pool's part that its penalty does not use pays for the larger penalty of the others.
TEST(PoolSplit, TheOthersPenaltyMayTakeWhatThePoolLeaves)
{
    PooledLoan const mixed{2'000, 1.95, 1'100};

    PoolSplit const split = split_loan(bounded, mixed, 1'000);

    expect_whole(split, mixed);
    EXPECT_DOUBLE_EQ(split.to_pool, 1'000 * 1.05 / 1'100);
    EXPECT_GT(split.to_others, 1.95 / 2);  // more than its own part
    EXPECT_EQ(split.surplus, 0);
}

TEST(PoolSplit, GasIsAtMostItsCoins)
{
    PooledLoan const large{800'000, 800, 1'100};

    EXPECT_EQ(split_loan(bounded, large, 800'000).gas, 2);
    EXPECT_EQ(split_loan(bounded, large, 400'000).gas, 2);
    EXPECT_DOUBLE_EQ(split_loan(bounded, large, 200'000).gas, 1);
}

TEST(PoolSplit, InRecoveryTakesAtMostTheMinimumRatio)
{
    PooledLoan const above{250, 3, 100}, at{250, 2.75, 100};

    PoolSplit const capped = split_capped(unbounded, above);
    expect_whole(capped, above);
    EXPECT_DOUBLE_EQ(capped.gas, 0.005 * 2.75);
    EXPECT_DOUBLE_EQ(capped.to_pool, 0.995 * 2.75);
    EXPECT_NEAR(capped.surplus, 0.25, 1e-15);
    EXPECT_NEAR(split_capped(unbounded, at).surplus, 0, 1e-15);
}

TEST(PoolAction, InNormalModeSplitsWhatIsBelowTheMinimumAndNothingElse)
{
    EXPECT_EQ(pool_action({true, false, false, false, false}), PoolAction::split);
    EXPECT_EQ(pool_action({true, true, false, false, true}), PoolAction::split);
    EXPECT_EQ(pool_action({false, false, false, true, true}), PoolAction::none);
}

TEST(PoolAction, InRecoveryFollowsTheRatioOfTheLoan)
{
    EXPECT_EQ(pool_action({true, true, true, true, true}), PoolAction::redistribute);
    EXPECT_EQ(pool_action({true, false, true, true, true}), PoolAction::split);
    EXPECT_EQ(pool_action({false, false, true, true, true}), PoolAction::cap);
    EXPECT_EQ(pool_action({false, false, true, true, false}), PoolAction::none);
    EXPECT_EQ(pool_action({false, false, true, false, true}), PoolAction::none);
}

TEST(PoolDeposits, ShareAnOffsetInProportion)
{
    PoolSplit const split = split_loan(unbounded, loan, 2'000);

    PoolDeposit const small = after_offset({1'000, 0}, split, 4'000);
    PoolDeposit const large = after_offset({3'000, 1}, split, 4'000);

    EXPECT_EQ(small.debt_coins, 500);
    EXPECT_DOUBLE_EQ(small.collateral, 1.99 / 4);
    EXPECT_EQ(small.debt_coins + large.debt_coins, 2'000);
    EXPECT_DOUBLE_EQ(small.collateral + large.collateral - 1, 1.99);
}

}  // namespace
}  // namespace brink
