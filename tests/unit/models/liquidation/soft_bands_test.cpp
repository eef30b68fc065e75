// SPDX-License-Identifier: Apache-2.0
#include "models/liquidation/soft_bands.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace brink::test {
namespace {

constexpr double amplification = 100.0;
constexpr BandEdges edges{3'000.0, 2'970.0};

double price_of(Band const& band, double oracle)
{
    BandCurve const curve = band_curve(band, edges, amplification, oracle);
    return (curve.f + band.stable) / (curve.g + band.collateral);
}

TEST(SoftBands, LieBelowEachOther)
{
    for (std::int32_t n = 0; n < max_bands; ++n) {
        BandEdges const here = band_edges(3'000.0, amplification, n);
        BandEdges const next = band_edges(3'000.0, amplification, n + 1);
        EXPECT_NEAR(here.up, 3'000.0 * std::pow(0.99, n), 1e-12 * here.up);
        EXPECT_NEAR(here.down, next.up, 1e-12 * next.up);
    }
}

TEST(SoftBands, AreTradedThreeTimesAsFastAsTheOracleMoves)
{
    Band const full{0.0, 2.0};
    Band const sold{6'000.0, 0.0};
    for (double const oracle : {2'800.0, 2'980.0, 3'100.0}) {
        BandEdges const between = traded_between(edges, oracle);
        EXPECT_NEAR(price_of(full, oracle), between.down, 1e-9 * between.down);
        EXPECT_NEAR(price_of(sold, oracle), between.up, 1e-9 * between.up);
    }
}

/// At the edges of a band its price is the oracle's: nobody gains, and nobody trades.
TEST(SoftBands, NobodyTradesAtAnEdgeThatTheBandHasReached)
{
    Band const full{0.0, 2.0};
    BandTrade const at_top = trade_band(full, edges, amplification, 0.0, edges.up);
    EXPECT_NEAR(at_top.after.collateral, 2.0, 1e-12);
    EXPECT_NEAR(at_top.gain, 0.0, 1e-9);

    Band const sold{6'000.0, 0.0};
    BandTrade const at_bottom = trade_band(sold, edges, amplification, 0.0, edges.down);
    EXPECT_NEAR(at_bottom.after.stable, 6'000.0, 1e-9);
    EXPECT_NEAR(at_bottom.gain, 0.0, 1e-9);
}

TEST(SoftBands, AreSoldBelowAndBoughtBackAbove)
{
    Band const band{1'500.0, 0.5};
    BandTrade const below = trade_band(band, edges, amplification, 0.0, 2'900.0);
    BandTrade const above = trade_band(band, edges, amplification, 0.0, 3'100.0);

    EXPECT_EQ(below.after.collateral, 0.0);
    EXPECT_GT(below.after.stable, 1'500.0);
    EXPECT_GT(below.gain, 0.0);
    EXPECT_EQ(above.after.stable, 0.0);
    EXPECT_GT(above.after.collateral, 0.5);
    EXPECT_GT(above.gain, 0.0);
}

TEST(SoftBands, TradeWithinTheBandEndsAtTheOraclesPrice)
{
    BandTrade const trade = trade_band({0.0, 2.0}, edges, amplification, 0.0, 2'985.0);

    EXPECT_GT(trade.after.stable, 0.0);
    EXPECT_GT(trade.after.collateral, 0.0);
    EXPECT_NEAR(price_of(trade.after, 2'985.0), 2'985.0, 1e-6);
}

/// Small steps through the band bring what the value on the way down says, one leap much less.
TEST(SoftBands, SlowFallsBringTheValueOnTheWayDown)
{
    Band const full{0.0, 1.0};
    double const promised = band_value_down(full, edges, amplification, 3'100.0);
    EXPECT_NEAR(promised, std::sqrt(edges.up * edges.down), 1e-9);

    auto const received = [&](int steps) {
        Band band = full;
        for (int i = 1; i <= steps; ++i)
            band = trade_band(band, edges, amplification, 0.0,
                              3'000.0 * std::pow(2'970.0 / 3'000.0, double(i) / steps))
                       .after;
        EXPECT_NEAR(band.collateral, 0.0, 1e-9);
        return band.stable;
    };
    EXPECT_NEAR(received(10'000), promised, 1e-5 * promised);
    EXPECT_LT(received(1), received(10));
    EXPECT_LT(received(10), received(10'000));
}

TEST(SoftBands, ThereAndBackCostsWhatTradersGain)
{
    Band band{0.0, 1.0};
    double gain = 0.0;
    double cash = 0.0;  // of the traders, at the prices of their trades
    for (double const oracle : {2'990.0, 2'975.0, 2'960.0, 2'975.0, 2'990.0, 3'010.0}) {
        BandTrade const trade = trade_band(band, edges, amplification, 0.0, oracle);
        cash += (band.collateral - trade.after.collateral) * oracle
                - (trade.after.stable - band.stable);
        gain += trade.gain;
        EXPECT_GE(trade.gain, -1e-9);
        band = trade.after;
    }
    EXPECT_EQ(band.stable, 0.0);
    EXPECT_LT(band.collateral, 1.0);
    EXPECT_NEAR(gain, cash, 1e-9);
}

TEST(SoftBands, AFeeKeepsTradersOutUntilTheGapIsLarger)
{
    Band const band = trade_band({0.0, 1.0}, edges, amplification, 0.0, 2'985.0).after;
    double const fee = 0.006;
    // the band's price moves three times as fast: a move of 0.2 % opens a gap of 0.4 %
    double const near = 2'985.0 * 0.998, far = 2'985.0 * 0.995;

    EXPECT_EQ(trade_band(band, edges, amplification, fee, near).after.stable, band.stable);
    BandTrade const trade = trade_band(band, edges, amplification, fee, far);
    EXPECT_GT(trade.after.stable, band.stable);
    EXPECT_GE(trade.gain, 0.0);
    EXPECT_LT(trade.gain, trade_band(band, edges, amplification, 0.0, far).gain);
}

TEST(SoftBands, AnEmptyBandIsWorthNothingAndTradesNothing)
{
    BandTrade const trade = trade_band({0.0, 0.0}, edges, amplification, 0.006, 2'980.0);

    EXPECT_EQ(trade.after.stable, 0.0);
    EXPECT_EQ(trade.after.collateral, 0.0);
    EXPECT_EQ(trade.gain, 0.0);
    EXPECT_EQ(band_value_down({0.0, 0.0}, edges, amplification, 2'980.0), 0.0);
}

/// lending rules of crvUSD: 4 bands at a discount of 9 % lend 89.19 %, 10 86.58 %, 50 71.53 %.
TEST(SoftBands, LendLessWithMoreBands)
{
    EXPECT_NEAR(band_loan_to_value(amplification, 4, 0.09), 0.8919, 5e-5);
    EXPECT_NEAR(band_loan_to_value(amplification, 10, 0.09), 0.8658, 5e-5);
    EXPECT_NEAR(band_loan_to_value(amplification, 50, 0.09), 0.7153, 5e-5);
}

TEST(SoftBands, HealthIsZeroWhereTheDebtIsTheDiscountedValue)
{
    EXPECT_EQ(band_health(100.0, 94.0, 0.0625), 93.75 / 94.0 - 1.0);
    EXPECT_DOUBLE_EQ(band_health(100.0, 93.75, 0.0625), 0.0);
    EXPECT_EQ(removed_share(1.0, 0.06), 1.0);
    EXPECT_EQ(removed_share(0.5, 0.0), 0.5);
    EXPECT_LT(removed_share(0.5, 0.06), 0.5);
}

}  // namespace
}  // namespace brink::test
