// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "tests/statistical/host/calibrate/known_figures.hpp"

namespace brink::test {
namespace {

TEST_F(KnownFigures, VolatilityAndKurtosisOfWholeHistories)
{
    struct Known {
        char const* asset;
        char const* first;
        std::size_t returns;
        double volatility, kurtosis;
    };
    for (Known const& known : {Known{"BTC", "2017-01-01T00:00:00Z", 3102, 0.720, 13.69},
                               Known{"ETH", "2017-08-17T00:00:00Z", 2874, 0.904, 11.95},
                               Known{"SOL", "2021-01-01T00:00:00Z", 1641, 1.173, 8.35},
                               Known{"XRP", "2020-01-01T00:00:00Z", 2007, 1.055, 19.19},
                               Known{"LTC", "2017-12-13T00:00:00Z", 2756, 0.953, 8.68}}) {
        Calibration const found = fit({known.asset}, known.first, "2025-06-30T00:00:00Z");
        ASSERT_EQ(found.assets.size(), 1) << known.asset;
        EXPECT_EQ(found.data.size(), known.returns) << known.asset;
        EXPECT_NEAR(found.assets[0].volatility.value, known.volatility, 0.0006) << known.asset;
        // Theirs is corrected for bias: a relative difference of a few per n.
        EXPECT_NEAR(found.assets[0].excess_kurtosis, known.kurtosis, 0.01 * known.kurtosis)
            << known.asset;
    }
}

TEST_F(KnownFigures, VolatilityOfEachYear)
{
    double const btc[] = {0.840, 0.682, 0.810, 0.809, 0.644, 0.436, 0.527};
    double const correlation[] = {0.82, 0.82, 0.87, 0.78, 0.90, 0.83, 0.80};
    for (int i = 0; i < 7; ++i) {
        std::string const year = std::to_string(2018 + i);
        std::string const before = std::to_string(2017 + i);
        Calibration const found =
            fit({"BTC", "ETH"}, before + "-12-31T00:00:00Z", year + "-12-31T00:00:00Z");
        ASSERT_EQ(found.assets.size(), 2) << year;
        EXPECT_NEAR(found.assets[0].volatility.value, btc[i], 0.006) << year;
        EXPECT_NEAR(found.correlation.matrix[0][1], correlation[i], 0.01) << year;
    }
}

TEST_F(KnownFigures, CorrelationsOfTenCoins)
{
    double const known[10][10] = {{1},
                                  {0.82, 1},
                                  {0.61, 0.65, 1},
                                  {0.66, 0.67, 0.58, 1},
                                  {0.59, 0.60, 0.50, 0.53, 1},
                                  {0.67, 0.70, 0.58, 0.57, 0.63, 1},
                                  {0.52, 0.50, 0.38, 0.36, 0.36, 0.46, 1},
                                  {0.63, 0.65, 0.62, 0.60, 0.55, 0.69, 0.42, 1},
                                  {0.70, 0.77, 0.60, 0.62, 0.61, 0.71, 0.47, 0.66, 1},
                                  {0.72, 0.75, 0.55, 0.63, 0.64, 0.66, 0.48, 0.61, 0.73, 1}};
    Calibration const found =
        fit({"BTC", "ETH", "SOL", "BNB", "XRP", "ADA", "DOGE", "AVAX", "LINK", "LTC"},
            "2021-01-01T00:00:00Z", "2025-06-30T00:00:00Z");

    ASSERT_EQ(found.correlation.matrix.size(), 10);
    for (std::size_t i = 0; i < 10; ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_NEAR(found.correlation.matrix[i][j], known[i][j], 0.0051) << i << " " << j;
}

}  // namespace
}  // namespace brink::test
