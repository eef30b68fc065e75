// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "host/calibrate/kou_fit.hpp"

namespace brink::test {
namespace {

/// By the trapezium rule from the characteristic function, which shares nothing with the closed
/// form. The normal's part makes it exact but for rounding: cut where it is below 1e-17, with steps
/// whose images lie where the density is.
double inverted_density(KouLaw const& law, double x)
{
    using Complex = std::complex<double>;
    double const step = 0.002 / law.diffusion;
    double sum = 0;
    for (int i = 0; i < 4'500; ++i) {
        double const u = i * step;
        Complex const size = law.up_probability / Complex(1, -u * law.up_mean)
                             + (1 - law.up_probability) / Complex(1, u * law.down_mean);
        Complex const exponent = Complex(0, u * (law.location - x))
                                 - 0.5 * u * u * law.diffusion * law.diffusion
                                 + law.jumps * (size - 1.0);
        sum += (i == 0 ? 0.5 : 1.0) * std::exp(exponent).real();
    }
    return sum * step / std::numbers::pi;
}

TEST(KouLaw, DensityIsThatOfItsCharacteristicFunction)
{
    for (KouLaw const& law :
         {KouLaw{0, 1, 0.05, 0.4, 2.0, 3.0}, KouLaw{0.3, 1, 1.5, 0.7, 0.5, 4.0},
          KouLaw{-0.1, 1, 6, 0.5, 0.05, 0.06}, KouLaw{0, 1, 1.5, 0.99, 20, 0.05},
          KouLaw{0, 0.02, 0.1, 0.5, 0.01, 0.05}})
        for (double z = -30; z <= 30; z += 0.37) {
            double const x = z * law.diffusion;
            EXPECT_NEAR(law.density(x) * law.diffusion, inverted_density(law, x) * law.diffusion,
                        2e-13)
                << law.jumps << " " << law.up_mean << " " << z;
        }
}

TEST(KouLaw, FarTailIsThatOfOneExponential)
{
    // Two jumps are 1e-9 as likely as one. Beyond the normal: the exponential, moved by it.
    KouLaw const law{0, 0.01, 1e-12, 0.3, 0.02, 0.05};

    double const up = 1e-12 * 0.3 / 0.02 * std::exp(0.125 - 0.9 / 0.02);
    double const down = 1e-12 * 0.7 / 0.05 * std::exp(0.02 - 0.9 / 0.05);
    EXPECT_NEAR(law.density(0.9) / up, 1, 1e-9);
    EXPECT_NEAR(law.density(-0.9) / down, 1, 1e-9);
}

TEST(KouLaw, LosesNoDigitsWhereItsTwoRecursionsMeet)
{
    // Of jumps up where 1 / up_mean - z = 0.7, of jumps down where 1 / down_mean + z is.
    KouLaw const law{0, 1, 1.5, 0.6, 0.5, 0.7};

    for (double const z : {1.3, 0.7 - 1 / 0.7})
        EXPECT_NEAR(law.density(z + 1e-13) / law.density(z - 1e-13), 1, 1e-12) << z;
}

TEST(KouLaw, DistributionIsTheIntegralOfTheDensity)
{
    KouLaw const law{0.1, 1, 1.2, 0.4, 1.5, 2.5};
    constexpr double step = 0.01;
    double below = 0, last = law.density(-90);

    // Simpson's rule: h^4 / 180 of the fourth derivative, below 1e-9.
    for (int i = 1; i <= 18'000; ++i) {
        double const x = -90 + i * step, here = law.density(x);
        below += step / 6 * (last + 4 * law.density(x - step / 2) + here);
        last = here;
        if (i % 500 == 0) {
            EXPECT_NEAR(law.distribution(x), below, 1e-9) << x;
        }
    }

    EXPECT_NEAR(below, 1, 1e-9);
    EXPECT_EQ(law.distribution(1'000), 1);
    EXPECT_NEAR(law.distribution(-1'000), 0, 1e-15);
}

TEST(KouLaw, WithoutJumpsIsNormal)
{
    KouLaw const law{0.1, 2, 1e-14, 0.5, 1, 1};

    EXPECT_NEAR(law.distribution(2.1), 0.841344746068543, 1e-12);
    EXPECT_NEAR(law.log_likelihood(std::vector<double>{0.1}),
                -std::log(2 * std::sqrt(2 * std::numbers::pi)), 1e-12);
}

}  // namespace
}  // namespace brink::test
