// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "host/calibrate/correlation_estimate.hpp"
#include "host/calibrate/sample_moments.hpp"
#include "host/calibrate/student_t_fit.hpp"
#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

constexpr int repetitions = 200;
/// A share of 0.95 in 200 repetitions has a standard error of 0.0154; five of them, one-sided both
/// ways, and two points for errors that are themselves estimated.
constexpr double least_coverage = 0.85;

void expect_recovered(Repetitions const& found, double bias_allowed)
{
    EXPECT_LE(std::abs(found.bias()), 5 * found.bias_error() + bias_allowed);
    EXPECT_GE(found.coverage(), least_coverage);
}

TEST(CalibrationRecovery, VolatilityAndCorrelationOfNormalReturns)
{
    Repetitions volatility{0.03, {}, {}}, correlation{0.7, {}, {}};
    for (int seed = 0; seed < repetitions; ++seed) {
        auto const returns =
            ReturnSimulator{static_cast<std::uint64_t>(seed)}.pair(500, 0.03, 0.05, 0.7);
        FittedValue const sd = sample_volatility(returns[0]);
        volatility.add(sd.value, sd.se);
        auto const found = estimate_correlation(returns, CorrelationMethod::sample);
        correlation.add(found.matrix[0][1], found.fisher_se[0][1]);
    }

    expect_recovered(volatility, 0.03 / 500);
    expect_recovered(correlation, 1.0 / 500);
}

TEST(CalibrationRecovery, ErrorsOfFatTailedReturnsAreTheRobustOnes)
{
    Repetitions fisher{0.7, {}, {}}, robust{0.7, {}, {}};
    for (int seed = 0; seed < repetitions; ++seed) {
        auto const returns =
            ReturnSimulator{static_cast<std::uint64_t>(seed)}.pair(1'000, 0.03, 0.05, 0.7, 5);
        auto const found = estimate_correlation(returns, CorrelationMethod::sample);
        fisher.add(found.matrix[0][1], found.fisher_se[0][1]);
        robust.add(found.matrix[0][1], found.robust_se[0][1]);
    }

    EXPECT_GE(robust.coverage(), least_coverage);
    EXPECT_LT(fisher.coverage(), robust.coverage());
}

TEST(CalibrationRecovery, DegreesOfFreedomOfJointReturns)
{
    Repetitions degrees{4, {}, {}};
    for (int seed = 0; seed < repetitions; ++seed) {
        auto const returns =
            ReturnSimulator{static_cast<std::uint64_t>(seed)}.pair(1'000, 0.03, 0.05, 0.7, 4);
        StudentTFit const fit = fit_student_t(returns);
        EXPECT_EQ(fit.edge, FitEdge::inside);
        degrees.add(fit.degrees_of_freedom.value, fit.degrees_of_freedom.se);
    }

    expect_recovered(degrees, 0.1);  // maximum likelihood is biased upwards by order 1 / n
}

TEST(CalibrationRecovery, NormalReturnsHaveDegreesOfFreedomAtTheUpperEdgeOrFarUp)
{
    StudentTFit const fit = fit_student_t(ReturnSimulator{1}.pair(4'000, 0.03, 0.05, 0.7));

    EXPECT_GT(fit.degrees_of_freedom.value, 30);
}

}  // namespace
}  // namespace brink::test
