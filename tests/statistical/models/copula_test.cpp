// SPDX-License-Identifier: Apache-2.0
// Factors tied by a Student-t copula, from config to prices: the law of each asset is as without
// it, what they do together is that of the copula.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <numbers>
#include <string>

#include "host/program/market_builder.hpp"
#include "io/config/scenario_reader.hpp"
#include "models/market/path_stepper.hpp"
#include "tests/statistical/models/path_sample.hpp"

namespace brink::testing {
namespace {

constexpr double tied_correlation = 0.6;
constexpr double tied_freedom = 3;
constexpr std::uint64_t tied_walks = 100'000;
constexpr std::uint32_t day_steps = 6, tied_steps = 12;

/// Two days in steps of four hours: normal, normal, Student-t of its own, normal with jumps.
std::string tied_assets(std::string const& market)
{
    return R"(
[run]
name = "tied"
as_of = 2025-01-01T00:00:00Z
horizon = "P2D"
step = "PT4H"
[market]
model = "gbm"
)" + market + R"(
[market.correlation]
assets = ["A", "B", "C", "D"]
matrix = [[1, 0.6, 0.6, 0.6], [0.6, 1, 0.6, 0.6], [0.6, 0.6, 1, 0.6], [0.6, 0.6, 0.6, 1]]
[[asset]]
name = "A"
price = 100
volatility = 0.9
[[asset]]
name = "B"
price = 100
volatility = 0.5
[[asset]]
name = "C"
price = 100
model = "student_t"
degrees_of_freedom = 6
volatility = 0.7
[[asset]]
name = "D"
price = 100
model = "merton"
volatility = 0.8
jumps = { rate = 40, mean = -0.02, sd = 0.05 }
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
}

/// Natural log returns of each step: [asset][step][path].
struct TiedPaths {
    std::vector<double> step[4][tied_steps];

    /// Over the first day.
    std::vector<double> day(int asset) const
    {
        std::vector<double> sum(step[asset][0].size(), 0.0);
        for (std::uint32_t k = 0; k < day_steps; ++k)
            for (std::size_t p = 0; p < sum.size(); ++p)
                sum[p] += step[asset][k][p];
        return sum;
    }
};

TiedPaths walk_tied(std::string const& market_keys, std::uint64_t num_paths = tied_walks)
{
    Problems problems;
    ReadResult const read = read_scenario_text(tied_assets(market_keys), "tied.toml", {}, problems);
    MarketNotes notes;
    auto const wide = build_market<float>(read.scenario, problems, notes);
    for (Problem const& problem : problems.problems())
        ADD_FAILURE() << format_problem(problem, "error");
    auto const market = narrow_market<float, 4>(wide.value());
    std::vector<MixingView<float>> mixings;
    for (auto const& mixing : notes.mixings)
        mixings.push_back(narrow_mixing<float>(mixing));
    std::vector<CopulaTerms<float>> copula;
    for (auto const& terms : notes.copula)
        copula.push_back(narrow_copula<float>(terms));
    std::vector<RegimeTerms<float>> regimes;
    for (auto const& terms : notes.regimes)
        regimes.push_back(narrow_regime<float>(terms));
    MarketTables<float> tables;
    tables.mixings = mixings.data();
    tables.copula = copula.data();
    tables.regimes = regimes.data();
    TiedPaths sample;
    std::vector<float> fields(static_cast<std::size_t>(MarketLayout{market}.size()) + 1);
    for (std::uint64_t path = 0; path < num_paths; ++path) {
        PathStepper<float, 4> const step_path{market, {{fields.data(), 1}, tables}};
        PathRandom<float> const random{{3, 9}, path};
        auto state = step_path.start(random);
        for (std::uint32_t k = 0; k < tied_steps; ++k) {
            float before[4];
            std::copy_n(state.log_price, 4, before);
            step_path(state, random, k);
            for (int i = 0; i < 4; ++i)
                sample.step[i][k].push_back(double{state.log_price[i] - before[i]}
                                            * std::numbers::ln2);
        }
    }
    return sample;
}

/// P(both below their quantiles u) under a Student-t copula: the integral over one variable of its
/// density times the other's conditional probability, which is Student-t with nu + 1.
double lower_corner(double nu, double rho, double u)
{
    boost::math::students_t const law(nu), conditional(nu + 1);
    double const t = boost::math::quantile(law, u);
    auto const density = [&](double x) {
        double const scale = std::sqrt((1 - rho * rho) * (nu + x * x) / (nu + 1));
        return boost::math::pdf(law, x) * boost::math::cdf(conditional, (t - rho * x) / scale);
    };
    return boost::math::quadrature::gauss_kronrod<double, 61>::integrate(density, -HUGE_VAL, t, 12,
                                                                         1e-10);
}

/// Share of paths on which both are among the lowest `u` of their own sample.
double joint_share(std::vector<double> const& x, std::vector<double> const& y, double u)
{
    auto const quantile = [&](std::vector<double> values) {
        auto const at = static_cast<std::ptrdiff_t>(u * static_cast<double>(values.size()));
        std::nth_element(values.begin(), values.begin() + at, values.end());
        return values[static_cast<std::size_t>(at)];
    };
    double const low_x = quantile(x), low_y = quantile(y);
    double both = 0;
    for (std::size_t p = 0; p < x.size(); ++p)
        both += x[p] < low_x && y[p] < low_y ? 1 : 0;
    return both / static_cast<double>(x.size());
}

/// Kendall's tau over the first `num` paths.
double kendall(std::vector<double> const& x, std::vector<double> const& y, std::size_t num)
{
    double sum = 0;
    for (std::size_t p = 0; p < num; ++p)
        for (std::size_t q = 0; q < p; ++q)
            sum += (x[p] - x[q]) * (y[p] - y[q]) > 0 ? 1 : -1;
    return sum / (0.5 * static_cast<double>(num) * static_cast<double>(num - 1));
}

void expect_joint_share(std::vector<double> const& x, std::vector<double> const& y, double u,
                        double expected)
{
    // Binomial; the two sample quantiles add less than as much again.
    double const se = std::sqrt(2 * expected / static_cast<double>(x.size()));
    EXPECT_NEAR(joint_share(x, y, u), expected, k * se) << u;
}

class TiedStatistics : public ::testing::Test {
  protected:
    static TiedPaths const& sample()
    {
        static TiedPaths const paths = walk_tied("copula = \"student_t\"\ndegrees_of_freedom = 3");
        return paths;
    }
};

TEST_F(TiedStatistics, EveryStepOfANormalAssetIsNormal)
{
    for (std::uint32_t step : {0u, 1u, 5u, 6u, 11u}) {
        std::vector<double> const& x = sample().step[0][step];
        auto const n = static_cast<double>(x.size());
        double const variance = 0.81 / (6 * 365);
        EXPECT_NEAR(mean_of(x), -variance / 2, k * std::sqrt(variance / n));
        EXPECT_NEAR(central_moment(x, 2), variance, k * variance * std::sqrt(2 / n));
        double const kurtosis =
            central_moment(x, 4) / (central_moment(x, 2) * central_moment(x, 2));
        EXPECT_NEAR(kurtosis, 3, k * std::sqrt(24 / n)) << step;
    }
}

TEST_F(TiedStatistics, StepsOfANormalAssetAreIndependent)
{
    double const bound = k / std::sqrt(static_cast<double>(tied_walks));
    auto const squares = [&](std::uint32_t step) {
        std::vector<double> values = sample().step[1][step];
        for (double& value : values)
            value *= value;
        return values;
    };
    for (std::uint32_t later : {1u, 5u, 6u, 11u}) {
        EXPECT_NEAR(correlation_of(sample().step[1][0], sample().step[1][later]), 0, bound);
        EXPECT_NEAR(correlation_of(squares(0), squares(later)), 0, bound) << later;
    }
}

TEST_F(TiedStatistics, StudentAssetKeepsItsOwnDegreesOfFreedom)
{
    // The first step is its volatility times a t variable of variance 1, less its compensator.
    boost::math::students_t const law(6);
    double const sd = 0.7 / std::sqrt(6 * 365.0);
    for (double u : {0.001, 0.01, 0.1}) {
        double const level = sd * boost::math::quantile(law, u) * std::sqrt(4.0 / 6.0);
        auto const share =
            estimate_mean(sample().step[2][0], [&](double x) { return x < level ? 1.0 : 0.0; });
        // The compensator, up to m^2 sd^2 / 2, moves the level by less than a hundredth of sd.
        EXPECT_NEAR(share.value, u, k * share.standard_error + 0.03 * u) << u;
    }
}

TEST_F(TiedStatistics, DaysHaveTheTailsOfTheCopula)
{
    for (double u : {0.005, 0.01, 0.05})
        expect_joint_share(sample().day(0), sample().day(1), u,
                           lower_corner(tied_freedom, tied_correlation, u));
    // Far beyond a Gaussian copula, which a wrong m = 1 would be.
    EXPECT_GT(lower_corner(tied_freedom, tied_correlation, 0.005),
              1.8 * lower_corner(1e5, tied_correlation, 0.005));
}

TEST_F(TiedStatistics, DaysHaveTheRankCorrelationOfTheConfig)
{
    // tau = 2/pi asin(rho) for every elliptical copula, and nearly so with the Student-t asset,
    // whose multiplier rises and falls with the copula's. SE(tau) <= sqrt(2 (1 - tau^2) / n).
    constexpr std::size_t num = 6'000;
    double const tau = 2 / std::numbers::pi * std::asin(tied_correlation);
    double const se = std::sqrt(2 * (1 - tau * tau) / num);
    EXPECT_NEAR(kendall(sample().day(0), sample().day(1), num), tau, k * se);
    EXPECT_NEAR(kendall(sample().day(0), sample().day(2), num), tau, k * se);
}

TEST(Copula, HoldsStepByStepAndOverTheWholePath)
{
    TiedPaths const stepwise =
        walk_tied("copula = \"student_t\"\ndegrees_of_freedom = 3\nmixing = \"step\"", 40'000);
    double const expected = lower_corner(tied_freedom, tied_correlation, 0.02);
    expect_joint_share(stepwise.step[0][7], stepwise.step[1][7], 0.02, expected);

    TiedPaths const whole =
        walk_tied("copula = \"student_t\"\ndegrees_of_freedom = 3\nmixing = \"path\"", 40'000);
    std::vector<double> path[2];
    for (int i = 0; i < 2; ++i) {
        path[i] = whole.day(i);
        for (std::uint32_t step = day_steps; step < tied_steps; ++step)
            for (std::size_t p = 0; p < path[i].size(); ++p)
                path[i][p] += whole.step[i][step][p];
    }
    expect_joint_share(path[0], path[1], 0.02, expected);
}

TEST(Copula, TakesTheCorrelationOfTheRegime)
{
    // A regime that nobody leaves within two days.
    TiedPaths const sample = walk_tied(R"(
copula = "student_t"
degrees_of_freedom = 3
[[market.regimes]]
name = "calm"
mean_duration = "P30D"
[[market.regimes]]
name = "apart"
mean_duration = "P3650000D"
start = 1
volatility = 2
correlation = { assets = ["A", "B"], matrix = [[1, -0.4], [-0.4, 1]] }
)",
                                       40'000);
    expect_joint_share(sample.day(0), sample.day(1), 0.02, lower_corner(tied_freedom, -0.4, 0.02));
    auto const variance = central_moment(sample.step[0][3], 2);
    EXPECT_NEAR(variance, 4 * 0.81 / (6 * 365), k * variance * std::sqrt(2 / 40'000.0));
}

TEST(Copula, SeveralDegreesOfFreedomNeedNoCopula)
{
    TiedPaths const sample = walk_tied("", 100'000);
    boost::math::students_t const law(6);
    double const sd = 0.7 / std::sqrt(6 * 365.0);
    double const level = sd * boost::math::quantile(law, 0.01) * std::sqrt(4.0 / 6.0);
    auto const share =
        estimate_mean(sample.step[2][3], [&](double x) { return x < level ? 1.0 : 0.0; });
    EXPECT_NEAR(share.value, 0.01, k * share.standard_error + 3e-4);
    expect_joint_share(sample.day(0), sample.day(1), 0.01,
                       lower_corner(1e5, tied_correlation, 0.01));
}

}  // namespace
}  // namespace brink::testing
