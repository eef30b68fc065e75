// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "models/path/path_program.hpp"
#include "tests/parity/parity_scenarios.hpp"
#include "tests/support/scenario_runner.hpp"
#include "tests/unit/models/path/drifting_account.hpp"

namespace brink {
namespace {

/// The path program with one path per call, compiled without SIMD, as a device thread runs it.
template<class T, int padded>
std::vector<double> run_scalar(test::ScenarioRunner<T>& runner, std::int64_t paths)
{
    Program<T> const program = runner.program();
    MarketView<T, padded> const market = narrow_market<T, padded>(runner.market());
    auto const doubles = [](std::int64_t n) {
        return std::vector<double>(static_cast<std::size_t>(n));
    };
    std::vector<double> record = doubles(program.record_fields);
    std::vector<T> mirror(static_cast<std::size_t>(program.mirror_fields));
    std::vector<double> carry = doubles(program.carry_fields + 1);
    std::vector<double> price = doubles(padded), multiplier = doubles(padded + 1);
    std::vector<T> memory(static_cast<std::size_t>(program.market_fields) + 1);
    std::vector<T> bridge(2 * padded);
    std::vector<std::uint32_t> masks(
        static_cast<std::size_t>(MaskLayout{program}.size(program.accounts.size)));
    Workspace<T> const workspace{{record.data(), 1}, {mirror.data(), 1},     {carry.data(), 1},
                                 {price.data(), 1},  {multiplier.data(), 1}, {masks.data(), 1},
                                 {memory.data(), 1}, {bridge.data(), 1}};
    std::vector<double> columns = doubles(program.num_scopes * num_columns * paths);
    OutcomeSink const sink{.columns = columns.data(), .paths = paths};
    PathProgram<T, padded> run_path{program, market, workspace, sink};
    for (std::int64_t i = 0; i < paths; ++i)
        run_path(static_cast<std::uint64_t>(i), i, 1u);
    return columns;
}

/// Calls, posts that take hours, weekends, funding, partial liquidation at a cost: all that a path
/// can do, on a third of the paths or more.
test::DriftingAccount busy()
{
    test::DriftingAccount scenario{.volatility = 0.9, .horizon = "P5D", .step = "PT1H"};
    scenario.balance = 1500;
    scenario.reserve = 400;
    scenario.call_health = 8;
    scenario.funding = 0.0005;
    scenario.half_spread = 0.0005;
    scenario.fund = 100;
    scenario.liquidation = "price = \"market\"\nfee = 0.01";
    scenario.response =
        "[[owner.response]]\naction = \"post\"\nasset = \"USDT\"\nprobability = 0.9\n"
        "delay = { distribution = \"lognormal\", median = \"PT3H\", sigma = 0.7 }\n"
        "target_health = 10\nlimit = 150\n"
        "outages = [{ from = \"Wed 06:00\", until = \"Thu 00:00\" }]\n"
        "[[owner.response]]\naction = \"reduce\"\nprobability = 0.5\ntarget_health = 9\n";
    return scenario;
}

template<class T, int padded = 2>
void expect_scalar_equals_packs(std::string const& text)
{
    constexpr std::int64_t paths = 256;
    test::ScenarioRunner<T> runner{text};

    auto const packs = runner.run(paths);
    std::vector<double> const scalar = run_scalar<T, padded>(runner, paths);

    EXPECT_GT(packs.mean(Column::called), 0.3);
    EXPECT_GT(packs.mean(Column::liquidated), 0.01);
    ASSERT_EQ(packs.columns.size(), scalar.size());
    for (std::size_t i = 0; i < scalar.size(); ++i)
        ASSERT_EQ(std::bit_cast<std::uint64_t>(packs.columns[i]),
                  std::bit_cast<std::uint64_t>(scalar[i]))
            << "column " << static_cast<std::int64_t>(i) / paths % num_columns << ", path "
            << static_cast<std::int64_t>(i) % paths;
}

template<class T, int padded = 2>
void expect_scalar_equals_packs(test::DriftingAccount scenario, std::string const& precision)
{
    scenario.precision = precision;
    expect_scalar_equals_packs<T, padded>(scenario.text());
}

TEST(ScalarPath, HasTheSameBitsAsItsLaneOfAPackInFloat)
{
    expect_scalar_equals_packs<float>(busy(), "float");
}

TEST(ScalarPath, HasTheSameBitsAsItsLaneOfAPackInDouble)
{
    expect_scalar_equals_packs<double>(busy(), "double");
}

TEST(ScalarPath, HasTheSameBitsWithABridgeBetweenTheSteps)
{
    test::DriftingAccount scenario = busy();
    scenario.run = "bridge = true\n";

    expect_scalar_equals_packs<float>(scenario, "float");
    expect_scalar_equals_packs<double>(scenario, "double");
}

/// The variance widened for events too: trading costs follow it.
TEST(ScalarPath, HasTheSameBitsWhereVarianceIsStochastic)
{
    test::DriftingAccount scenario = busy();
    scenario.asset =
        "model = \"heston\"\nheston = { mean_reversion = 6, vol_of_vol = 3, "
        "spot_vol_correlation = -0.5 }\n";
    scenario.impact = ", adv_usd = 1e6";

    expect_scalar_equals_packs<float>(scenario, "float");
    expect_scalar_equals_packs<double>(scenario, "double");

    scenario.market = "degrees_of_freedom = 5\n";
    scenario.asset = "model = \"gjr_garch\"\ngarch = { alpha = 0.08, gamma = 0.05, beta = 0.88 }\n";
    expect_scalar_equals_packs<float>(scenario, "float");
}

/// Funding at a rate of its own on each lane, debts that grow with it, factors tied by a copula.
TEST(ScalarPath, HasTheSameBitsWhereRatesMove)
{
    test::DriftingAccount scenario = busy();
    scenario.market = "copula = \"student_t\"\ndegrees_of_freedom = 3\n";
    scenario.asset =
        "funding = { mean = 0.5, half_life = \"P1D\", sd = 2, spot_correlation = 0.6 }\n";
    scenario.venue = "borrow = [{ asset = \"USDT\", rate = 0.1 }]\n";
    scenario.usdt = "borrow = { mean = 0.1, half_life = \"P1D\", sd = 0.1 }\n";

    expect_scalar_equals_packs<float>(scenario, "float");
    expect_scalar_equals_packs<double>(scenario, "double");
}

/// What was posted, when, and what is under way, on each lane its own.
TEST(ScalarPath, HasTheSameBitsWhereOraclesPostPrices)
{
    test::DriftingAccount scenario = busy();
    scenario.venue =
        "oracle = [\n    { asset = \"BTC\", deviation = 0.01, heartbeat = \"PT12H\", delay = "
        "\"PT2H\", smoothing = \"PT1H\" },\n    { asset = \"USDT\", heartbeat = \"P1D\", "
        "growth_cap = 0.0 },\n]\n";

    expect_scalar_equals_packs<float, 4>(scenario, "float");
    expect_scalar_equals_packs<double, 4>(scenario, "double");
}

TEST(ScalarPath, HasTheSameBitsWhereBalancesAreExchanged)
{
    expect_scalar_equals_packs<float>(test::auto_exchange_text());
}

TEST(ScalarPath, FloatAndDoubleAgreeOnAlmostEveryEvent)
{
    test::DriftingAccount scenario = busy();
    constexpr std::int64_t paths = 2048;
    auto const single = test::ScenarioRunner<float>{scenario.text()}.run(paths);
    scenario.precision = "double";
    auto const exact = test::ScenarioRunner<double>{scenario.text()}.run(paths);

    // Events are decided in double from float prices: they differ where a price is within its
    // rounding, about 1e-6 relative over 120 steps, of a threshold; a step moves it by 1e-2.
    int different = 0;
    for (std::int64_t i = 0; i < paths; ++i)
        different += single.at(Column::called, i) != exact.at(Column::called, i)
                     || single.at(Column::liquidated, i) != exact.at(Column::liquidated, i);
    EXPECT_LE(different, 2);
}

TEST(ScalarPath, OutcomesDoNotDependOnThreads)
{
    test::ScenarioRunner<float> const runner{busy().text()};

    auto const one = runner.run(2048, 1);
    auto const two = runner.run(2048, 2);

    for (std::size_t i = 0; i < one.columns.size(); ++i)
        ASSERT_EQ(std::bit_cast<std::uint64_t>(one.columns[i]),
                  std::bit_cast<std::uint64_t>(two.columns[i]));
}

}  // namespace
}  // namespace brink
