// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "models/market/garch.hpp"
#include "tests/support/market_samples.hpp"

namespace brink::testing {
namespace {

/// A bar of one step of 3 %, which falls raise more than rises do.
VarianceProcess<double> make_bar(std::uint32_t steps)
{
    return make_garch<double>(0, {.omega = 9e-6 / steps,
                                  .alpha = 0.05,
                                  .gamma = 0.1,
                                  .beta = 0.89,
                                  .initial = 9e-4 / steps,
                                  .bar_steps = steps});
}

TEST(GarchStep, SetsTheNextVarianceByTheSquareOfTheLastReturn)
{
    auto const process = make_bar(1);
    GarchStep<double> const advance{process};

    auto const rise = advance(9e-4, 0, 2, 1, 0);
    auto const fall = advance(9e-4, 0, -2, 1, 0);

    EXPECT_DOUBLE_EQ(rise.variance, 9e-6 + 0.05 * 36e-4 + 0.89 * 9e-4);
    EXPECT_DOUBLE_EQ(fall.variance, 9e-6 + 0.15 * 36e-4 + 0.89 * 9e-4);
    EXPECT_EQ(rise.so_far, 0);
    // In base-2 logarithms the compensator of a variance h is ln 2 h / 2.
    EXPECT_DOUBLE_EQ(rise.log_return, 0.06 - std::numbers::ln2 / 2 * 9e-4);
}

TEST(GarchStep, ScalesShockAndCompensatorByTheMixingDraw)
{
    auto const process = make_bar(1);

    auto const step = GarchStep<double>{process}(9e-4, 0, 1, 3, 0);

    EXPECT_DOUBLE_EQ(step.log_return, 0.09 - std::numbers::ln2 / 2 * 81e-4);
    EXPECT_DOUBLE_EQ(step.variance, 9e-6 + 0.05 * 81e-4 + 0.89 * 9e-4);
}

TEST(GarchStep, HoldsTheVarianceForABar)
{
    auto const process = make_bar(3);
    GarchStep<double> const advance{process};

    auto const first = advance(3e-4, 0, 1, 1, 3);
    auto const second = advance(first.variance, first.so_far, -3, 1, 4);
    auto const third = advance(second.variance, second.so_far, 0.5, 1, 5);

    EXPECT_EQ(first.variance, 3e-4);
    EXPECT_EQ(second.variance, 3e-4);
    EXPECT_NEAR(second.so_far, -2 * std::sqrt(3e-4), 1e-16);
    // The bar's return is -1.5 sqrt(h).
    EXPECT_NEAR(third.variance, 3e-6 + 0.15 * 2.25 * 3e-4 / 3 + 0.89 * 3e-4, 1e-18);
    EXPECT_EQ(third.so_far, 0);
}

}  // namespace
}  // namespace brink::testing
