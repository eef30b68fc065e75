// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "host/calibrate/merton_fit.hpp"
#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

constexpr double years = 1.0 / 365;

/// Daily: 40 % a year without jumps, 20 jumps a year of -3 % +- 6 %.
std::vector<double> four_years(std::uint64_t seed)
{
    return ReturnSimulator{seed}.merton(1'460, 0.4 * std::sqrt(years), 20 * years, -0.03, 0.06);
}

TEST(MertonRecovery, FindsTheParametersOfASimulatedSeriesWithinTheirErrors)
{
    MertonFit const fit = fit_merton(four_years(3), years);

    double const volatility = std::sqrt(0.16 + 20 * (0.03 * 0.03 + 0.06 * 0.06));
    EXPECT_NEAR(fit.volatility.value, volatility, 5 * fit.volatility.se);
    EXPECT_NEAR(fit.rate.value, 20, 5 * fit.rate.se);
    EXPECT_NEAR(fit.mean.value, -0.03, 5 * fit.mean.se);
    EXPECT_NEAR(fit.sd.value, 0.06, 5 * fit.sd.se);
    EXPECT_LT(fit.volatility.se, 0.05);
    EXPECT_LT(fit.rate.se, 10);
}

TEST(MertonRecovery, FitsBetterThanTheTruthItself)
{
    auto const returns = four_years(4);
    MertonLaw const truth{0, 0.4 * std::sqrt(years), 20 * years, -0.03, 0.06};

    MertonFit const fit = fit_merton(returns, years);

    EXPECT_GE(fit.log_likelihood, truth.log_likelihood(returns));
    EXPECT_NEAR(fit.law.log_likelihood(returns), fit.log_likelihood, 1e-9);
}

}  // namespace
}  // namespace brink::test
