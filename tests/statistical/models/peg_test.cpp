// SPDX-License-Identifier: Apache-2.0
// Pegs from config to prices, against the moments of their processes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/program/market_builder.hpp"
#include "io/config/scenario_reader.hpp"
#include "models/market/path_stepper.hpp"
#include "tests/statistical/models/path_sample.hpp"

namespace brink::testing {
namespace {

/// B follows A, which diffuses and jumps; C follows the numeraire and depegs often, several times
/// in a step. Both start off their pegs, twenty and forty half-lives before the end.
char const* const pegged_assets = R"(
[run]
name = "pegs"
as_of = 2025-01-01T00:00:00Z
horizon = "P20D"
step = "PT6H"
[[market.common_jumps]]
rate = 50
mean = -0.02
sd = 0.1
loadings = { A = 1 }
[[asset]]
name = "A"
price = 100
volatility = 0.9
[[asset]]
name = "B"
price = 121
model = "peg"
volatility = 0.2
peg = { reference = "A", exchange_rate = 1.2, accrual = 0.5, half_life = "P1D", depeg_rate = 4, depeg_size = 0.08, depeg_half_life = "P12D" }
[[asset]]
name = "C"
price = 0.99
model = "peg"
volatility = 0.05
peg = { half_life = "PT12H", depeg_rate = 876, depeg_size = 0.01, depeg_half_life = "P1D" }
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

constexpr std::uint64_t pegged_walks = 100'000;
constexpr std::uint32_t last_step = 80, steps_before = 4;
constexpr double step_years = 0.25 / 365;

/// All in natural logs. Deviations and gaps by peg: 0 is B, 1 is C.
struct PeggedPaths {
    std::vector<double> deviation[2], deviation_before[2], gap[2];
    std::vector<double> underlying, ratio, stable;
};

PeggedPaths walk_pegs()
{
    Problems problems;
    ReadResult const read = read_scenario_text(pegged_assets, "pegs.toml", {}, problems);
    MarketNotes notes;
    auto const wide = build_market<float>(read.scenario, problems, notes);
    for (Problem const& problem : problems.problems())
        ADD_FAILURE() << format_problem(problem, "error");
    auto const market = narrow_market<float, 3>(wide.value());
    constexpr double ln2 = std::numbers::ln2;
    PeggedPaths sample;
    for (std::uint64_t path = 0; path < pegged_walks; ++path) {
        float fields[8] = {};
        PathStepper<float, 3> const step_path{market, {{fields, 1}}};
        PathRandom<float> const random{{3, 9}, path};
        auto state = step_path.start(random);
        for (std::uint32_t step = 0; step < last_step; ++step) {
            if (step == last_step - steps_before)
                for (int p = 0; p < 2; ++p)
                    sample.deviation_before[p].push_back(fields[3 * p] * ln2);
            step_path(state, random, step);
        }
        for (int p = 0; p < 2; ++p) {
            sample.deviation[p].push_back(fields[3 * p] * ln2);
            sample.gap[p].push_back(fields[3 * p + 1] * ln2);
        }
        sample.underlying.push_back(state.log_price[0] * ln2);
        sample.ratio.push_back((state.log_price[1] - state.log_price[0]) * ln2);
        sample.stable.push_back(state.log_price[2] * ln2);
    }
    return sample;
}

double itself(double x)
{
    return x;
}

class PegStatistics : public ::testing::Test {
  protected:
    static inline PeggedPaths sample_;

    static void SetUpTestSuite() { sample_ = walk_pegs(); }
};

/// Stationary variance sigma^2 / (2 kappa), of which the sample's has the error v sqrt(2 / n).
TEST_F(PegStatistics, DeviationsAreStationaryWithTheVarianceOfTheirProcess)
{
    double const sigma[2] = {0.2, 0.05};
    double const half_life[2] = {1.0 / 365, 0.5 / 365};
    for (int p = 0; p < 2; ++p) {
        double const kappa = std::numbers::ln2 / half_life[p];
        double const variance = sigma[p] * sigma[p] / (2 * kappa);
        EXPECT_NEAR(central_moment(sample_.deviation[p], 2), variance,
                    k * variance * std::sqrt(2.0 / pegged_walks));
        EXPECT_NEAR(mean_of(sample_.deviation[p]), 0, k * std::sqrt(variance / pegged_walks));
    }
}

/// Correlation over a day is 2^-(day / half-life), with error (1 - rho^2) / sqrt(n).
TEST_F(PegStatistics, DeviationsHalveInTheirHalfLife)
{
    double const expected[2] = {0.5, 0.25};
    for (int p = 0; p < 2; ++p)
        EXPECT_NEAR(correlation_of(sample_.deviation_before[p], sample_.deviation[p]), expected[p],
                    k * (1 - expected[p] * expected[p]) / std::sqrt(pegged_walks));
}

/// A sum over steps of compound Poisson variables, those before t_0 missing: mean n q / (1 - q) and
/// variance by q^2, with depegs at the ends of steps.
TEST_F(PegStatistics, GapsHaveTheMomentsOfDecayingDepegs)
{
    double const rate[2] = {4, 876}, size[2] = {0.08, 0.01};
    double const half_life[2] = {12.0 / 365, 1.0 / 365};
    for (int p = 0; p < 2; ++p) {
        double const depegs = rate[p] * step_years;
        double const q = std::exp2(-step_years / half_life[p]);
        double const mean = depegs * size[p] * (1 - std::pow(q, last_step)) / (1 - q);
        double const variance =
            depegs * 2 * size[p] * size[p] * (1 - std::pow(q, 2 * last_step)) / (1 - q * q);
        auto const gap = estimate_mean(sample_.gap[p], &itself);
        EXPECT_NEAR(gap.value, mean, k * gap.standard_error) << p;
        auto const square =
            estimate_mean(sample_.gap[p], [&](double g) { return (g - mean) * (g - mean); });
        EXPECT_NEAR(square.value, variance, k * square.standard_error) << p;
    }
}

TEST_F(PegStatistics, DepegsComeAtTheirRate)
{
    auto const still = estimate_mean(sample_.gap[0], [](double g) { return g == 0 ? 1.0 : 0.0; });

    EXPECT_NEAR(still.value, std::exp(-4 * 20.0 / 365), k * still.standard_error);
    EXPECT_GE(*std::min_element(sample_.gap[0].begin(), sample_.gap[0].end()), 0);
}

/// The price of B over that of A is exchange rate, deviation and gap, whatever A does.
TEST_F(PegStatistics, APegFollowsItsReferenceThroughDiffusionAndJumps)
{
    double const start = std::log(121 / 120.0), grown = 0.5 * 20 / 365;
    for (std::size_t i = 0; i < pegged_walks; ++i) {
        double const ratio = grown + sample_.deviation[0][i] - sample_.gap[0][i] - start;
        // Log prices of a few units in float, in which they are subtracted.
        ASSERT_NEAR(sample_.ratio[i], ratio, 4e-6) << i;
        double const stable = sample_.deviation[1][i] - sample_.gap[1][i] - std::log(0.99);
        ASSERT_NEAR(sample_.stable[i], stable, 1e-6) << i;
    }
    EXPECT_NEAR(correlation_of(sample_.underlying, sample_.ratio), 0, k / std::sqrt(pegged_walks));
    EXPECT_GT(central_moment(sample_.underlying, 2), 0.04);
}

}  // namespace
}  // namespace brink::testing
