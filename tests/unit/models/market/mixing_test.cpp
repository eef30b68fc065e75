// SPDX-License-Identifier: Apache-2.0
#include "models/market/mixing.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "host/run/mixing_fit.hpp"

namespace brink {
namespace {

/// Sum of |coefficient|: bounds every partial sum of the series.
double magnitude(MixingFit const& fit)
{
    double sum = 0;
    for (double c : fit.coefficients)
        sum += std::abs(c);
    return sum;
}

/// Largest relative error of the functor's multiplier, between the grid points of the fit.
template<class T>
double largest_error(MixingFit const& fit)
{
    auto const view = make_mixing_view<T>(fit, 1);
    MixingDrawer<T> const drawer(view);
    double largest = 0;
    for (int i = 0; i <= 777; ++i) {
        T const z = static_cast<T>(-6.66 + 2 * 6.66 * i / 777);
        double const exact = mixing_multiplier(fit.nu, static_cast<double>(z));
        largest = std::max(largest, std::abs(double{drawer.multiplier(z)} / exact - 1));
    }
    return largest;
}

TEST(Mixing, MultiplierAtTheMedianIsThatOfTheTable)
{
    // medians of chi-squared with 4 and 10 degrees of freedom: 3.35669, 9.34182
    EXPECT_NEAR(mixing_multiplier(4, 0.0), std::sqrt(2 / 3.35669), 1e-6);
    EXPECT_NEAR(mixing_multiplier(10, 0.0), std::sqrt(8 / 9.34182), 1e-6);
}

TEST(Mixing, MultiplierAtFarQuantilesIsThatOfTheTable)
{
    // chi-squared with 4 degrees of freedom at Phi(-2.326348) = 1 % and Phi(2.326348) = 99 %
    EXPECT_NEAR(mixing_multiplier(4, -2.326348), std::sqrt(2 / 0.297109), 1e-4);
    EXPECT_NEAR(mixing_multiplier(4, 2.326348), std::sqrt(2 / 13.276704), 1e-6);
}

TEST(Mixing, MeanSquareOfTheMultiplierIsOne)
{
    for (double nu : {4.0, 6.0, 30.0}) {
        double sum = 0;
        double const width = 1e-3;
        for (int i = -6700; i < 6700; ++i) {
            double const z = (i + 0.5) * width;
            double const m = mixing_multiplier(nu, z);
            sum += m * m * std::exp(-0.5 * z * z) * width / std::sqrt(2 * std::numbers::pi);
        }
        // What lies beyond z = -6.7 has chance p = 1e-11 and m^2 = c p^(-2/nu), so it adds about
        // 2 p m^2 = 2e-11 * 468^2 = 5e-6 at nu = 4 and less above.
        EXPECT_NEAR(sum, 1.0, 6e-6) << "nu = " << nu;
    }
}

TEST(Mixing, SeriesHoldsItsToleranceInBothNumberTypes)
{
    for (double nu : {2.01, 2.5, 3.0, 4.5, 8.0, 40.0, 1e4}) {
        auto const coarse = fit_mixing(nu, mixing_tolerance_float);
        auto const fine = fit_mixing(nu, mixing_tolerance_double);
        // The recurrence rounds sums of at most `magnitude` a few times each; z itself is rounded,
        // and log2 m changes by less than `magnitude` per unit of z.
        double const float_rounding = 8 * 0x1p-24 * (1 + magnitude(coarse));
        double const double_rounding = 8 * 0x1p-53 * (1 + magnitude(fine));

        EXPECT_LT(largest_error<float>(coarse), mixing_tolerance_float + float_rounding) << nu;
        EXPECT_LT(largest_error<double>(fine), mixing_tolerance_double + double_rounding) << nu;
        EXPECT_LE(coarse.coefficients.size(), fine.coefficients.size());
    }
}

TEST(Mixing, MultiplierFallsInTheNormal)
{
    auto const view = make_mixing_view<double>(fit_mixing(3, mixing_tolerance_double), 1);
    MixingDrawer<double> const drawer(view);
    double previous = std::numeric_limits<double>::infinity();
    for (int i = -666; i <= 666; ++i) {
        double const m = drawer.multiplier(0.01 * i);
        EXPECT_LT(m, previous) << "z = " << 0.01 * i;
        previous = m;
    }
}

TEST(Mixing, IsDueAtMultiplesOfTheHoldingPeriod)
{
    auto const view = make_mixing_view<float>(fit_mixing(3, mixing_tolerance_float), 4);
    MixingDrawer<float> const drawer(view);

    EXPECT_TRUE(drawer.is_due(0));
    EXPECT_FALSE(drawer.is_due(3));
    EXPECT_TRUE(drawer.is_due(4));
}

TEST(Mixing, RefusesDegreesOfFreedomWithoutVariance)
{
    EXPECT_THROW(fit_mixing(2.0, 1e-6), std::invalid_argument);
    EXPECT_THROW(fit_mixing(-1.0, 1e-6), std::invalid_argument);
    EXPECT_THROW(fit_mixing(std::nan(""), 1e-6), std::invalid_argument);
    EXPECT_THROW(fit_mixing(INFINITY, 1e-6), std::invalid_argument);
}

TEST(Mixing, SaysWhenTheToleranceIsOutOfReach)
{
    EXPECT_THROW(fit_mixing(3.0, 1e-18), std::runtime_error);
}

}  // namespace
}  // namespace brink
