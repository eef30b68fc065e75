// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/calibrate/regime_fit.hpp"
#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

TEST(RegimeCoverage, IntervalsOfTwoHundredSeriesHoldTheTruth)
{
    constexpr double day = 86'400, year = 365 * day;
    double const rates = -std::log(0.97 + 0.9 - 1) / day;
    double const scale = std::sqrt(year / day);
    // The rates of leaving are in the proportion of 0.03 and 0.1, and add up to `rates`.
    Repetitions calm_days{0.13 / 0.03 / rates, {}, {}}, crash_days{0.13 / 0.1 / rates, {}, {}},
        calm_volatility{0.02 * scale, {}, {}}, crash_volatility{0.08 * scale, {}, {}},
        calm_correlation{0.6, {}, {}}, crash_correlation{0.9, {}, {}};
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto const returns = ReturnSimulator{seed}.switching_pair(1'500, {0.97, 0.9}, {0.02, 0.06},
                                                                  {0.02, 0.08}, {0.6, 0.9});
        RegimeFit const fit = fit_regimes(returns, day);
        FittedRegime const &calm = fit.regimes[0], &crash = fit.regimes[1];
        calm_days.add(calm.mean_duration.value, calm.mean_duration.se);
        crash_days.add(crash.mean_duration.value, crash.mean_duration.se);
        calm_volatility.add(calm.volatility[1].value, calm.volatility[1].se);
        crash_volatility.add(crash.volatility[1].value, crash.volatility[1].se);
        calm_correlation.add(calm.correlation[1][0].value, calm.correlation[1][0].se);
        crash_correlation.add(crash.correlation[1][0].value, crash.correlation[1][0].se);
    }

    for (Repetitions const* found : {&calm_days, &crash_days, &calm_volatility, &crash_volatility,
                                     &calm_correlation, &crash_correlation}) {
        RecordProperty("coverage of " + std::to_string(found->truth),
                       std::to_string(found->coverage()));
        EXPECT_GE(found->coverage(), 0.85) << found->truth;
        // Means of exponential durations that are counted are biased by order 1 / switches.
        EXPECT_LE(std::abs(found->bias()), 5 * found->bias_error() + 0.03 * std::abs(found->truth))
            << found->truth;
    }
}

}  // namespace
}  // namespace brink::test
