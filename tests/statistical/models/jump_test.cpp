// SPDX-License-Identifier: Apache-2.0
// Jump diffusions from config to returns, against the moments of their laws.
#include <gtest/gtest.h>

#include <boost/math/distributions/poisson.hpp>
#include <cmath>

#include "host/program/market_builder.hpp"
#include "io/config/scenario_reader.hpp"
#include "tests/statistical/models/path_sample.hpp"
#include "tests/support/machine_isa.hpp"

namespace brink::testing {
namespace {

constexpr RandomKey key{42, 3};
constexpr std::size_t num_paths = 400'000;
constexpr int num_steps = 30;
constexpr double years = 30.0 / 365.0;

/// Five assets over 30 days: normal sizes, double exponential ones, two that share jumps, and one
/// whose jumps are all of one size.
char const* const five_assets = R"(
[run]
name = "jumps"
as_of = 2025-01-01T00:00:00Z
horizon = "P30D"
step = "P1D"
[market]
[[market.common_jumps]]
rate = 12
mean = -0.05
sd = 0.08
loadings = { C = 1, D = -0.5 }
[[market.common_jumps]]
rate = 6
size = "double_exponential"
up_probability = 0.3
up_mean = 0.02
down_mean = 0.05
loadings = { C = 1, D = 1.5 }
[[asset]]
name = "A"
price = 100
model = "merton"
volatility = 0.9
drift = 0.4
jumps = { rate = 20, mean = -0.06, sd = 0.1 }
[[asset]]
name = "B"
price = 100
model = "kou"
volatility = 0.8
drift = -0.3
jumps = { rate = 60, up_probability = 0.4, up_mean = 0.03, down_mean = 0.05 }
[[asset]]
name = "C"
price = 100
volatility = 0.7
[[asset]]
name = "D"
price = 100
volatility = 0.7
[[asset]]
name = "E"
price = 100
model = "merton"
volatility = 0.61
jumps = { rate = 36, mean = 0.1 }
[[venue]]
name = "v"
[[venue.collateral]]
asset = "A"
tiers = [{ floor = 0, ratio = 1 }]
[[account]]
name = "main"
venue = "v"
balances = { A = 1 }
)";

MarketView<float, probe_assets> build()
{
    Problems problems;
    ReadResult const read = read_scenario_text(five_assets, "jumps.toml", {}, problems);
    MarketNotes notes;
    auto const market = build_market<float>(read.scenario, problems, notes);
    for (Problem const& problem : problems.problems())
        ADD_FAILURE() << format_problem(problem, "error");
    return narrow_market<float, probe_assets>(market.value());
}

/// The n-th moment of one size.
double normal_moment(int n, double mean, double sd)
{
    switch (n) {
        case 2:
            return mean * mean + sd * sd;
        case 3:
            return mean * mean * mean + 3 * mean * sd * sd;
        default:
            return std::pow(mean, 4) + 6 * mean * mean * sd * sd + 3 * std::pow(sd, 4);
    }
}
double exponential_moment(int n, double p, double up, double down)
{
    return std::tgamma(n + 1) * (p * std::pow(up, n) + (1 - p) * std::pow(-down, n));
}

class JumpStatistics : public ::testing::Test {
  protected:
    static inline PathSample sample_;

    void SetUp() override
    {
        BRINK_SKIP_WITHOUT(v3);
        if (sample_.returns.empty())
            sample_ = sample_paths(build(), key, num_paths, num_steps);
    }

    /// The cumulants of a compound Poisson process are rate x time x E size^n; diffusion has the
    /// second alone.
    static void expect_cumulants(std::vector<double> const& returns, double volatility,
                                 double third, double fourth)
    {
        double const variance = volatility * volatility * years;
        auto const second =
            estimate_by_batches(returns, [](auto const& x) { return central_moment(x, 2); });
        EXPECT_NEAR(second.value, variance, k * second.standard_error);
        auto const skew =
            estimate_by_batches(returns, [](auto const& x) { return central_moment(x, 3); });
        EXPECT_NEAR(skew.value, third * years, k * skew.standard_error);
        EXPECT_GT(std::abs(third * years), k * skew.standard_error);
        auto const kurtosis =
            estimate_by_batches(returns, [](auto const& x) { return central_moment(x, 4); });
        EXPECT_NEAR(kurtosis.value, fourth * years + 3 * variance * variance,
                    k * kurtosis.standard_error);
        EXPECT_GT(fourth * years, k * kurtosis.standard_error);
    }
};

TEST_F(JumpStatistics, NormalSizesGiveTheCumulantsOfMerton)
{
    expect_cumulants(sample_.returns[0], 0.9, 20 * normal_moment(3, -0.06, 0.1),
                     20 * normal_moment(4, -0.06, 0.1));
}

TEST_F(JumpStatistics, DoubleExponentialSizesGiveTheCumulantsOfKou)
{
    expect_cumulants(sample_.returns[1], 0.8, 60 * exponential_moment(3, 0.4, 0.03, 0.05),
                     60 * exponential_moment(4, 0.4, 0.03, 0.05));
}

TEST_F(JumpStatistics, ExpectedPriceGrowsByTheDrift)
{
    double const drift[] = {0.4, -0.3, 0, 0, 0};
    for (std::size_t i = 0; i < sample_.returns.size(); ++i) {
        auto const growth = estimate_mean(sample_.returns[i], [](double r) { return std::exp(r); });
        EXPECT_NEAR(growth.value, std::exp(drift[i] * years), k * growth.standard_error) << i;
    }
}

TEST_F(JumpStatistics, SharedJumpsMoveAssetsByTheirLoadings)
{
    auto const& c = sample_.returns[2];
    auto const& d = sample_.returns[3];
    double const covariance = years
                              * (12 * -0.5 * normal_moment(2, -0.05, 0.08)
                                 + 6 * 1.5 * exponential_moment(2, 0.3, 0.02, 0.05));
    double const mean_c = mean_of(c), mean_d = mean_of(d);
    std::vector<double> products;
    for (std::size_t i = 0; i < c.size(); ++i)
        products.push_back((c[i] - mean_c) * (d[i] - mean_d));
    auto const measured = estimate_mean(products, [](double x) { return x; });
    EXPECT_NEAR(measured.value, covariance, k * measured.standard_error);
    EXPECT_GT(std::abs(covariance), k * measured.standard_error);
    for (auto const* returns : {&c, &d}) {
        auto const variance =
            estimate_by_batches(*returns, [](auto const& x) { return central_moment(x, 2); });
        EXPECT_NEAR(variance.value, 0.49 * years, k * variance.standard_error);
    }
    // Jumps of other assets are independent.
    EXPECT_NEAR(correlation_of(c, sample_.returns[0]), 0, k / std::sqrt(double{num_paths}));
}

/// E moves by 0.1 per jump, and its diffusion (11 % a year) seldom by half of that.
TEST_F(JumpStatistics, CountsArePoisson)
{
    boost::math::poisson const poisson(36 * years);
    double const drift = years * (-36 * std::expm1(0.1) - (0.61 * 0.61 - 0.36) / 2);
    std::vector<double> counts(16, 0.0);
    for (double const r : sample_.returns[4])
        ++counts.at(static_cast<std::size_t>(std::lround(std::max(0.0, (r - drift) / 0.1))));
    // Neighbouring counts mix by the diffusion: compare the counts after the same mixing.
    double const sd = std::sqrt((0.61 * 0.61 - 0.36) * years);
    auto const within = [&](double low, double high) {
        return (std::erf(high / sd / std::sqrt(2.0)) - std::erf(low / sd / std::sqrt(2.0))) / 2;
    };
    for (int seen = 1; seen < 8; ++seen) {
        double expected = 0;
        for (int jumps = 0; jumps < 16; ++jumps)
            expected += pdf(poisson, jumps)
                        * within((seen - jumps - 0.5) * 0.1, (seen - jumps + 0.5) * 0.1);
        double const n = static_cast<double>(num_paths);
        EXPECT_NEAR(counts[static_cast<std::size_t>(seen)] / n, expected,
                    k * std::sqrt(expected * (1 - expected) / n))
            << seen;
    }
}

}  // namespace
}  // namespace brink::testing
