// SPDX-License-Identifier: Apache-2.0
// Sizes and bonuses of liquidations at their thresholds.
#include <cmath>

#include <gtest/gtest.h>

#include "models/liquidation/seizure.hpp"

namespace brink {
namespace {

SeizureTerms aave()
{
    SeizureTerms terms{};
    terms.close_factor = 0.5;
    terms.full_below_health = 0.95;
    terms.full_below_value = 2'000;
    terms.min_leftover = 1'000;
    return terms;
}

constexpr Seizable large{10'000, 10'000, 12'000, 0.97, 1.05, 0.8};

TEST(BonusMultiplier, ConstantIsTheAssetsAtAnyHealth)
{
    SeizureTerms const terms{};

    for (double const health : {0.0, 0.5, 0.999, 1.0})
        EXPECT_EQ(bonus_multiplier(terms, 0.05, 0.8, health), 1.05);
}

TEST(BonusMultiplier, LinearRunsFromTheLeastAtHealthOneToAllAtTheFullBonusHealth)
{
    SeizureTerms terms{};
    terms.bonus = BonusRule::linear_in_health;
    terms.least_bonus_share = 0.2;
    terms.full_bonus_health = 0.7;

    EXPECT_NEAR(bonus_multiplier(terms, 0.1, 0.8, 1.0), 1.02, 1e-15);
    EXPECT_NEAR(bonus_multiplier(terms, 0.1, 0.8, 1.3), 1.02, 1e-15);  // never below the least
    EXPECT_NEAR(bonus_multiplier(terms, 0.1, 0.8, 0.85), 1.06, 1e-15);
    EXPECT_EQ(bonus_multiplier(terms, 0.1, 0.8, 0.7), 1.1);
    EXPECT_EQ(bonus_multiplier(terms, 0.1, 0.8, 0.1), 1.1);
    EXPECT_NEAR(bonus_multiplier(terms, 0.1, 0.8, std::nextafter(0.7, 1)), 1.1, 1e-12);
}

TEST(BonusMultiplier, HealthDiscountIsCappedAndNeverBelowOne)
{
    SeizureTerms terms{};
    terms.bonus = BonusRule::health_discount;

    EXPECT_NEAR(bonus_multiplier(terms, 0.25, 0.8, 0.96), 1 / 0.96, 1e-15);
    EXPECT_NEAR(bonus_multiplier(terms, 0.25, 0.8, 0.8), 1.25, 1e-15);
    EXPECT_EQ(bonus_multiplier(terms, 0.25, 0.8, 0.5), 1.25);
    EXPECT_EQ(bonus_multiplier(terms, 0.25, 0.8, 0.0), 1.25);
    EXPECT_EQ(bonus_multiplier(terms, 0.25, 0.8, 1.2), 1.0);
}

TEST(BonusMultiplier, FromRatioIsCapped)
{
    SeizureTerms terms{};
    terms.bonus = BonusRule::from_ratio;
    terms.bonus_cursor = 0.3;

    EXPECT_NEAR(bonus_multiplier(terms, 0.15, 0.86, 0.9), 1 / (1 - 0.3 * 0.14), 1e-15);
    EXPECT_EQ(bonus_multiplier(terms, 0.15, 0.385, 0.9), 1.15);
    EXPECT_EQ(bonus_multiplier(terms, 0.15, 1.0, 0.9), 1.0);
}

TEST(CloseFactor, IsOneAtOrBelowItsHealth)
{
    Seizable pair = large;
    EXPECT_EQ(close_factor(aave(), pair), 0.5);

    pair.health = std::nextafter(0.95, 1);
    EXPECT_EQ(close_factor(aave(), pair), 0.5);
    pair.health = 0.95;
    EXPECT_EQ(close_factor(aave(), pair), 1.0);
}

TEST(CloseFactor, IsOneWhereEitherSideIsSmall)
{
    Seizable pair = large;
    pair.debt = 2'000;
    EXPECT_EQ(close_factor(aave(), pair), 0.5);
    pair.debt = std::nextafter(2'000, 0);
    EXPECT_EQ(close_factor(aave(), pair), 1.0);
    pair = large;
    pair.collateral = std::nextafter(2'000, 0);
    EXPECT_EQ(close_factor(aave(), pair), 1.0);
}

TEST(MostRepaid, IsOfTheWholePositionOrOfTheDebt)
{
    Seizable pair = large;
    pair.debt = 4'000;

    EXPECT_EQ(most_repaid(ReductionRule::close_factor, aave(), pair), 4'000);
    SeizureTerms of_debt = aave();
    of_debt.close_factor_base = CloseFactorBase::debt;
    EXPECT_EQ(most_repaid(ReductionRule::close_factor, of_debt, pair), 2'000);
    EXPECT_EQ(most_repaid(ReductionRule::full, of_debt, pair), 4'000);
}

/// 10 / (1.2 - 0.8 x 1.1 / 0.9) repaid relieve of 10; a fee leaves less of what is repaid.
TEST(RepaidToCover, RelievesOfTheShortage)
{
    double const taken = 0.8 * 1.1 / 0.9;

    EXPECT_DOUBLE_EQ(repaid_to_cover(10, 1.2, taken, 0) * (1.2 - taken), 10);
    EXPECT_DOUBLE_EQ(repaid_to_cover(10, 1.2, taken, 0.01) * (1.2 - 0.012 - taken), 10);
    EXPECT_LT(repaid_to_cover(10, 0.9, taken, 0), 0);
}

/// After the repayment weighted collateral over debt is the target.
TEST(MostRepaid, LiftsHealthToTheTarget)
{
    SeizureTerms terms{};
    terms.target_health = 1.05;
    double const debt = 10'000, weighted = 9'700;
    Seizable const pair{debt, debt, weighted / 0.8, weighted / debt, 1.06, 0.8};

    double const repaid = most_repaid(ReductionRule::target_health, terms, pair);

    EXPECT_NEAR((weighted - repaid * 1.06 * 0.8) / (debt - repaid), 1.05, 1e-13);
    Seizable small = pair;
    small.debt = repaid / 2;
    EXPECT_EQ(most_repaid(ReductionRule::target_health, terms, small), repaid / 2);
}

TEST(LeavesEnough, WantsNothingOrTheLeftoverOnBothSides)
{
    EXPECT_TRUE(leaves_enough(aave(), large, 9'000));
    EXPECT_FALSE(leaves_enough(aave(), large, 9'000.01));
    EXPECT_TRUE(leaves_enough(aave(), large, 10'000));
    Seizable thin = large;
    thin.collateral = 5'000;
    EXPECT_TRUE(leaves_enough(aave(), thin, 4'000 / 1.05));
    EXPECT_FALSE(leaves_enough(aave(), thin, 4'000.01 / 1.05));
}

TEST(RepayRange, ShrinksAPartialCallThatWouldLeaveDust)
{
    Seizable pair = large;
    pair.debt = 4'200;
    pair.total_debt = 7'020;

    RepayRange const range = repay_range(ReductionRule::close_factor, aave(), pair);

    EXPECT_EQ(range.partial, 3'200);
    EXPECT_EQ(range.all, 0);  // above the close factor
}

TEST(RepayRange, LetsAllBeRepaidWhereTheTargetWouldLeaveDust)
{
    SeizureTerms terms{};
    terms.target_health = 1.05;
    terms.min_leftover = 1'000;
    Seizable pair{1'500, 1'500, 1'500 * 0.97 / 0.8, 0.97, 1.06, 0.8};

    RepayRange const range = repay_range(ReductionRule::target_health, terms, pair);

    EXPECT_EQ(range.all, 1'500);
    EXPECT_EQ(range.partial, 500);
}

TEST(RepayRange, IsBoundedByTheCollateral)
{
    Seizable pair = large;
    pair.health = 0.8;
    pair.collateral = 5'250;

    RepayRange const range = repay_range(ReductionRule::close_factor, aave(), pair);

    EXPECT_NEAR(range.all, 5'000, 1e-9);
    EXPECT_NEAR(range.partial, 4'250 / 1.05, 1e-9);
}

TEST(ProtocolFee, IsAShareOfTheBonusOrOfWhatIsSeized)
{
    SeizureTerms terms{};
    EXPECT_NEAR(protocol_fee(terms, 0.1, 1'000, 1'050), 5, 1e-12);
    EXPECT_EQ(protocol_fee(terms, 0.1, 1'000, 900), 0);
    terms.protocol_share_base = ProtocolShareBase::seized;
    EXPECT_NEAR(protocol_fee(terms, 0.028, 1'000, 1'080), 30.24, 1e-12);
}

/// A liquidation lowers health where health < ratio x multiplier (Aave v3 identity).
TEST(Seizure, LowersHealthExactlyWhereItIsToxic)
{
    for (double const health : {0.75, 0.83, 0.85, 0.99}) {
        double const debt = 900, weighted = health * debt, repaid = 100;
        double const after = (weighted - repaid * 1.05 * 0.8) / (debt - repaid);
        EXPECT_EQ(after < health, health < 0.8 * 1.05) << health;
    }
}

}  // namespace
}  // namespace brink
