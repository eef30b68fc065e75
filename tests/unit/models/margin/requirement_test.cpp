// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/margin/requirement.hpp"
#include "tests/support/table_arena.hpp"

namespace brink {
namespace {

/// Binance USD-M BTCUSDT, first four brackets (2024-10-24): floor, rate, amount, 1 / max leverage.
std::vector<MarginTier<double>> btc_brackets()
{
    return {{0, 0.004, 0, 1.0 / 125},
            {50'000, 0.005, 50, 1.0 / 100},
            {600'000, 0.0065, 950, 1.0 / 75},
            {3'000'000, 0.01, 11'450, 1.0 / 50}};
}

struct Brackets {
    test::TableArena arena;
    MarginSchedule<double> schedule;

    explicit Brackets(ScheduleShape shape, double close_fee = 0)
        : schedule{arena.put(btc_brackets()), shape, TierUnit::notional, ChargeBasis::mark,
                   close_fee}
    {}
    RequirementChecker<double> checker() const { return {arena.tables(), schedule}; }
};

TEST(RequirementChecker, MarginalScheduleIsRateTimesNotionalLessTheMaintenanceAmount)
{
    Brackets const brackets{ScheduleShape::marginal};

    EXPECT_DOUBLE_EQ(brackets.checker().maintenance(40'000, 1), 160);
    EXPECT_DOUBLE_EQ(brackets.checker().maintenance(1'000'000, 1), 5'550);
    EXPECT_DOUBLE_EQ(brackets.checker().maintenance(5'000'000, 1), 38'550);
    EXPECT_EQ(brackets.checker().maintenance(0, 1), 0);
}

TEST(RequirementChecker, MarginalScheduleIsContinuousAtAFloorAndWholePositionJumpsAboveIt)
{
    double const above = 600'000 * (1 + 1e-13);
    Brackets const marginal{ScheduleShape::marginal};
    Brackets const whole{ScheduleShape::whole_position};

    EXPECT_NEAR(marginal.checker().maintenance(600'000, 1), 2'950, 1e-9);
    EXPECT_NEAR(marginal.checker().maintenance(above, 1), 2'950, 1e-6);
    EXPECT_DOUBLE_EQ(whole.checker().maintenance(600'000, 1), 3'000);  // the cap is inclusive
    EXPECT_DOUBLE_EQ(whole.checker().maintenance(above, 1), above * 0.0065);
}

/// A position of `contracts` of 0.0001 coins where brackets begin above 0 and 12,345 contracts, at
/// many prices: its initial rate at each.
template<class T>
std::vector<T> rates_over_prices(double contracts)
{
    test::TableArena arena;
    MarginSchedule<T> const schedule{
        arena.put(std::vector<MarginTier<T>>{{T(0), T(0.01), T(0), T(0.05)},
                                             {T(12'345), T(0.02), T(0), T(0.1)}}),
        ScheduleShape::whole_position, TierUnit::contracts, ChargeBasis::mark, T(0)};
    RequirementChecker<T> const checker{arena.tables(), schedule};
    T const leg = static_cast<T>(contracts * 0.0001);
    std::vector<T> rates;
    for (int i = 0; i < 1'000; ++i) {
        T const price = static_cast<T>(59'000.0 + 1.23 * i);
        T const charged = leg * price;
        T const unit = T(0.0001) * price;
        rates.push_back(std::round(checker.initial(charged, unit, T(0)) / charged * 1'000));
        EXPECT_EQ(checker.tier_of(charged, unit), rates.back() == T(100) ? 1 : 0);
    }
    return rates;
}

TEST(RequirementChecker, ACapInContractsIsInclusiveAtEveryPrice)
{
    EXPECT_THAT(rates_over_prices<double>(12'345), testing::Each(50.0));
    EXPECT_THAT(rates_over_prices<float>(12'345), testing::Each(50.0F));
    EXPECT_THAT(rates_over_prices<double>(12'345 * (1 + 1e-13)), testing::Each(100.0));
    EXPECT_THAT(rates_over_prices<float>(12'345 * (1 + 2e-6)), testing::Each(100.0F));
}

TEST(RequirementChecker, FloorsAreInUnitsOfTheirOwnMoney)
{
    // 10 coins of 60,000 each: floors in coins.
    test::TableArena arena;
    MarginSchedule<double> const schedule{
        arena.put(std::vector<MarginTier<double>>{{0, 0.01, 0, 0.1}, {5, 0.02, 0.05, 0.2}}),
        ScheduleShape::marginal, TierUnit::base, ChargeBasis::mark, 0};

    double const required =
        RequirementChecker<double>{arena.tables(), schedule}.maintenance(600'000, 60'000);

    EXPECT_DOUBLE_EQ(required, (10 * 0.02 - 0.05) * 60'000);
}

/// Deribit: 1 % + 0.005 % per coin of maintenance, 2 % + 0.005 % per coin of initial margin.
TEST(RequirementChecker, AffineRatesGrowWithTheSizeUpToAll)
{
    test::TableArena arena;
    MarginSchedule<double> const schedule{
        arena.put(std::vector<MarginTier<double>>{{0, 0.01, 0, 0.02, 5e-5, 5e-5}}),
        ScheduleShape::affine, TierUnit::base, ChargeBasis::mark, 0};
    RequirementChecker<double> const checker{arena.tables(), schedule};

    EXPECT_DOUBLE_EQ(checker.maintenance(25 * 1e5, 1e5), 28'125);
    EXPECT_DOUBLE_EQ(checker.initial(25 * 1e5, 1e5, 0), 53'125);
    EXPECT_DOUBLE_EQ(checker.initial(350 * 1e5, 1e5, 0), 1'312'500);
    EXPECT_DOUBLE_EQ(checker.initial(25 * 1e5, 1e5, 0.1), 250'000);  // the stated leverage
    EXPECT_DOUBLE_EQ(checker.maintenance(1e6, 1), 1e6);              // 19,800 coins or more: all
    EXPECT_EQ(checker.maintenance(0, 1e5), 0);
}

TEST(RequirementChecker, InitialMarginIsByStatedLeverageOrTheBracketsMaximum)
{
    Brackets const brackets{ScheduleShape::marginal};

    EXPECT_DOUBLE_EQ(brackets.checker().initial(1'000'000, 1, 0.1), 100'000);
    EXPECT_DOUBLE_EQ(brackets.checker().initial(1'000'000, 1, 0), 1'000'000.0 / 75);
    EXPECT_DOUBLE_EQ(brackets.checker().initial(50'000, 1, 0), 400);
}

TEST(RequirementChecker, ReservedClosingFeeIsAddedOnNotional)
{
    Brackets const brackets{ScheduleShape::whole_position, 0.0006};

    EXPECT_DOUBLE_EQ(brackets.checker().maintenance(40'000, 1), 40'000 * (0.004 + 0.0006));
}

TEST(RequirementChecker, WindowGivesTheSameBitsInsideAndOutside)
{
    Brackets const brackets{ScheduleShape::marginal};
    TierWindow<double> const window{1, 2, 50'000 * 1.001, 3'000'000 * 0.999};
    RequirementChecker<double> const windowed{brackets.arena.tables(), brackets.schedule, window};

    for (double x = 1'000; x < 2e7; x *= 1.01) {
        EXPECT_EQ(windowed.maintenance(x, 1), brackets.checker().maintenance(x, 1)) << x;
        EXPECT_EQ(windowed.initial(x, 1, 0), brackets.checker().initial(x, 1, 0)) << x;
    }
    EXPECT_EQ(windowed.maintenance(0, 1), 0);
}

TEST(RequirementChecker, UnknownNotionalIsNeverACoveredRequirement)
{
    Brackets const brackets{ScheduleShape::marginal};

    double const required =
        brackets.checker().maintenance(std::numeric_limits<double>::quiet_NaN(), 1);

    EXPECT_FALSE(1e12 >= required);
}

/// Drift: max(r, 0.8 r + slope sqrt(x)) of all of it, at most all of it.
TEST(RequirementChecker, SquareRootScheduleGrowsOnceItsPremiumExceedsAFifthOfTheRate)
{
    test::TableArena arena;
    std::vector<MarginTier<double>> const tier{{0, 0.05, 0, 0.1, 0.001, 0.002}};
    MarginSchedule<double> const schedule{arena.put(tier), ScheduleShape::square_root,
                                          TierUnit::base, ChargeBasis::mark, 0};
    RequirementChecker<double> const checker{arena.tables(), schedule};
    constexpr double price = 20;

    EXPECT_DOUBLE_EQ(checker.maintenance(64 * price, price), 64 * price * 0.05);
    EXPECT_NEAR(checker.maintenance(100 * price, price), 100 * price * 0.05, 1e-12);
    EXPECT_DOUBLE_EQ(checker.maintenance(400 * price, price), 400 * price * (0.04 + 0.02));
    EXPECT_DOUBLE_EQ(checker.initial(400 * price, price, 0), 400 * price * (0.08 + 0.04));
    EXPECT_DOUBLE_EQ(checker.maintenance(1e6 * price, price), 1e6 * price);
}

/// dYdX v4: from the lower to the upper bound of open interest initial rates grow to 1, maintenance
/// stays; a stated leverage gives no less.
TEST(RequirementChecker, OpenInterestRaisesTheInitialRateOnly)
{
    test::TableArena arena;
    std::vector<MarginTier<double>> const tier{{0, 0.1, 0, 0.2}};
    MarginSchedule<double> schedule{arena.put(tier), ScheduleShape::marginal, TierUnit::base,
                                    ChargeBasis::mark, 0};
    schedule.open_interest = 1'000;
    schedule.open_interest_from = 10'000;
    schedule.open_interest_slope = 1 / 10'000.0;
    RequirementChecker<double> const checker{arena.tables(), schedule};

    for (auto const& [price, rate] :
         {std::pair{9.0, 0.2}, {10.0, 0.2}, {15.0, 0.6}, {20.0, 1.0}, {30.0, 1.0}}) {
        EXPECT_NEAR(checker.initial(3 * price, price, 0), 3 * price * rate, 1e-12) << price;
        EXPECT_NEAR(checker.initial(3 * price, price, 0.5), 3 * price * std::max(rate, 0.5), 1e-12);
        EXPECT_NEAR(checker.maintenance(3 * price, price), 3 * price * 0.1, 1e-12);
    }
}

}  // namespace
}  // namespace brink
