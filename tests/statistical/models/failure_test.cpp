// SPDX-License-Identifier: Apache-2.0
// Times of failures against the exponential law, from config to prices.
#include <gtest/gtest.h>

#include <cmath>

#include "host/program/market_builder.hpp"
#include "io/config/scenario_reader.hpp"
#include "models/market/path_stepper.hpp"
#include "tests/statistical/models/path_sample.hpp"

namespace brink::testing {
namespace {

/// A and B fail together, C by itself; none moves otherwise. A hundred steps of a day.
char const* const failing_assets = R"(
[run]
as_of = 2025-01-01T00:00:00Z
horizon = "P100D"
step = "P1D"
[market]
model = "fixed"
[[market.failures]]
rate = 3.65
levels = { A = 0.5, B = 0.25 }
[[market.failures]]
rate = 1.825
levels = { C = 0.125 }
[[asset]]
name = "A"
price = 100
[[asset]]
name = "B"
price = 10
[[asset]]
name = "C"
price = 1
[[venue]]
name = "v"
[[venue.collateral]]
asset = "A"
tiers = [{ floor = 0, ratio = 1 }]
[[account]]
name = "main"
venue = "v"
balances = { A = 1, B = 1, C = 1 }
)";

constexpr std::uint64_t failing_walks = 100'000;

/// Shares of the paths on which the pair, C and both have failed by each of some steps.
struct FailedShares {
    double pair{0}, single{0}, both{0};
};

TEST(FailureTimes, AreExponentialAndIndependent)
{
    Problems problems;
    ReadResult const read = read_scenario_text(failing_assets, "failures.toml", {}, problems);
    MarketNotes notes;
    auto const wide = build_market<float>(read.scenario, problems, notes);
    ASSERT_TRUE(wide) << (problems.empty() ? "" : problems.problems()[0].reason);
    auto const market = narrow_market<float, 3>(*wide);
    constexpr std::uint32_t looks[] = {1, 30, 100};
    FailedShares shares[3];
    for (std::uint64_t path = 0; path < failing_walks; ++path) {
        float fields[4] = {};
        PathStepper<float, 3> const step_path{market, {{fields, 1}}};
        PathRandom<float> const random{{5, 11}, path};
        auto state = step_path.start(random);
        std::uint32_t step = 0;
        for (int look = 0; look < 3; ++look) {
            for (; step < looks[look]; ++step)
                step_path(state, random, step);
            bool const pair = state.log_price[0] == -1.0f, single = state.log_price[2] == -3.0f;
            ASSERT_EQ(state.log_price[0], pair ? -1.0f : 0.0f);
            ASSERT_EQ(state.log_price[1], pair ? -2.0f : 0.0f);
            ASSERT_EQ(state.log_price[2], single ? -3.0f : 0.0f);
            shares[look].pair += pair ? 1.0 / failing_walks : 0.0;
            shares[look].single += single ? 1.0 / failing_walks : 0.0;
            shares[look].both += pair && single ? 1.0 / failing_walks : 0.0;
        }
    }
    for (int look = 0; look < 3; ++look) {
        double const pair = -std::expm1(-0.01 * looks[look]),
                     single = -std::expm1(-0.005 * looks[look]);
        auto const error = [](double p) { return std::sqrt(p * (1 - p) / failing_walks); };
        EXPECT_NEAR(shares[look].pair, pair, k * error(pair));
        EXPECT_NEAR(shares[look].single, single, k * error(single));
        EXPECT_NEAR(shares[look].both, pair * single, k * error(pair * single));
    }
}

}  // namespace
}  // namespace brink::testing
