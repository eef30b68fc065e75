// SPDX-License-Identifier: Apache-2.0
// Stochastic variance from config to returns, against its characteristic function.
#include <gtest/gtest.h>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <complex>
#include <numbers>

#include "host/program/market_builder.hpp"
#include "io/config/scenario_reader.hpp"
#include "models/market/path_stepper.hpp"
#include "tests/statistical/models/path_sample.hpp"
#include "tests/support/machine_isa.hpp"

namespace brink::testing {
namespace {

using Complex = std::complex<double>;

constexpr RandomKey heston_key{7, 11};
constexpr std::size_t num_heston_paths = 400'000;
/// Steps of six hours: the scheme's error of law, of the order of the step, is far below a standard
/// error.
constexpr int num_heston_steps = 240;
constexpr double heston_years = 60.0 / 365;

/// Five assets over 60 days: a variance far from 0 that rises, one that reaches 0, one beside
/// jumps, GBM, and a variance that hardly moves.
char const* const varying_assets = R"(
[run]
name = "heston"
as_of = 2025-01-01T00:00:00Z
horizon = "P60D"
step = "PT6H"
[market]
[[market.common_jumps]]
rate = 12
mean = -0.05
sd = 0.08
loadings = { C = 1 }
[market.correlation]
assets = ["A", "D", "E"]
matrix = [[1, 0.6, 0.6], [0.6, 1, 0.6], [0.6, 0.6, 1]]
[[asset]]
name = "A"
price = 100
model = "heston"
volatility = 0.5
drift = 0.4
heston = { mean_reversion = 12, long_run_volatility = 0.8, vol_of_vol = 2.5, spot_vol_correlation = -0.7 }
[[asset]]
name = "B"
price = 100
model = "heston"
volatility = 0.6
heston = { mean_reversion = 1.5, vol_of_vol = 2.5, spot_vol_correlation = 0.5 }
[[asset]]
name = "C"
price = 100
model = "heston"
volatility = 0.7
heston = { mean_reversion = 5, long_run_volatility = 0.9, vol_of_vol = 1.2, spot_vol_correlation = -0.3 }
[[asset]]
name = "D"
price = 100
volatility = 0.6
[[asset]]
name = "E"
price = 100
volatility = 0.6
model = "heston"
heston = { mean_reversion = 2, vol_of_vol = 1e-3, spot_vol_correlation = -0.5 }
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

using Market = MarketView<float, probe_assets>;

Market build_varying(std::string const& text = varying_assets)
{
    Problems problems;
    ReadResult const read = read_scenario_text(text, "heston.toml", {}, problems);
    MarketNotes notes;
    auto const market = build_market<float>(read.scenario, problems, notes);
    for (Problem const& problem : problems.problems())
        ADD_FAILURE() << format_problem(problem, "error");
    return narrow_market<float, probe_assets>(market.value());
}

struct Law {
    double kappa, theta, epsilon, rho, initial;
};
constexpr Law law_a{12, 0.64, 2.5, -0.7, 0.25};
constexpr Law law_b{1.5, 0.36, 2.5, 0.5, 0.36};
constexpr double jump_variance = 12 * (0.05 * 0.05 + 0.08 * 0.08);
constexpr Law law_c{5, 0.81 - jump_variance, 1.2, -0.3, 0.49 - jump_variance};

/// E exp(i u ln S_T / S_0) without drift, in the form without a jump of the logarithm:
/// H. Albrecher et al., "The little Heston trap", Wilmott (2007).
Complex characteristic(Law const& law, Complex u)
{
    Complex const i{0, 1};
    double const square = law.epsilon * law.epsilon;
    Complex const xi = law.kappa - law.rho * law.epsilon * i * u;
    Complex const d = std::sqrt(xi * xi + square * (u * u + i * u));
    Complex const g = (xi - d) / (xi + d);
    Complex const decay = std::exp(-d * heston_years);
    Complex const of_mean =
        law.kappa * law.theta / square
        * ((xi - d) * heston_years - 2.0 * std::log((1.0 - g * decay) / (1.0 - g)));
    Complex const of_start = (xi - d) / square * (1.0 - decay) / (1.0 - g * decay);
    return std::exp(of_mean + of_start * law.initial);
}

/// What the compensated jumps of asset C multiply it by.
Complex jump_factor(Complex u)
{
    Complex const i{0, 1};
    double const growth = std::expm1(-0.05 + 0.0032);
    return std::exp(12 * heston_years
                    * (std::exp(-0.05 * i * u - 0.0032 * u * u) - 1.0 - i * u * growth));
}

/// A European call on S_0 = 1 without drift: A. Lewis, "A simple option formula for general
/// jump-diffusion and other exponential Levy processes" (2001).
double call_price(Law const& law, double strike)
{
    auto const integrand = [&](double u) {
        Complex const turned = std::exp(Complex{0, -u * std::log(strike)});
        return std::real(turned * characteristic(law, {u, -0.5})) / (u * u + 0.25);
    };
    double error = 0;
    double const integral = boost::math::quadrature::gauss_kronrod<double, 61>::integrate(
        integrand, 0, std::numeric_limits<double>::infinity(), 15, 1e-10, &error);
    EXPECT_LT(error, 1e-6);
    return 1 - std::sqrt(strike) / std::numbers::pi * integral;
}

class HestonStatistics : public ::testing::Test {
  protected:
    static inline PathSample sample_;

    void SetUp() override
    {
        BRINK_SKIP_WITHOUT(v3);
        if (sample_.returns.empty())
            sample_ = sample_paths(build_varying(), heston_key, num_heston_paths, num_heston_steps);
    }

    static void expect_characteristic(std::size_t asset, double drift, auto const& exact)
    {
        for (double const u : {0.5, 2.0, 5.0, 10.0}) {
            Complex const value = exact(Complex{u, 0});
            auto const shifted = [&](double r) { return u * (r - drift * heston_years); };
            auto const real = estimate_mean(sample_.returns[asset],
                                            [&](double r) { return std::cos(shifted(r)); });
            auto const imaginary = estimate_mean(sample_.returns[asset],
                                                 [&](double r) { return std::sin(shifted(r)); });
            EXPECT_NEAR(real.value, value.real(), k * real.standard_error) << u;
            EXPECT_NEAR(imaginary.value, value.imag(), k * imaginary.standard_error) << u;
        }
    }

    static void expect_calls(std::size_t asset, double drift, Law const& law)
    {
        for (double const strike : {0.7, 1.0, 1.3}) {
            auto const payoff = estimate_mean(sample_.returns[asset], [&](double r) {
                return std::max(0.0, std::exp(r - drift * heston_years) - strike);
            });
            EXPECT_NEAR(payoff.value, call_price(law, strike), k * payoff.standard_error) << strike;
        }
    }
};

TEST_F(HestonStatistics, ReturnsHaveTheCharacteristicFunctionOfTheModel)
{
    expect_characteristic(0, 0.4, [](Complex u) { return characteristic(law_a, u); });
    expect_characteristic(1, 0, [](Complex u) { return characteristic(law_b, u); });
    expect_characteristic(2, 0,
                          [](Complex u) { return characteristic(law_c, u) * jump_factor(u); });
}

TEST_F(HestonStatistics, CallsCostWhatTheSemiAnalyticFormulaSays)
{
    expect_calls(0, 0.4, law_a);
    expect_calls(1, 0, law_b);
}

TEST_F(HestonStatistics, EveryPathHasAPriceAndTheExpectedPriceGrowsByTheDrift)
{
    double const drift[] = {0.4, 0, 0, 0, 0};
    for (std::size_t i = 0; i < sample_.returns.size(); ++i) {
        auto const growth = estimate_mean(sample_.returns[i], [](double r) { return std::exp(r); });
        ASSERT_TRUE(std::isfinite(growth.value)) << i;
        EXPECT_NEAR(growth.value, std::exp(drift[i] * heston_years), k * growth.standard_error)
            << i;
    }
}

TEST_F(HestonStatistics, WithoutVolatilityOfVarianceEveryPathIsThatOfGbm)
{
    std::string text = varying_assets;
    std::size_t const e = text.find("name = \"E\"");
    std::size_t const model = text.find("model", e);
    text.erase(model, text.find("[[venue]]") - model);
    PathSample const gbm = sample_paths(build_varying(text), heston_key, 1'024, num_heston_steps);
    ASSERT_EQ(build_varying(text).num_variances, 3);
    for (std::size_t path = 0; path < gbm.size(); ++path) {
        // The variance wanders by epsilon sqrt(T / v) = 7e-4 of itself, the return by half of that.
        ASSERT_NEAR(sample_.returns[4][path], gbm.returns[4][path], 1e-3);
        // Another asset's model moves no path of D by a bit.
        ASSERT_EQ(sample_.returns[3][path], gbm.returns[3][path]);
    }
    EXPECT_NEAR(correlation_of(sample_.returns[3], sample_.returns[4]), 0.6,
                k / std::sqrt(double{num_heston_paths}));
}

/// At the horizon, against the moments of J. C. Cox, J. E. Ingersoll and S. A. Ross (1985).
TEST_F(HestonStatistics, VariancesReturnToTheirLongRunMean)
{
    Market const market = build_varying();
    std::vector<double> variances[2];
    for (std::uint64_t path = 0; path < 20'000; ++path) {
        float variance[2 * probe_assets] = {};
        PathStepper<float, probe_assets> const step_path{market, {variance, 1}};
        PathRandom<float> const random{heston_key, path};
        auto state = step_path.start(random);
        for (std::uint32_t step = 0; step < num_heston_steps; ++step)
            step_path(state, random, step);
        for (std::size_t i = 0; i < 2; ++i)
            variances[i].push_back(variance[2 * i]);
    }
    Law const laws[] = {law_a, law_b};
    for (std::size_t i = 0; i < 2; ++i) {
        Law const& law = laws[i];
        double const e = std::exp(-law.kappa * heston_years);
        double const mean = law.theta + (law.initial - law.theta) * e;
        double const square = law.epsilon * law.epsilon;
        double const spread = law.initial * square * e * (1 - e) / law.kappa
                              + law.theta * square * (1 - e) * (1 - e) / (2 * law.kappa);
        auto const first = estimate_mean(variances[i], [](double v) { return v; });
        EXPECT_NEAR(first.value, mean, k * first.standard_error) << i;
        auto const second =
            estimate_by_batches(variances[i], [](auto const& x) { return central_moment(x, 2); });
        EXPECT_NEAR(second.value, spread, k * second.standard_error) << i;
    }
}

}  // namespace
}  // namespace brink::testing
