// SPDX-License-Identifier: Apache-2.0
// GJR-GARCH from config to returns, against the moments of its recursion.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "host/program/market_builder.hpp"
#include "io/config/scenario_reader.hpp"
#include "models/market/path_stepper.hpp"
#include "tests/statistical/models/path_sample.hpp"

namespace brink::testing {
namespace {

constexpr double garch_degrees = 12;
constexpr double garch_persistence = 0.06 + 0.1 / 2 + 0.86;

/// A starts at its long-run volatility, B far above it. Steps of six hours make up daily bars.
char const* const clustering_assets = R"(
[run]
name = "garch"
as_of = 2025-01-01T00:00:00Z
horizon = "P20D"
step = "PT6H"
[market]
model = "gjr_garch"
degrees_of_freedom = 12
[[asset]]
name = "A"
price = 100
volatility = 0.6
garch = { alpha = 0.06, gamma = 0.1, beta = 0.86 }
[[asset]]
name = "B"
price = 100
volatility = 1.2
drift = 0.5
garch = { alpha = 0.06, gamma = 0.1, beta = 0.86, long_run_volatility = 0.6 }
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

constexpr std::uint32_t bar = 4;
constexpr int num_bars = 20;
constexpr double daily_variance = 0.36 / 365;

/// Shocks of bars (natural log, compensator taken off) and the variances that they had.
struct Bars {
    std::vector<double> shock[num_bars];
    std::vector<double> variance[num_bars + 1];
    std::vector<double> log_return;
};

/// \param asset 0 or 1 \param count of paths
Bars walk_bars(std::size_t asset, std::uint64_t count)
{
    Problems problems;
    ReadResult const read = read_scenario_text(clustering_assets, "garch.toml", {}, problems);
    MarketNotes notes;
    auto const wide = build_market<float>(read.scenario, problems, notes);
    for (Problem const& problem : problems.problems())
        ADD_FAILURE() << format_problem(problem, "error");
    auto const market = narrow_market<float, 2>(wide.value());
    constexpr double ln2 = std::numbers::ln2;
    Bars bars;
    for (std::uint64_t path = 0; path < count; ++path) {
        float fields[4] = {};
        PathStepper<float, 2> const step_path{market, {fields, 1}};
        PathRandom<float> const random{{3, 9}, path};
        auto state = step_path.start(random);
        for (std::uint32_t b = 0; b < num_bars; ++b) {
            double const h = double{fields[2 * asset]} * bar * ln2 * ln2;
            double const before = state.log_price[asset];
            for (std::uint32_t step = 0; step < bar; ++step)
                step_path(state, random, bar * b + step);
            double const m = state.mixing;
            double const moved =
                (state.log_price[asset] - before) * ln2 - double{market.drift[asset]} * bar * ln2;
            bars.variance[b].push_back(h);
            bars.shock[b].push_back(moved + m * m * h / 2);
        }
        bars.variance[num_bars].push_back(double{fields[2 * asset]} * bar * ln2 * ln2);
        bars.log_return.push_back(state.log_price[asset] * ln2);
    }
    return bars;
}

std::vector<double> products(std::vector<double> const& x, std::vector<double> const& y)
{
    double const mean_x = mean_of(x), mean_y = mean_of(y);
    std::vector<double> xy;
    for (std::size_t i = 0; i < x.size(); ++i)
        xy.push_back((x[i] - mean_x) * (y[i] - mean_y));
    return xy;
}

std::vector<double> squares(std::vector<double> const& x)
{
    std::vector<double> xx;
    for (double const v : x)
        xx.push_back(v * v);
    return xx;
}

double same(double x)
{
    return x;
}

class GarchStatistics : public ::testing::Test {
  protected:
    static inline Bars at_rest_, from_above_;

    static void SetUpTestSuite()
    {
        at_rest_ = walk_bars(0, 200'000);
        from_above_ = walk_bars(1, 50'000);
    }
};

TEST_F(GarchStatistics, VarianceStaysAtItsLongRunMeanAndReturnsToIt)
{
    for (int const b : {1, 5, num_bars}) {
        auto const rest = estimate_mean(at_rest_.variance[b], &same);
        EXPECT_NEAR(rest.value, daily_variance, k * rest.standard_error) << b;
        auto const above = estimate_mean(from_above_.variance[b], &same);
        double const expected = daily_variance * (1 + 3 * std::pow(garch_persistence, b));
        EXPECT_NEAR(above.value, expected, k * above.standard_error) << b;
    }
    auto const shock = estimate_mean(at_rest_.shock[num_bars - 1], [](double r) { return r * r; });
    EXPECT_NEAR(shock.value, daily_variance, k * shock.standard_error);
}

TEST_F(GarchStatistics, ShocksOfABarAreStudentT)
{
    auto const fourth =
        estimate_by_batches(at_rest_.shock[0], [](auto const& x) { return central_moment(x, 4); });

    double const kurtosis = 3 * (garch_degrees - 2) / (garch_degrees - 4);
    EXPECT_NEAR(fourth.value, kurtosis * daily_variance * daily_variance,
                k * fourth.standard_error);
    EXPECT_GT(fourth.value - 3 * daily_variance * daily_variance, k * fourth.standard_error);
}

/// Cov(r_1^2, r_2^2) = (alpha + gamma / 2) Var(r_1^2), since the first bar's variance is known.
TEST_F(GarchStatistics, SquaresOfShocksAreCorrelatedAsTheRecursionSays)
{
    auto const measured =
        estimate_mean(products(squares(at_rest_.shock[0]), squares(at_rest_.shock[1])), &same);

    double const kurtosis = 3 * (garch_degrees - 2) / (garch_degrees - 4);
    double const variance = (kurtosis - 1) * daily_variance * daily_variance;
    EXPECT_NEAR(measured.value, (0.06 + 0.05) * variance, k * measured.standard_error);
    EXPECT_GT(measured.value, k * measured.standard_error);
}

/// Cov(r_1, r_2^2) = gamma E[r_1^3; r_1 < 0] = -gamma / 2 E|r_1|^3.
TEST_F(GarchStatistics, FallsRaiseTheVariance)
{
    auto const measured =
        estimate_mean(products(at_rest_.shock[0], squares(at_rest_.shock[1])), &same);

    // E|t|^3 of unit scale: nu^(3/2) Gamma(2) Gamma((nu - 3) / 2) / (Gamma(1/2) Gamma(nu / 2)).
    double const nu = garch_degrees;
    double const third = std::pow((nu - 2) * daily_variance, 1.5) * std::tgamma((nu - 3) / 2)
                         / (std::sqrt(std::numbers::pi) * std::tgamma(nu / 2));
    EXPECT_NEAR(measured.value, -0.1 / 2 * third, k * measured.standard_error);
    EXPECT_LT(measured.value, -k * measured.standard_error);
}

TEST_F(GarchStatistics, EveryPathHasAPriceAndTheExpectedPriceGrowsByTheDrift)
{
    auto const still = estimate_mean(at_rest_.log_return, [](double r) { return std::exp(r); });
    EXPECT_NEAR(still.value, 1, k * still.standard_error);
    auto const grown = estimate_mean(from_above_.log_return, [](double r) { return std::exp(r); });
    ASSERT_TRUE(std::isfinite(grown.value));
    EXPECT_NEAR(grown.value, std::exp(0.5 * 20 / 365), k * grown.standard_error);
}

}  // namespace
}  // namespace brink::testing
