// SPDX-License-Identifier: Apache-2.0
// Fits of laws whose volatility clusters, on small series with known answers.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "host/calibrate/garch_fit.hpp"
#include "host/calibrate/regime_fit.hpp"
#include "host/calibrate/sample_moments.hpp"
#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

TEST(GarchVariances, FollowThePastByHand)
{
    GarchLaw const law{0.01, 4e-4, 0.1, 0.2, 0.5, 5};
    double const omega = (1 - 0.7) * 4e-4;
    double const second = omega + 0.3 * 4e-4 + 0.5 * 4e-4;   // e = -0.02: alpha and gamma
    double const third = omega + 0.1 * 9e-4 + 0.5 * second;  // e = 0.03

    auto const variances = garch_variances(law, std::vector<double>{-0.01, 0.04});

    ASSERT_EQ(variances.size(), 3u);
    EXPECT_DOUBLE_EQ(variances[0], 4e-4);
    EXPECT_NEAR(variances[1], second, 1e-18);
    EXPECT_NEAR(variances[2], third, 1e-18);
}

TEST(GarchFit, FindsThePersistenceOfALongSeries)
{
    auto const returns = ReturnSimulator{5}.garch(6'000, 0.001, 0.05, 0.08, 0.85, 6);
    GarchFit const fit = fit_garch(returns, 1.0 / 365);

    EXPECT_NEAR(fit.alpha.value, 0.05, 4 * fit.alpha.se);
    EXPECT_NEAR(fit.gamma.value, 0.08, 4 * fit.gamma.se);
    EXPECT_NEAR(fit.beta.value, 0.85, 4 * fit.beta.se);
    EXPECT_NEAR(fit.degrees_of_freedom.value, 6, 4 * fit.degrees_of_freedom.se);
    EXPECT_LT(fit.beta.se, 0.05);
    EXPECT_DOUBLE_EQ(fit.long_run_volatility.value, sample_moments(returns).sd * std::sqrt(365));
    EXPECT_EQ(fit.residuals.size(), returns.size());
}

/// Ten quiet and ten wild returns: what is which leaves no doubt.
TEST(RegimeFilter, TellsClearRegimesApart)
{
    RegimeLaw law;
    law.stay[0] = law.stay[1] = 0.9;
    law.sd[0] = {0.01};
    law.sd[1] = {0.2};
    law.correlation[0] = law.correlation[1] = {{1.0}};
    std::vector<double> returns;
    for (int i = 0; i < 20; ++i)
        returns.push_back((i % 2 == 0 ? 1 : -1) * (i < 10 ? 0.005 : 0.3));

    RegimeFilter const filter = filter_regimes(law, {returns});

    EXPECT_LT(filter.crash[9], 0.01);
    EXPECT_GT(filter.crash[10], 0.99);
    EXPECT_GT(filter.crash[19], 0.99);
}

TEST(RegimeFit, PutsTheCalmerRegimeFirstAndEmbedsTheChain)
{
    constexpr double day = 86'400;
    auto const returns = ReturnSimulator{3}.switching_pair(4'000, {0.97, 0.9}, {0.02, 0.06},
                                                           {0.02, 0.08}, {0.6, 0.9});
    RegimeFit const fit = fit_regimes(returns, day);

    EXPECT_NEAR(fit.law.stay[0], 0.97, 0.02);
    EXPECT_NEAR(fit.law.stay[1], 0.9, 0.04);
    EXPECT_NEAR(fit.regimes[1].correlation[1][0].value, 0.9,
                4 * fit.regimes[1].correlation[1][0].se);
    EXPECT_NEAR(fit.regimes[0].occupancy, 0.1 / 0.13, 0.06);
    // exp(Q day) has the diagonal `stay`.
    double const leave[2] = {day / fit.regimes[0].mean_duration.value,
                             day / fit.regimes[1].mean_duration.value};
    double const both = leave[0] + leave[1];
    EXPECT_NEAR((leave[1] + leave[0] * std::exp(-both)) / both, fit.law.stay[0], 1e-6);
}

}  // namespace
}  // namespace brink::test
