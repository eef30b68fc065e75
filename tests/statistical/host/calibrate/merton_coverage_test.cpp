// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/calibrate/merton_fit.hpp"
#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

TEST(MertonCoverage, IntervalsOfTwoHundredSeriesHoldTheTruth)
{
    constexpr double years = 1.0 / 365;
    double const truth = std::sqrt(0.16 + 20 * (0.03 * 0.03 + 0.06 * 0.06));
    Repetitions volatility{truth, {}, {}}, rate{20, {}, {}}, mean{-0.03, {}, {}}, sd{0.06, {}, {}};
    int undetermined = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        MertonFit const fit = fit_merton(
            ReturnSimulator{seed}.merton(1'460, 0.4 * std::sqrt(years), 20 * years, -0.03, 0.06),
            years);
        if (std::isnan(fit.rate.se)) {
            ++undetermined;
            continue;
        }
        volatility.add(fit.volatility.value, fit.volatility.se);
        rate.add(fit.rate.value, fit.rate.se);
        mean.add(fit.mean.value, fit.mean.se);
        sd.add(fit.sd.value, fit.sd.se);
    }

    EXPECT_LE(undetermined, 4);
    for (Repetitions const* found : {&volatility, &rate, &mean, &sd}) {
        RecordProperty("coverage of " + std::to_string(found->truth),
                       std::to_string(found->coverage()));
        EXPECT_GE(found->coverage(), 0.85) << found->truth;
        EXPECT_LE(std::abs(found->bias()), 5 * found->bias_error() + 0.05 * std::abs(found->truth))
            << found->truth;
    }
}

}  // namespace
}  // namespace brink::test
