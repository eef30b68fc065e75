// SPDX-License-Identifier: Apache-2.0
// When a system is in recovery mode, and what that makes of an account's levels.
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "models/margin/ladder.hpp"
#include "models/margin/recovery.hpp"

namespace brink {
namespace {

/// 1/128 coin for a dollar of debt: 150 % at a price of 192, to the last bit.
constexpr SystemTerms<double> borrowers{0, 0.0078125, 1.5, 0.5};

TEST(RecoveryHealth, IsTheSystemsRatioBelowTheCriticalOneAndNothingAtIt)
{
    EXPECT_EQ(recovery_health(borrowers, 192.0), 0);
    EXPECT_EQ(recovery_health(borrowers, 1'000.0), 0);
    EXPECT_EQ(recovery_health(borrowers, std::nextafter(192.0, 0.0)),
              0.5 * std::nextafter(1.5, 0.0));
    EXPECT_EQ(recovery_health(borrowers, 128.0), 0.5);
}

TEST(RecoveryHealth, OfAPriceThatIsNoNumberIsNone)
{
    EXPECT_EQ(recovery_health(borrowers, std::numeric_limits<double>::quiet_NaN()), 0);
}

TEST(RecoveryLevel, RaisesBothLevelsWhereItIsHigher)
{
    Ladder<double> ladder{1.2,           1, CallTrigger::health, HealthRule::collateral_over_debt,
                          PnlRule::face, 1};
    ladder.system = borrowers;
    Assessment<double> account{120, 100, 100, 100};

    EXPECT_EQ(liquidation_level(ladder, account), 100);
    account.recovery_level = 110;
    EXPECT_EQ(liquidation_level(ladder, account), 110);
    EXPECT_EQ(call_level(ladder, account), 120);
    account.recovery_level = 130;
    EXPECT_EQ(liquidation_level(ladder, account), 130);
    EXPECT_EQ(call_level(ladder, account), 130);
}

/// An account at exactly the system's ratio is safe where the venue's comparison is strict.
TEST(RecoveryLevel, IsBreachedBelowItOnly)
{
    Ladder<double> ladder{
        1, 1, CallTrigger::health, HealthRule::collateral_over_debt, PnlRule::face, 1};
    ladder.system = borrowers;
    Assessment<double> account{130, 100, 100, 100};
    account.recovery_level = 130;

    EXPECT_FALSE(breaches(ladder, account, liquidation_level(ladder, account)));
    account.margin_equity = std::nextafter(130.0, 0.0);
    EXPECT_TRUE(breaches(ladder, account, liquidation_level(ladder, account)));
}

TEST(RecoveryLevel, IsNobodysWithoutASystem)
{
    Ladder<double> const ladder{
        1.2, 1, CallTrigger::health, HealthRule::collateral_over_debt, PnlRule::face, 1};

    EXPECT_EQ(ladder.system.asset, -1);
    EXPECT_EQ(liquidation_level(ladder, Assessment<double>{120, 100, 100, 100}), 100);
}

}  // namespace
}  // namespace brink
