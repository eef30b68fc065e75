// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "host/run/mixing_fit.hpp"
#include "tests/statistical/models/path_sample.hpp"
#include "tests/support/machine_isa.hpp"
#include "tests/support/market_samples.hpp"

namespace brink::testing {
namespace {

constexpr RandomKey key{77, 1};
constexpr std::size_t num_paths = 400'000;
using Market = MarketView<float, probe_assets>;

Market make_student_market(double volatility, double correlation, double nu, std::uint32_t hold)
{
    auto market = make_market<float, probe_assets>(volatility, correlation, 0.0);
    market.mixed_mask = market.factor_mask;
    market.mixing = make_mixing_view<float>(fit_mixing(nu, mixing_tolerance_float), hold);
    return market;
}

/// P(X < q, Y < q) of two standard normals, by the midpoint rule over x.
double both_below(double q, double correlation)
{
    boost::math::normal const normal;
    double const width = 0.01, scale = std::sqrt(1 - correlation * correlation);
    double sum = 0;
    for (double x = q - width / 2; x > -9; x -= width)
        sum += pdf(normal, x) * cdf(normal, (q - correlation * x) / scale) * width;
    return sum;
}

/// P(both of two t variables of unit variance lie below their p quantile): the normal probability
/// averaged over the multiplier.
double both_below_student(double p, double correlation, double nu)
{
    double const q = quantile(boost::math::students_t(nu), p) * std::sqrt((nu - 2) / nu);
    boost::math::normal const normal;
    double const width = 0.05;
    double sum = 0;
    for (double z = -6.7 + width / 2; z < 6.7; z += width)
        sum += pdf(normal, z) * width * both_below(q / mixing_multiplier(nu, z), correlation);
    return sum;
}

class MarketStatistics : public ::testing::Test {
  protected:
    void SetUp() override { BRINK_SKIP_WITHOUT(v3); }
};

TEST_F(MarketStatistics, NormalReturnsHaveTheConfiguredVolatilityAndCorrelation)
{
    double const volatility = 0.01, correlation = 0.6;
    int const steps = 16;
    auto const sample = sample_paths(make_market<float, probe_assets>(volatility, correlation, 0),
                                     key, num_paths, steps);

    double const n = static_cast<double>(sample.size());
    for (std::size_t i = 0; i < probe_assets; ++i) {
        double const variance =
            steps * std::pow(volatility * (1 + 0.1 * static_cast<double>(i)), 2);
        // standard error of a normal variance: variance sqrt(2/n)
        EXPECT_NEAR(central_moment(sample.returns[i], 2) / variance, 1, k * std::sqrt(2 / n));
        EXPECT_NEAR(central_moment(sample.returns[i], 4) / (variance * variance), 3,
                    k * std::sqrt(96 / n));
        for (std::size_t j = 0; j < i; ++j)  // standard error of a correlation: (1 - r^2) / sqrt(n)
            EXPECT_NEAR(correlation_of(sample.returns[i], sample.returns[j]), correlation,
                        k * (1 - correlation * correlation) / std::sqrt(n))
                << i << ", " << j;
    }
}

TEST_F(MarketStatistics, ExpectedNormalPriceGrowsByTheDrift)
{
    int const steps = 25;
    double const drift = 0.002;
    auto const sample =
        sample_paths(make_market<float, probe_assets>(0.05, 0.4, drift), key, num_paths, steps);

    for (auto const& returns : sample.returns) {
        auto const growth = estimate_mean(returns, [](double r) { return std::exp(r); });
        EXPECT_NEAR(growth.value, std::exp(steps * drift), k * growth.standard_error);
    }
}

TEST_F(MarketStatistics, ExpectedStudentPriceGrowsByTheDrift)
{
    auto const market = make_student_market(0.03, 0.4, 5, 6);
    auto const sample = sample_paths(market, key, num_paths, 24);

    for (auto const& returns : sample.returns) {
        auto const growth = estimate_mean(returns, [](double r) { return std::exp(r); });
        EXPECT_NEAR(growth.value, 1, k * growth.standard_error);
    }
}

// Small volatility in what follows: the compensator -m^2 v / 2 skews a t return by about v, which
// is then far below the standard errors.

TEST_F(MarketStatistics, StudentReturnOfAHoldingPeriodIsStudent)
{
    double const nu = 12, volatility = 1e-3;
    int const steps = 8;
    auto const sample =
        sample_paths(make_student_market(volatility, 0.5, nu, 8), key, num_paths, steps);

    for (std::size_t i = 0; i < probe_assets; ++i) {
        auto const& returns = sample.returns[i];
        double const variance =
            steps * std::pow(volatility * (1 + 0.1 * static_cast<double>(i)), 2);
        auto const measured =
            estimate_by_batches(returns, [](auto const& x) { return central_moment(x, 2); });
        EXPECT_NEAR(measured.value, variance, k * measured.standard_error);
        // E r^4 / var^2 = 3 (nu - 2) / (nu - 4); its error exists for nu > 8
        auto const fourth =
            estimate_by_batches(returns, [](auto const& x) { return central_moment(x, 4); });
        EXPECT_NEAR(fourth.value, variance * variance * 3 * (nu - 2) / (nu - 4),
                    k * fourth.standard_error);
    }
}

TEST_F(MarketStatistics, StudentReturnsExceedTheQuantilesOfT)
{
    double const nu = 3, volatility = 1e-3;
    auto const sample =
        sample_paths(make_student_market(volatility, 0.5, nu, 4), key, num_paths, 4);
    boost::math::students_t const student(nu);
    double const n = static_cast<double>(sample.size());
    double const scale = volatility * std::sqrt(4.0) * std::sqrt((nu - 2) / nu);

    for (double p : {0.05, 0.01, 0.001, 0.0001}) {
        double const q = scale * quantile(student, p);
        double below = 0, above = 0;
        for (double r : sample.returns[0]) {
            below += r < q ? 1 : 0;
            above += r > -q ? 1 : 0;
        }
        double const bound = k * std::sqrt(n * p * (1 - p));
        EXPECT_NEAR(below, n * p, bound) << p;
        EXPECT_NEAR(above, n * p, bound) << p;
    }
}

TEST_F(MarketStatistics, MultiplierDrawnPerStepMakesTheSumNearlyNormal)
{
    // Excess kurtosis of a sum of m independent t returns is that of one over m: 6 / (nu - 4) / m.
    double const nu = 12;
    int const steps = 16;
    auto const sample = sample_paths(make_student_market(1e-3, 0.5, nu, 1), key, num_paths, steps);

    auto const fourth =
        estimate_by_batches(sample.returns[0], [](auto const& x) { return central_moment(x, 4); });
    double const variance = steps * 1e-6;
    EXPECT_NEAR(fourth.value / (variance * variance), 3 + 6 / (nu - 4) / steps,
                k * fourth.standard_error / (variance * variance));
}

TEST_F(MarketStatistics, StudentReturnsFallTogetherMoreOftenThanNormalOnes)
{
    double const nu = 4, correlation = 0.5, p = 0.05, volatility = 1e-3;
    auto const sample =
        sample_paths(make_student_market(volatility, correlation, nu, 1), key, num_paths, 1);
    double const q = quantile(boost::math::students_t(nu), p) * std::sqrt((nu - 2) / nu);

    double both = 0;
    for (std::size_t path = 0; path < sample.size(); ++path)
        both += sample.returns[0][path] < q * volatility
                        && sample.returns[1][path] < q * volatility * 1.1
                    ? 1
                    : 0;

    double const n = static_cast<double>(sample.size());
    double const expected = both_below_student(p, correlation, nu);
    double const bound = k * std::sqrt(n * expected * (1 - expected));
    EXPECT_NEAR(both, n * expected, bound);
    EXPECT_GT(both - bound, n * both_below(quantile(boost::math::normal(), p), correlation));
}

}  // namespace
}  // namespace brink::testing
