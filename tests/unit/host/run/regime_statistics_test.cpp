// SPDX-License-Identifier: Apache-2.0
// Paths through regimes, from config to outcomes: what a regime changes besides prices, and the
// scopes of the paths that enter one.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/scenario_runner.hpp"

namespace brink::test {
namespace {

/// A long BTC perpetual on margin, with funding; and a reduction that costs by depth.
std::string scenario_of(std::string const& regimes, double volatility)
{
    return "[run]\nas_of = 2025-01-01T00:00:00Z\nhorizon = \"P4D\"\nstep = \"PT8H\"\n" + regimes
           + "[[asset]]\nname = \"BTC\"\nprice = 100_000\nvolatility = "
           + std::to_string(volatility) + R"(
execution = { depth_2pct_usd = 1e7 }
[[asset]]
name = "USDT"
price = 1
model = "fixed"
[[venue]]
name = "v"
collateral = [{ asset = "USDT", tiers = [{ floor = 0, ratio = 1 }] }]
[[venue.schedules]]
instruments = ["BTCUSDT"]
tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 20 }]
[[instrument]]
name = "BTCUSDT"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
funding_rate_per_interval = 0.0001
[[owner]]
name = "o"
[[owner.response]]
action = "reduce"
target_health = 12
[[account]]
name = "a"
owner = "o"
venue = "v"
balances = { USDT = 8_000 }
positions = [{ instrument = "BTCUSDT", size = 2, entry_price = 100_000, leverage = 20 }]
)";
}

std::string regimes_of(std::string const& calm, std::string const& crash)
{
    return "[[market.regimes]]\nname = \"calm\"\nmean_duration = \"P4D\"\n" + calm
           + "[[market.regimes]]\nname = \"crash\"\nmean_duration = \"P2D\"\n" + crash;
}

constexpr std::int64_t num_paths = 4'096;

/// At t_0 the account is called (margin 8,000 of 10,000) and reduced by as much whatever the depth;
/// 0.02 Q^2 / depth is four times as much at a quarter of the depth.
TEST(RegimeOutcomes, CostMoreWhereTheMarketIsThin)
{
    ScenarioRunner<double> const deep{scenario_of("", 0.0)};
    ScenarioRunner<double> const thin{
        scenario_of(regimes_of("start = 1\ndepth = 0.25\n", "depth = 0.25\n"), 0.0)};
    auto const at_depth = deep.run(64), at_quarter = thin.run(64);

    double const full = at_depth.at(Column::topup_cost),
                 quarter = at_quarter.at(Column::topup_cost);
    ASSERT_GT(full, 10.0);
    EXPECT_GT(quarter, 3.9 * full);
    EXPECT_LT(quarter, 4.5 * full);  // the cost itself must be made good by reducing more
}

TEST(RegimeOutcomes, PayFundingByTheRegimeInForce)
{
    std::string const rates = regimes_of("start = 1\nfunding = 2\n", "funding = -3\n");
    ScenarioRunner<double> const plain{scenario_of("", 0.0)};
    ScenarioRunner<double> const switching{scenario_of(rates, 0.0)};
    double const once = plain.run(64).at(Column::funding);
    auto const outcomes = switching.run(num_paths);
    std::int32_t const crash = switching.program().first_regime_scope + 1;

    ASSERT_GT(once, 0.0);
    for (std::int64_t path = 0; path < num_paths; ++path) {
        // Twelve payments at t_1 .. t_12, each by the regime at its time; regimes at t_0 .. t_11
        // are what occupancy counts, so that the last payment may differ by one.
        double const share = outcomes.at(Column::occupancy, path, crash);
        double const expected = once * (2 * (1 - share) - 3 * share);
        EXPECT_NEAR(outcomes.at(Column::funding, path), expected, once * 5.0 / 12 + 1e-9) << path;
    }
}

/// Every path starts calm: that scope is the book's, bit by bit. A crash is entered within the
/// steps before the last with probability 1 - exp(-11 steps / mean duration).
TEST(RegimeOutcomes, AreThoseOfTheBookWhereTheRegimeIsEntered)
{
    ScenarioRunner<float> const runner{
        scenario_of(regimes_of("start = 1\n", "volatility = 3\n"), 0.8)};
    auto const outcomes = runner.run(num_paths);
    std::int32_t const first = runner.program().first_regime_scope;

    std::int64_t visits = 0;
    double total = 0;
    for (std::int64_t path = 0; path < num_paths; ++path) {
        EXPECT_EQ(outcomes.at(Column::loss, path, first), outcomes.at(Column::loss, path));
        EXPECT_EQ(outcomes.at(Column::mark, path, first), 0.0);
        double const calm = outcomes.at(Column::occupancy, path, first);
        double const crash = outcomes.at(Column::occupancy, path, first + 1);
        EXPECT_NEAR(calm + crash, 1.0, 1e-6);
        bool const enters = crash > 0;
        EXPECT_EQ(outcomes.at(Column::mark, path, first + 1),
                  enters ? 0.0 : static_cast<double>(PathMark::elsewhere));
        visits += enters ? 1 : 0;
        total += crash;
    }
    double const p = 1 - std::exp(-11.0 / 12);
    EXPECT_NEAR(static_cast<double>(visits) / num_paths, p, 5 * std::sqrt(p * (1 - p) / num_paths));
    EXPECT_GT(total, 0.0);
}

}  // namespace
}  // namespace brink::test
