// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "models/market/heston.hpp"
#include "tests/support/market_samples.hpp"

namespace brink::testing {
namespace {

constexpr double dt = 1.0 / 365;
constexpr HestonSample sample{
    .kappa = 3, .theta = 0.36, .epsilon = 1.8, .rho = -0.6, .initial = 0.25, .years = dt};

/// Expectation over the two independent normals of a step, by the trapezoidal rule: `z_v` moves
/// the variance, `z` the rest. The integrands are smooth but for a kink where v' = 0.
template<class Function>
double expect(VarianceProcess<double> const& process, double v, Function const& value)
{
    HestonStep<double> const advance{process};
    double const rho = process.correlation, complement = process.complement;
    constexpr double width = 0.01, wide = 0.25, reach = 9;
    double sum = 0;
    for (double z_v = -reach; z_v < reach; z_v += width)
        for (double z = -reach; z < reach; z += wide) {
            double const factor = rho * z_v + complement * z;
            double const own = complement * z_v - rho * z;
            double const density = std::exp(-(z_v * z_v + z * z) / 2) / (2 * std::numbers::pi);
            sum += density * value(advance(v, factor, own), factor) * width * wide;
        }
    return sum;
}

TEST(NormalTail, HasARelativeErrorBelowTwoTenMillionths)
{
    for (double z = -9.5; z <= 9.5; z += 0.0137) {
        double const exact = std::log2(std::erfc(z / std::sqrt(2.0)) / 2);
        EXPECT_NEAR(log2_normal_tail(z), exact, 2e-7) << z;
        // In float the square of z is rounded, a few units in the last place of the logarithm.
        EXPECT_NEAR(log2_normal_tail(static_cast<float>(z)), exact, 1e-6 + 4e-7 * std::abs(exact))
            << z;
    }
}

TEST(HestonStep, KeepsMeanAndVarianceOfTheVarianceUnderBothLaws)
{
    auto const process = make_variance<double>(0, sample);
    double const e = std::exp(-3 * dt);
    for (double const v : {1e-6, 1e-3, 0.004, 0.05, 0.36, 4.0}) {
        double const mean = 0.36 + (v - 0.36) * e;
        double const variance =
            v * 1.8 * 1.8 * e * (1 - e) / 3 + 0.36 * 1.8 * 1.8 * (1 - e) * (1 - e) / 6;

        double const first = expect(process, v, [](auto step, double) { return step.variance; });
        double const second = expect(process, v, [&](auto step, double) {
            return (step.variance - mean) * (step.variance - mean);
        });

        // The kink costs the rule width^2 / 12 of its slope.
        EXPECT_NEAR(first, mean, 2e-5 * std::sqrt(variance)) << v;
        EXPECT_NEAR(second, variance, 5e-5 * variance) << v;
    }
}

TEST(HestonStep, LeavesTheExpectedPriceAtAnyVariance)
{
    for (double const rho : {-0.9, 0.0, 0.7}) {
        HestonSample tilted = sample;
        tilted.rho = rho;
        auto const process = make_variance<double>(0, tilted);
        for (double const v : {1e-6, 1e-3, 0.004, 0.05, 0.36, 4.0})
            EXPECT_NEAR(
                expect(process, v, [](auto step, double) { return std::exp(step.log_return) - 1; }),
                0, 2e-7)
                << rho << ", " << v;
    }
}

TEST(HestonStep, MovesThePriceWithItsFactor)
{
    auto const process = make_variance<double>(0, sample);
    double const v = 0.36;

    double const covariance =
        expect(process, v, [](auto step, double factor) { return step.log_return * factor; });

    // sqrt(v dt) but for terms of the order of dt.
    EXPECT_NEAR(covariance, std::sqrt(v * dt), 0.01 * std::sqrt(v * dt));
}

TEST(HestonStep, IsOneOfGbmWithoutVolatilityOfVariance)
{
    HestonSample still = sample;
    still.epsilon = 1e-4;
    auto const process = make_variance<double>(0, still);

    auto const step = HestonStep<double>{process}(0.25, 1.3, -0.4);

    double const mean = 0.36 + (0.25 - 0.36) * std::exp(-3 * dt);
    double const w = (0.25 + mean) / 2 * dt;
    EXPECT_NEAR(step.variance, mean, 5e-6);  // epsilon sqrt(v dt)
    EXPECT_NEAR(step.log_return, 1.3 * std::sqrt(w) - w / 2, 1e-5);
}

TEST(HestonStep, IsTheSameInFloatButForRounding)
{
    auto const exact = make_variance<double>(0, sample);
    auto const rounded = make_variance<float>(0, sample);
    for (double const v : {1e-3, 0.05, 0.36, 4.0})
        for (double const z : {-3.0, -0.4, 1.1, 4.0}) {
            auto const a = HestonStep<double>{exact}(v, z, 0.7);
            auto const b =
                HestonStep<float>{rounded}(static_cast<float>(v), static_cast<float>(z), 0.7f);
            EXPECT_NEAR(a.variance, b.variance, 2e-6 * v + 1e-7) << v << ", " << z;
            EXPECT_NEAR(a.log_return, b.log_return, 1e-6 * (1 + std::abs(a.log_return)))
                << v << ", " << z;
        }
}

TEST(HestonStep, KeepsNoNumberWhereThereIsNone)
{
    auto const process = make_variance<double>(0, sample);

    auto const step =
        HestonStep<double>{process}(std::numeric_limits<double>::quiet_NaN(), 0.1, 0.2);

    EXPECT_TRUE(std::isnan(step.variance));
    EXPECT_TRUE(std::isnan(step.log_return));
}

}  // namespace
}  // namespace brink::testing
