// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/calibrate/t_copula_fit.hpp"
#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

TEST(TCopulaCoverage, IntervalsOfTwoHundredSeriesHoldTheTruth)
{
    Repetitions freedom{4, {}, {}};
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        TCopulaFit const fit = fit_t_copula(ReturnSimulator{seed}.pair(730, 0.03, 0.04, 0.7, 4));
        ASSERT_EQ(fit.edge, FitEdge::inside) << seed;
        freedom.add(fit.degrees_of_freedom.value, fit.degrees_of_freedom.se);
    }
    RecordProperty("coverage", std::to_string(freedom.coverage()));
    EXPECT_GE(freedom.coverage(), 0.85);
    EXPECT_LE(std::abs(freedom.bias()), 5 * freedom.bias_error() + 0.05 * freedom.truth);
}

}  // namespace
}  // namespace brink::test
