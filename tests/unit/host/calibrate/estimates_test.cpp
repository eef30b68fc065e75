// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "host/calibrate/correlation_estimate.hpp"
#include "host/calibrate/goodness.hpp"
#include "host/calibrate/likelihood.hpp"
#include "host/calibrate/merton_fit.hpp"
#include "host/calibrate/sample_moments.hpp"

namespace brink::test {
namespace {

// -2, -1, 0, 1, 2: mean 0, m2 = 2, m4 = 34 / 5, variance with n - 1 2.5.
std::vector<double> const five{-2, -1, 0, 1, 2};

TEST(SampleMoments, AreThoseOfTheSeries)
{
    SampleMoments const moments = sample_moments(five);

    EXPECT_DOUBLE_EQ(moments.mean, 0);
    EXPECT_DOUBLE_EQ(moments.sd, std::sqrt(2.5));
    EXPECT_NEAR(moments.excess_kurtosis, 34.0 / 5 / 4 - 3, 1e-12);
}

TEST(SampleMoments, ErrorOfADeviationHoldsForTheKurtosisFound)
{
    FittedValue const volatility = sample_volatility(five);

    EXPECT_DOUBLE_EQ(volatility.value, std::sqrt(2.5));
    EXPECT_NEAR(volatility.se, std::sqrt(2.5) / 2 * std::sqrt((1.7 - 1) / 5), 1e-12);
}

TEST(SampleMoments, DriftIsTheGrowthOfTheExpectedPrice)
{
    // One return a quarter: a year and a quarter of them.
    FittedValue const drift = sample_drift(std::vector<double>{0.1, 0.3, 0.1, 0.3, 0.2}, 0.25);

    double const variance = 0.04 / 4;
    EXPECT_NEAR(drift.value, (0.2 + variance / 2) / 0.25, 1e-12);
    EXPECT_NEAR(drift.se, std::sqrt(variance / 0.25) / std::sqrt(1.25), 1e-12);
}

TEST(EwmaVolatility, WeighsTheLastReturnMost)
{
    std::vector<double> calm_then_wild(200, 0.01), wild_then_calm(200, 0.01);
    for (std::size_t i = 0; i < 20; ++i)
        calm_then_wild[180 + i] = wild_then_calm[i] = 0.05;

    double const w = std::pow(ewma_decay, 20);
    EXPECT_NEAR(ewma_volatility(calm_then_wild).value, std::sqrt(1e-4 * w + 25e-4 * (1 - w)), 1e-5);
    EXPECT_NEAR(ewma_volatility(wild_then_calm).value, 0.01, 1e-4);
}

TEST(CorrelationEstimate, IsPearsonsWithFishersError)
{
    CorrelationEstimate const found =
        estimate_correlation({five, {-2, -1, 0, 2, 1}}, CorrelationMethod::sample);

    // Sum of products 9 of sqrt(10 x 10).
    EXPECT_NEAR(found.matrix[0][1], 0.9, 1e-12);
    EXPECT_EQ(found.matrix[0][1], found.matrix[1][0]);
    EXPECT_EQ(found.matrix[1][1], 1.0);
    EXPECT_NEAR(found.fisher_se[0][1], (1 - 0.81) / std::sqrt(2), 1e-12);
    EXPECT_EQ(found.shrinkage, 0);
}

TEST(CorrelationEstimate, ShrinksNoiseTowardsNoCorrelation)
{
    CorrelationEstimate const found = estimate_correlation(
        {five, {1, -2, 2, -1, 0}, {0, 2, -1, -2, 1}}, CorrelationMethod::ledoit_wolf);
    CorrelationEstimate const sample = estimate_correlation(
        {five, {1, -2, 2, -1, 0}, {0, 2, -1, -2, 1}}, CorrelationMethod::sample);

    EXPECT_GT(found.shrinkage, 0.2);
    EXPECT_LE(found.shrinkage, 1);
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_NEAR(found.matrix[i][j], (1 - found.shrinkage) * sample.matrix[i][j], 1e-12);
}

TEST(Maximise, FindsTheTopOfAHillAndItsCurvature)
{
    // -(x - 1)^2 - 4 (y + 2)^2: second derivatives -2 and -8.
    auto const hill = [](std::vector<double> const& at) {
        return -std::pow(at[0] - 1, 2) - 4 * std::pow(at[1] + 2, 2);
    };

    Maximum const top = maximise(hill, {0, 0}, {{-5, -5}, {5, 5}});
    auto const covariance = observed_covariance(hill, {1, -2}, 1e-3);

    EXPECT_NEAR(top.at[0], 1, 1e-4);
    EXPECT_NEAR(top.at[1], -2, 1e-4);
    ASSERT_EQ(covariance.size(), 2);
    EXPECT_NEAR(covariance[0][0], 0.5, 1e-6);
    EXPECT_NEAR(covariance[1][1], 0.125, 1e-6);
    EXPECT_NEAR(delta_error([](auto const& at) { return 3 * at[0]; }, {1, -2}, covariance),
                3 * std::sqrt(0.5), 1e-5);
    EXPECT_TRUE(observed_covariance([](auto const& at) { return at[0]; }, {0}, 1e-3).empty());
}

TEST(Goodness, MeasuresTheLargestDistanceAndClustering)
{
    std::vector<double> even, clustered;
    for (int i = 0; i < 400; ++i) {
        even.push_back((i * 37 % 400 + 0.5) / 400);
        clustered.push_back((i / 50 % 2 == 0 ? 0.01 : 0.1) * (i % 2 == 0 ? 1 : -1));
    }
    auto const uniform = [](double x) { return x; };

    EXPECT_NEAR(measure_goodness(even, uniform).kolmogorov, 0.5 / 400, 1e-12);
    EXPECT_NEAR(measure_goodness(even, uniform).kolmogorov_level, 1.36 / 20, 1e-12);
    EXPECT_LT(measure_goodness(clustered, uniform).ljung_box_p, 1e-6);
}

TEST(MertonLaw, WithoutJumpsIsNormal)
{
    MertonLaw const law{0.1, 2, 1e-12, 0, 1};

    EXPECT_NEAR(law.distribution(0.1), 0.5, 1e-9);
    EXPECT_NEAR(law.distribution(2.1), 0.841344746068543, 1e-9);
    EXPECT_NEAR(law.log_likelihood(std::vector<double>{0.1}),
                -std::log(2 * std::sqrt(2 * std::acos(-1.0))), 1e-9);
}

TEST(MertonLaw, IsAPoissonMixtureOfNormals)
{
    // Jumps of exactly 10, one in two returns on average, far from the diffusion: P(no jump).
    MertonLaw const law{0, 0.1, 0.5, 10, 0.1};

    EXPECT_NEAR(law.distribution(5), std::exp(-0.5), 1e-9);
    EXPECT_NEAR(law.distribution(15), std::exp(-0.5) * 1.5, 1e-9);
}

}  // namespace
}  // namespace brink::test
