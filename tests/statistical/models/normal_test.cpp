// SPDX-License-Identifier: Apache-2.0
#include "models/rng/normal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/statistical/models/path_sample.hpp"

namespace brink::testing {
namespace {

constexpr std::uint32_t num_steps = 250'000;  // two pairs each

template<class T>
class Normals : public ::testing::Test {
  protected:
    /// One vector per factor of a block.
    static std::vector<std::vector<double>> draw()
    {
        PathRandom<T> const random(RandomKey{2024, 7}, 42);
        std::vector<std::vector<double>> factors(4);
        for (std::uint32_t step = 0; step < num_steps; ++step) {
            auto const w = random.words({step, Stream::diffusion, 0});
            auto const low = normal_pair<T>(w.w0, w.w1), high = normal_pair<T>(w.w2, w.w3);
            factors[0].push_back(low.cosine);
            factors[1].push_back(low.sine);
            factors[2].push_back(high.cosine);
            factors[3].push_back(high.sine);
        }
        return factors;
    }
};
using NormalTypes = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Normals, NormalTypes);

TYPED_TEST(Normals, HaveMomentsOfTheStandardNormal)
{
    // Standard errors of n normals: mean 1/sqrt(n), variance sqrt(2/n), third moment sqrt(15/n),
    // fourth moment sqrt(96/n).
    double const n = num_steps;
    for (auto const& x : this->draw()) {
        EXPECT_NEAR(mean_of(x), 0, k * std::sqrt(1 / n));
        EXPECT_NEAR(central_moment(x, 2), 1, k * std::sqrt(2 / n));
        EXPECT_NEAR(central_moment(x, 3), 0, k * std::sqrt(15 / n));
        EXPECT_NEAR(central_moment(x, 4), 3, k * std::sqrt(96 / n));
    }
}

TYPED_TEST(Normals, OfDifferentFactorsAndStepsAreIndependent)
{
    auto const factors = this->draw();
    auto squares = factors;  // their independence too: the two of a pair share a radius
    for (auto& x : squares)
        for (double& v : x)
            v *= v;
    double const bound = k / std::sqrt(double{num_steps});
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            EXPECT_NEAR(correlation_of(factors[i], factors[j]), 0, bound) << i << ", " << j;
            EXPECT_NEAR(correlation_of(squares[i], squares[j]), 0, bound) << i << ", " << j;
        }
        std::vector<double> const now(factors[i].begin() + 1, factors[i].end());
        std::vector<double> const before(factors[i].begin(), factors[i].end() - 1);
        EXPECT_NEAR(correlation_of(now, before), 0, bound) << i;
    }
}

TYPED_TEST(Normals, HaveTheTailsOfTheStandardNormal)
{
    // Binomial standard error of the number of exceedances over all factors.
    auto const factors = this->draw();
    double const n = 4.0 * num_steps;
    for (double z : {1.0, 2.0, 3.0, 4.0}) {
        double const p = std::erfc(z / std::sqrt(2.0));
        double count = 0;
        for (auto const& x : factors)
            for (double v : x)
                count += std::abs(v) > z ? 1 : 0;
        EXPECT_NEAR(count, n * p, k * std::sqrt(n * p * (1 - p))) << "|z| > " << z;
    }
}

}  // namespace
}  // namespace brink::testing
