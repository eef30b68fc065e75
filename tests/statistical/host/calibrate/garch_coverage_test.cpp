// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/calibrate/garch_fit.hpp"
#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

TEST(GarchCoverage, IntervalsOfTwoHundredSeriesHoldTheTruth)
{
    constexpr double years = 1.0 / 365;
    Repetitions alpha{0.06, {}, {}}, gamma{0.08, {}, {}}, beta{0.86, {}, {}}, nu{5, {}, {}};
    int undetermined = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        GarchFit const fit =
            fit_garch(ReturnSimulator{seed}.garch(3'000, 0.001, 0.06, 0.08, 0.86, 5), years);
        if (std::isnan(fit.alpha.se + fit.gamma.se + fit.beta.se + fit.degrees_of_freedom.se)) {
            ++undetermined;
            continue;
        }
        alpha.add(fit.alpha.value, fit.alpha.se);
        gamma.add(fit.gamma.value, fit.gamma.se);
        beta.add(fit.beta.value, fit.beta.se);
        nu.add(fit.degrees_of_freedom.value, fit.degrees_of_freedom.se);
    }

    EXPECT_LE(undetermined, 4);
    for (Repetitions const* found : {&alpha, &gamma, &beta, &nu}) {
        RecordProperty("coverage of " + std::to_string(found->truth),
                       std::to_string(found->coverage()));
        EXPECT_GE(found->coverage(), 0.85) << found->truth;
        EXPECT_LE(std::abs(found->bias()), 5 * found->bias_error() + 0.03 * std::abs(found->truth))
            << found->truth;
    }
}

}  // namespace
}  // namespace brink::test
