// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "models/market/path_stepper.hpp"
#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

constexpr int num_coins = 3;  // BTC, ETH, SOL
using Returns = std::vector<std::array<double, num_coins>>;

std::string quickstart()
{
    return std::string{BRINK_SOURCE_DIR} + "/configs/quickstart.toml";
}

BuiltProgram<float> build_quickstart()
{
    Problems problems;
    ReadResult const read = read_scenario(quickstart(), {}, problems);
    std::optional<BuiltProgram<float>> built = build_program<float>(read.scenario, problems);
    if (!built)
        throw std::runtime_error{"configs/quickstart.toml is refused"};
    return std::move(*built);
}

double excess_kurtosis(Returns const& returns, int coin)
{
    double mean = 0, second = 0, fourth = 0;
    for (auto const& r : returns)
        mean += r[static_cast<std::size_t>(coin)];
    mean /= static_cast<double>(returns.size());
    for (auto const& r : returns) {
        double const d = r[static_cast<std::size_t>(coin)] - mean;
        second += d * d;
        fourth += d * d * d * d;
    }
    return fourth * static_cast<double>(returns.size()) / (second * second) - 3;
}

/// P(coin in its worst 5 % | BTC in its worst 5 %).
double lower_tail_dependence(Returns const& returns, int coin)
{
    auto const quantile = [&](std::size_t c) {
        std::vector<double> values;
        for (auto const& r : returns)
            values.push_back(r[c]);
        auto const k = static_cast<std::ptrdiff_t>(values.size() / 20);
        std::nth_element(values.begin(), values.begin() + k, values.end());
        return values[static_cast<std::size_t>(k)];
    };
    auto const c = static_cast<std::size_t>(coin);
    double const worst_btc = quantile(0), worst_coin = quantile(c);
    int both = 0, btc = 0;
    for (auto const& r : returns) {
        btc += r[0] <= worst_btc;
        both += r[0] <= worst_btc && r[c] <= worst_coin;
    }
    return static_cast<double>(both) / btc;
}

Returns simulated_returns(int paths)
{
    BuiltProgram<float> const built = build_quickstart();
    auto const market = narrow_market<double, 5>(built.market);
    PathStepper<double, 5> const step_path{market};
    Program<float> const program = built.tables.view();
    Returns returns;
    for (int path = 0; path < paths; ++path) {
        PathRandom<double> const random{program.key, static_cast<std::uint64_t>(path)};
        MarketState<double, 5> state = step_path.start(random);
        for (int k = 0; k < program.num_steps; ++k)
            step_path(state, random, static_cast<std::uint32_t>(k));
        constexpr double ln2 = 0.69314718055994531;
        returns.push_back(
            {state.log_price[0] * ln2, state.log_price[1] * ln2, state.log_price[2] * ln2});
    }
    return returns;
}

/// Overlapping 10-day log returns of daily closes, 2021-01-01 to 2025-06-30.
Returns historical_returns(std::filesystem::path const& file)
{
    std::ifstream in{file};
    std::vector<std::array<double, num_coins>> closes;
    for (std::string line; std::getline(in, line);) {
        std::stringstream row{line};
        std::string time, cell;
        std::array<double, num_coins> close{};
        std::getline(row, time, ',');
        if (time < "2021-01-01" || time > "2025-06-30T99")
            continue;
        for (double& c : close)
            c = std::getline(row, cell, ',') && !cell.empty() ? std::log(std::stod(cell)) : NAN;
        closes.push_back(close);
    }
    Returns returns;
    for (std::size_t i = 10; i < closes.size(); ++i)
        returns.push_back({closes[i][0] - closes[i - 10][0], closes[i][1] - closes[i - 10][1],
                           closes[i][2] - closes[i - 10][2]});
    return returns;
}

TEST(Quickstart, IsSizedAsItsHeaderSays)
{
    BuiltProgram<float> const built = build_quickstart();
    constexpr std::int64_t paths = 131'072;
    Program<float> const program = built.tables.view();
    std::vector<double> columns(static_cast<std::size_t>(program.num_scopes * num_columns * paths));
    OutcomeSink const sink{.columns = columns.data(), .paths = paths};
    ChunkJob const job{0, paths, sink};
    make_cpu_executor(
        ProgramInput<float>{program, built.market, built.padded_assets, built.tables.bytes()}, 0)
        ->run({&job, 1});
    auto const share = [&](Column column, double least) {
        auto const first = columns.begin() + static_cast<std::ptrdiff_t>(column) * paths;
        return static_cast<double>(
                   std::count_if(first, first + paths, [&](double v) { return v >= least; }))
               / paths;
    };

    double const called = share(Column::called, 1), liquidated = share(Column::liquidated, 1);
    double const ruined = share(Column::loss, 0.99 * built.opening_value);

    std::printf("P(call) %.3f %%, P(liquidation) %.3f %%, P(loss >= 99 %%) %.4f %%\n", 100 * called,
                100 * liquidated, 100 * ruined);
    EXPECT_GT(called, 0.10);
    EXPECT_LT(called, 0.30);
    EXPECT_GT(liquidated, 0.005);
    EXPECT_LT(liquidated, 0.03);
    EXPECT_LT(ruined, 0.00005);
}

TEST(Quickstart, TenDayReturnsStandBesideTheHistoryThatTheFileNames)
{
    Returns const model = simulated_returns(20'000);
    std::filesystem::path const file =
        std::filesystem::path{BRINK_SOURCE_DIR} / "../shared/data/daily_close.csv";
    char const* const names[] = {"BTC", "ETH", "SOL"};
    for (int coin = 0; coin < num_coins; ++coin)
        std::printf("model    %s: excess kurtosis %6.2f, 5 %% lower-tail dependence on BTC %.2f\n",
                    names[coin], excess_kurtosis(model, coin), lower_tail_dependence(model, coin));
    // A Gaussian copula with the correlation of 0.82 gives 0.52 at 5 %; the t copula of one day is
    // above it, and ten days of draws keep more than half of the way.
    EXPECT_GT(lower_tail_dependence(model, 1), 0.52);
    EXPECT_GT(excess_kurtosis(model, 0), 0.5);
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no price history beside the checkout: model figures only";
    Returns const history = historical_returns(file);
    for (int coin = 0; coin < num_coins; ++coin)
        std::printf("history  %s: excess kurtosis %6.2f, 5 %% lower-tail dependence on BTC %.2f\n",
                    names[coin], excess_kurtosis(history, coin),
                    lower_tail_dependence(history, coin));
    EXPECT_GT(history.size(), 1600u);
}

}  // namespace
}  // namespace brink
