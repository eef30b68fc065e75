// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "host/run/copula_fit.hpp"
#include "host/run/mixing_fit.hpp"
#include "models/market/copula_step.hpp"
#include "models/market/narrow_market.hpp"

namespace brink {
namespace {

/// Largest relative error of the functor's score, between the grid points of the fit.
template<class T>
double largest_score_error(double nu, double tolerance)
{
    CopulaTerms<T> const terms = narrow_copula<T>(fit_copula(nu, tolerance));
    NormalScore<T> const score{terms};
    double const largest = 6.66 * mixing_multiplier(nu, -6.66);
    double error = 0;
    for (int i = 0; i <= 1500; ++i) {
        // v from 1e-6 up to the largest, in equal ratios, with both signs.
        T const v =
            static_cast<T>((i % 2 == 0 ? 1 : -1)
                           * std::exp(std::log(1e-6) + i / 1500.0 * std::log(largest * 1e6)));
        double const exact = normal_score(nu, static_cast<double>(v));
        error = std::max(error, std::abs(static_cast<double>(score(v)) / exact - 1));
    }
    return error;
}

TEST(Copula, ScoreIsThatOfTheTables)
{
    // Student-t with 4 degrees of freedom: P(T > 3.746947) = 1 %; its variance is 2.
    EXPECT_NEAR(normal_score(4, 3.746947 / std::sqrt(2.0)), 2.326348, 1e-6);
    EXPECT_NEAR(normal_score(4, -3.746947 / std::sqrt(2.0)), -2.326348, 1e-6);
    EXPECT_NEAR(normal_score(1e6, 1.5), 1.5, 1e-5);
}

TEST(Copula, FunctorHasTheScoreAtEveryDegreeOfFreedom)
{
    for (double nu : {2.05, 2.5, 3.0, 4.0, 8.0, 30.0, 200.0}) {
        EXPECT_LT(largest_score_error<double>(nu, mixing_tolerance_double), 1e-9) << nu;
        EXPECT_LT(largest_score_error<float>(nu, mixing_tolerance_float), 2e-5) << nu;
    }
}

TEST(Copula, DegreesOfFreedomWithoutAVarianceAreRefused)
{
    for (double nu : {2.0, 0.5, -1.0, HUGE_VAL, std::nan("")})
        EXPECT_THROW(static_cast<void>(fit_copula(nu, 1e-6)), std::invalid_argument) << nu;
}

}  // namespace
}  // namespace brink
