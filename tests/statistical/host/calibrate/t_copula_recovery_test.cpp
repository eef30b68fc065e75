// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/calibrate/t_copula_fit.hpp"
#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

/// Jointly t, then bent by asset: ranks, and so the copula, stay.
std::vector<std::vector<double>> bent_pair(std::uint64_t seed, std::size_t n, double nu)
{
    auto returns = ReturnSimulator{seed}.pair(n, 1, 1, 0.6, nu);
    for (double& x : returns[0])
        x = std::cbrt(x);
    for (double& x : returns[1])
        x = std::exp(x);
    return returns;
}

TEST(TCopulaRecovery, FindsTheParametersWhateverTheMargins)
{
    TCopulaFit const fit = fit_t_copula(bent_pair(3, 8'000, 4));
    EXPECT_EQ(fit.edge, FitEdge::inside);
    EXPECT_LT(fit.degrees_of_freedom.se, 0.6);
    EXPECT_NEAR(fit.degrees_of_freedom.value, 4, 4 * fit.degrees_of_freedom.se);
    EXPECT_NEAR(fit.correlation[0][1], 0.6, 4 * (1 - 0.36) / std::sqrt(8'000.0));
    EXPECT_EQ(fit.correlation[0][0], 1);
    EXPECT_GT(fit.log_likelihood, fit.gaussian_log_likelihood + 50);
}

TEST(TCopulaRecovery, NormalReturnsStandAtTheUpperEdge)
{
    TCopulaFit const fit = fit_t_copula(bent_pair(4, 5'000, 0));
    EXPECT_GT(fit.degrees_of_freedom.value, 40);
    EXPECT_NEAR(fit.log_likelihood, fit.gaussian_log_likelihood, 3);
}

TEST(TCopulaRecovery, EqualValuesShareAPlace)
{
    auto returns = bent_pair(5, 2'000, 4);
    for (auto& values : returns)
        for (double& x : values)
            x = std::round(50 * x) / 50;
    TCopulaFit const rounded = fit_t_copula(returns);
    TCopulaFit const exact = fit_t_copula(bent_pair(5, 2'000, 4));
    EXPECT_NEAR(rounded.degrees_of_freedom.value, exact.degrees_of_freedom.value,
                0.5 * exact.degrees_of_freedom.se);
}

TEST(TCopulaRecovery, AssetsThatMoveAsOneAreRefused)
{
    auto returns = bent_pair(6, 500, 4);
    returns[1] = returns[0];
    EXPECT_THROW(static_cast<void>(fit_t_copula(returns)), std::runtime_error);
}

}  // namespace
}  // namespace brink::test
