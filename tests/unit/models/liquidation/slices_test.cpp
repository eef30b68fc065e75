// SPDX-License-Identifier: Apache-2.0
// How much a slice closes, down to which price, and at which fee.
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "models/liquidation/slices.hpp"

namespace brink {
namespace {

SliceTerms dydx()
{
    return {0.1, 1'000, 100'000, 0, 1, AfterSlice::slice};
}

TEST(SliceNotional, IsAShareBetweenItsBoundsAndNeverMoreThanThereIs)
{
    EXPECT_EQ(slice_notional(dydx(), 500'000), 50'000);
    EXPECT_EQ(slice_notional(dydx(), 5'000), 1'000);
    EXPECT_EQ(slice_notional(dydx(), 600), 600);
    EXPECT_EQ(slice_notional(dydx(), 2e6), 100'000);
}

TEST(SliceNotional, ClosesSmallPositionsWhole)
{
    SliceTerms const hyperliquid{0.2,     0,  std::numeric_limits<double>::infinity(),
                                 100'000, 30, AfterSlice::all};

    EXPECT_EQ(slice_notional(hyperliquid, 100'000), 100'000);
    double const above = std::nextafter(100'000, 1e9);
    EXPECT_EQ(slice_notional(hyperliquid, above), 0.2 * above);
}

TEST(FillableDiscount, GrowsFromNothingAtHealthOneToAllOfTheSpreadAtZero)
{
    FillableTerms const terms{1, 1.5};

    EXPECT_EQ(fillable_discount(terms, 1.2, 0.1), 0);
    EXPECT_EQ(fillable_discount(terms, 1.0, 0.1), 0);
    EXPECT_NEAR(fillable_discount(terms, 0.4, 0.1), 0.6 * 1.5 * 0.1, 1e-15);
    EXPECT_NEAR(fillable_discount(terms, 0.0, 0.1), 0.15, 1e-15);
    EXPECT_NEAR(fillable_discount(terms, -3.0, 0.1), 0.15, 1e-15);
    EXPECT_NEAR(fillable_discount({2, 1.5}, 0.5, 0.1), 0.15, 1e-15);
}

TEST(SurplusFee, TakesNoMoreThanWhatIsLeftAboveBankruptcy)
{
    EXPECT_EQ(surplus_fee(0.015, 10'000, 1'000), 150);
    EXPECT_EQ(surplus_fee(0.015, 10'000, 100), 100);
    EXPECT_EQ(surplus_fee(0.015, 10'000, -100), 0);
    EXPECT_EQ(slice_surplus(1'000, 0.25, 40), 210);
}

}  // namespace
}  // namespace brink
