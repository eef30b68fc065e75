// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/calibrate/kou_fit.hpp"
#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

constexpr double day = 1.0 / 365;
KouLaw const kou_truth{0, 0.4 * std::sqrt(day), 30 * day, 0.4, 0.05, 0.06};

/// Daily: 40 % a year without jumps, 30 jumps a year.
std::vector<double> daily_kou(std::uint64_t seed)
{
    return ReturnSimulator{seed}.kou(1'460, kou_truth.diffusion, kou_truth.jumps,
                                     kou_truth.up_probability, kou_truth.up_mean,
                                     kou_truth.down_mean);
}

TEST(KouRecovery, FindsTheParametersOfASimulatedSeriesWithinTheirErrors)
{
    KouFit const fit = fit_kou(daily_kou(3), day);

    double const volatility = std::sqrt(0.16 + 60 * (0.4 * 0.05 * 0.05 + 0.6 * 0.06 * 0.06));
    EXPECT_NEAR(fit.volatility.value, volatility, 5 * fit.volatility.se);
    EXPECT_NEAR(fit.rate.value, 30, 5 * fit.rate.se);
    EXPECT_NEAR(fit.up_probability.value, 0.4, 5 * fit.up_probability.se);
    EXPECT_NEAR(fit.up_mean.value, 0.05, 5 * fit.up_mean.se);
    EXPECT_NEAR(fit.down_mean.value, 0.06, 5 * fit.down_mean.se);
    EXPECT_LT(fit.volatility.se, 0.1);
    EXPECT_LT(fit.rate.se, 15);
    EXPECT_LT(fit.up_probability.se, 0.2);
}

TEST(KouRecovery, FitsBetterThanTheTruthItself)
{
    auto const returns = daily_kou(4);

    KouFit const fit = fit_kou(returns, day);

    EXPECT_GE(fit.log_likelihood, kou_truth.log_likelihood(returns));
    EXPECT_NEAR(fit.law.log_likelihood(returns), fit.log_likelihood, 1e-9);
}

}  // namespace
}  // namespace brink::test
