// SPDX-License-Identifier: Apache-2.0
// Rates and implied volatilities that move, from config to their levels, against the moments of
// their processes.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "host/program/carry_builder.hpp"
#include "host/program/market_builder.hpp"
#include "io/config/scenario_reader.hpp"
#include "models/market/carry_step.hpp"
#include "models/market/path_stepper.hpp"
#include "tests/statistical/models/path_sample.hpp"

namespace brink::testing {
namespace {

/// Thirty days in steps of six hours; the second asset has both kinds that the first lacks.
char const* const carried_assets = R"(
[run]
name = "carry"
as_of = 2025-01-01T00:00:00Z
horizon = "P30D"
step = "PT6H"
[market.correlation]
assets = ["A", "B"]
matrix = [[1, 0.6], [0.6, 1]]
[[asset]]
name = "A"
price = 100
volatility = 0.9
funding = { mean = 0.1, initial = 0.5, half_life = "P1D", sd = 0.3, spot_correlation = 0.5 }
[[asset]]
name = "B"
price = 100
volatility = 0.5
borrow = { mean = 0.05, half_life = "P2D", sd = 0.04, cap = 0.08 }
implied_volatility = { mean = 0.6, half_life = "P3D", sd = 0.4, spot_correlation = -0.7 }
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

constexpr std::uint64_t carried_walks = 60'000;
constexpr std::uint32_t carried_steps = 120, steps_between = 4;

/// Levels by factor (funding, borrow, implied volatility), by time, over paths.
struct CarriedPaths {
    std::vector<double> first[3], before[3], last[3];
    std::vector<double> change[3];       ///< over the last step
    std::vector<double> last_return[2];  ///< [log2] over the last step
};

CarriedPaths walk_carried()
{
    Problems problems;
    ReadResult const read = read_scenario_text(carried_assets, "carry.toml", {}, problems);
    MarketNotes notes;
    auto const wide = build_market<float>(read.scenario, problems, notes);
    for (Problem const& problem : problems.problems())
        ADD_FAILURE() << format_problem(problem, "error");
    auto const market = narrow_market<float, 2>(wide.value());
    std::vector<CarryFactor<float>> factors;
    for (auto const& factor : build_carry_factors(read.scenario))
        factors.push_back(narrow_carry<float>(factor));
    MarketTables<float> tables;
    tables.carry = factors.data();
    CarriedPaths sample;
    std::vector<float> fields(static_cast<std::size_t>(MarketLayout{market}.size()));
    MarketMemory<float> const memory{{fields.data(), 1}, tables};
    CarryStep<float, 2> const carry{market, memory};
    PathStepper<float, 2> const step_path{market, memory};
    for (std::uint64_t path = 0; path < carried_walks; ++path) {
        PathRandom<float> const random{{3, 9}, path};
        auto state = step_path.start(random);
        for (std::uint32_t step = 0; step < carried_steps; ++step) {
            double level[3];
            for (int p = 0; p < 3; ++p)
                level[p] = double{carry.level(p)};
            float const before[2] = {state.log_price[0], state.log_price[1]};
            step_path(state, random, step);
            for (int p = 0; p < 3; ++p) {
                if (step + 1 == steps_between)
                    sample.first[p].push_back(double{carry.level(p)});
                if (step + 1 == carried_steps - steps_between)
                    sample.before[p].push_back(double{carry.level(p)});
                if (step + 1 == carried_steps)
                    sample.change[p].push_back(double{carry.level(p)} - level[p]);
            }
            if (step + 1 == carried_steps)
                for (int i = 0; i < 2; ++i)
                    sample.last_return[i].push_back(double{state.log_price[i] - before[i]});
        }
        for (int p = 0; p < 3; ++p)
            sample.last[p].push_back(double{carry.level(p)});
    }
    return sample;
}

class CarryStatistics : public ::testing::Test {
  protected:
    static CarriedPaths const& sample()
    {
        static CarriedPaths const paths = walk_carried();
        return paths;
    }
    static double itself(double x) { return x; }
};

constexpr double root_n = 244.948974;  ///< of carried_walks

TEST_F(CarryStatistics, RateIsNormalAroundItsMeanInTheLongRun)
{
    // Thirty half-lives after its start.
    auto const mean = estimate_mean(sample().last[0], itself);
    EXPECT_NEAR(mean.value, 0.1, k * mean.standard_error);
    double const variance = central_moment(sample().last[0], 2);
    EXPECT_NEAR(variance, 0.09, k * 0.09 * std::sqrt(2.0) / root_n);
    EXPECT_NEAR(central_moment(sample().last[0], 4) / (variance * variance), 3,
                k * std::sqrt(24.0) / root_n);
}

TEST_F(CarryStatistics, RateReturnsByHalfInAHalfLife)
{
    auto const mean = estimate_mean(sample().first[0], itself);
    EXPECT_NEAR(mean.value, 0.1 + 0.4 / 2, k * mean.standard_error);
    // Var x = sd^2 (1 - 2^-2) after a half-life from a known start.
    EXPECT_NEAR(central_moment(sample().first[0], 2), 0.09 * 0.75,
                k * 0.09 * 0.75 * std::sqrt(2.0) / root_n);
    EXPECT_NEAR(correlation_of(sample().before[0], sample().last[0]), 0.5, k / root_n);
}

TEST_F(CarryStatistics, ShocksAreCorrelatedWithThoseOfTheAsset)
{
    // The change over a step is keep - 1 times the level, which is independent of the return, and
    // a shock: corr = rho sqrt(1 - keep^2) / sqrt((1 - keep)^2 + 1 - keep^2).
    auto const of_change = [](double rho, double keep) {
        return rho * std::sqrt((1 - keep * keep) / ((1 - keep) * (1 - keep) + 1 - keep * keep));
    };
    double const keep = std::exp2(-0.25);
    EXPECT_NEAR(correlation_of(sample().change[0], sample().last_return[0]), of_change(0.5, keep),
                k / root_n);
    EXPECT_NEAR(correlation_of(sample().change[0], sample().last_return[1]),
                of_change(0.5 * 0.6, keep), k / root_n);
    EXPECT_NEAR(correlation_of(sample().change[1], sample().last_return[1]), 0, k / root_n);
}

TEST_F(CarryStatistics, LevelIsHeldBetweenFloorAndCap)
{
    // Normal(0.05, 0.04) held in [0, 0.08]: at the floor P(Z < -1.25), at the cap P(Z > 0.75).
    auto const at_floor =
        estimate_mean(sample().last[1], [](double x) { return x == 0 ? 1.0 : 0.0; });
    auto const at_cap =
        estimate_mean(sample().last[1], [](double x) { return x > 0.0799999 ? 1.0 : 0.0; });
    EXPECT_NEAR(at_floor.value, 0.1056498, k * at_floor.standard_error);
    EXPECT_NEAR(at_cap.value, 0.2266274, k * at_cap.standard_error);
}

TEST_F(CarryStatistics, ImpliedVolatilityIsLognormalAroundItsMean)
{
    auto const mean = estimate_mean(sample().last[2], itself);
    EXPECT_NEAR(mean.value, 0.6, k * mean.standard_error);
    std::vector<double> logs;
    for (double level : sample().last[2])
        logs.push_back(std::log(level));
    EXPECT_NEAR(central_moment(logs, 2), 0.16, k * 0.16 * std::sqrt(2.0) / root_n);
    EXPECT_LT(correlation_of(sample().change[2], sample().last_return[1]), -0.6);
}

}  // namespace
}  // namespace brink::testing
