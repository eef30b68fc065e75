// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/calibrate/kou_fit.hpp"
#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

TEST(KouCoverage, IntervalsOfTwoHundredSeriesHoldTheTruth)
{
    constexpr double day = 1.0 / 365;
    double const truth = std::sqrt(0.16 + 60 * (0.4 * 0.05 * 0.05 + 0.6 * 0.06 * 0.06));
    Repetitions volatility{truth, {}, {}}, rate{30, {}, {}}, up{0.4, {}, {}};
    Repetitions up_mean{0.05, {}, {}}, down_mean{0.06, {}, {}};
    int undetermined = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        KouFit const fit = fit_kou(
            ReturnSimulator{seed}.kou(1'460, 0.4 * std::sqrt(day), 30 * day, 0.4, 0.05, 0.06), day);
        if (std::isnan(fit.rate.se)) {
            ++undetermined;
            continue;
        }
        volatility.add(fit.volatility.value, fit.volatility.se);
        rate.add(fit.rate.value, fit.rate.se);
        up.add(fit.up_probability.value, fit.up_probability.se);
        up_mean.add(fit.up_mean.value, fit.up_mean.se);
        down_mean.add(fit.down_mean.value, fit.down_mean.se);
    }

    RecordProperty("undetermined", undetermined);
    EXPECT_LE(undetermined, 4);
    for (Repetitions const* found : {&volatility, &rate, &up, &up_mean, &down_mean}) {
        RecordProperty("coverage of " + std::to_string(found->truth),
                       std::to_string(found->coverage()));
        EXPECT_GE(found->coverage(), 0.85) << found->truth;
        EXPECT_LE(std::abs(found->bias()), 5 * found->bias_error() + 0.05 * std::abs(found->truth))
            << found->truth;
    }
}

}  // namespace
}  // namespace brink::test
