// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "models/margin/collateral.hpp"
#include "models/margin/ladder.hpp"
#include "tests/support/table_arena.hpp"

namespace brink {
namespace {

/// 95 % of the first 100,000, 80 % of the next 50,000, nothing beyond.
std::vector<Slab<double>> slabs()
{
    return {{0.95, 0}, {0.80, 15'000}, {0.0, 135'000}};
}

TEST(CollateralValuer, SlabsAreMarginalAndTheLastOneCaps)
{
    test::TableArena arena;
    CollateralCurve<double> const curve{arena.put(slabs()), CurveUnit::value, 0};
    CollateralValuer<double> const value{arena.tables(), curve};

    EXPECT_DOUBLE_EQ(value(1, 0, 50'000), 47'500);
    EXPECT_DOUBLE_EQ(value(2, 0, 50'000), 95'000);
    EXPECT_DOUBLE_EQ(value(3, 0, 50'000), 135'000);
    EXPECT_DOUBLE_EQ(value(9, 0, 50'000), 135'000);
}

TEST(CollateralValuer, CoinUnitsCountCoinsBeforeThePrice)
{
    // Bybit UTA help page 2025-09-18 (illustration): 10 at 0.98, to 20 at 0.95, to 30 at 0.90.
    test::TableArena arena;
    CollateralCurve<double> const curve{
        arena.put(std::vector<Slab<double>>{{0.98, 0}, {0.95, 0.3}, {0.90, 1.3}}), CurveUnit::coin,
        0};

    EXPECT_DOUBLE_EQ((CollateralValuer<double>{arena.tables(), curve}(25, 0, 60'000)),
                     23.8 * 60'000);
}

TEST(CollateralValuer, NegativeAmountsCountInFull)
{
    test::TableArena arena;
    CollateralCurve<double> const curve{arena.put(slabs()), CurveUnit::value, 0};
    CollateralValuer<double> const value{arena.tables(), curve};

    EXPECT_DOUBLE_EQ(value(0, -1'000, 50'000), -1'000);
    EXPECT_DOUBLE_EQ(value(1, -60'000, 50'000), -10'000);
    EXPECT_DOUBLE_EQ(value(1, 10'000, 50'000), 57'000);
}

TEST(CollateralValuer, ParValuationIgnoresTheMarketPrice)
{
    test::TableArena arena;
    CollateralCurve<double> const curve{arena.put(slabs()), CurveUnit::value, 1};

    EXPECT_DOUBLE_EQ((CollateralValuer<double>{arena.tables(), curve}(1'000, 0, 0.9)), 950);
}

TEST(Ladder, WithoutRequirementHealthIsInfiniteAndNothingIsBreached)
{
    Ladder<double> const strict{2, 1, CallTrigger::health, HealthRule::margin, PnlRule::face, 1};
    Assessment<double> const empty{0, 0, 0, 0};

    EXPECT_EQ(health_of(empty), __builtin_huge_val());
    EXPECT_FALSE(breaches(strict, empty, call_level(strict, empty)));
}

TEST(Ladder, ADebtWithoutRequirementHasTheHealthOfWhatStandsAgainstIt)
{
    Ladder<double> const strict{2, 1, CallTrigger::health, HealthRule::margin, PnlRule::face, 1};
    Assessment<double> const covered{5, 0, 0, 100};
    Assessment<double> const short_of_it{-5, 0, 0, 100};

    EXPECT_DOUBLE_EQ(health_of(covered), 1.05);
    EXPECT_FALSE(breaches(strict, covered, liquidation_level(strict, covered)));
    EXPECT_DOUBLE_EQ(health_of(short_of_it), 0.95);
    EXPECT_TRUE(breaches(strict, short_of_it, liquidation_level(strict, short_of_it)));
}

TEST(Ladder, UnknownEquityBreaches)
{
    Ladder<double> const strict{2, 1, CallTrigger::health, HealthRule::margin, PnlRule::face, 1};
    Assessment<double> const unknown{__builtin_nan(""), 100, 200, 1'000};

    EXPECT_TRUE(breaches(strict, unknown, liquidation_level(strict, unknown)));
}

TEST(Ladder, DebtWithoutCollateralOrRequirementBreaches)
{
    Ladder<double> const loose{2, 1, CallTrigger::health, HealthRule::margin, PnlRule::face, 0};
    Assessment<double> const broke{-1, 0, 0, 10};

    EXPECT_TRUE(breaches(loose, broke, liquidation_level(loose, broke)));
}

}  // namespace
}  // namespace brink
