// SPDX-License-Identifier: Apache-2.0
// Returns drawn from history, from price files to the log prices of a path.
#include "host/program/history_builder.hpp"
#include "tests/support/file_bytes.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/host/program/scenario_walk.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <numbers>

namespace brink::test {
namespace {

using testing::HasSubstr;

constexpr int history_rows = 400;

double row_return(int row, int asset)
{
    return 0.03 * std::sin(1.7 * row + asset) + 0.001 * asset;
}

/// Daily closes of A and B whose log returns are `row_return`; a row may lack B.
std::string price_file(int without_b = -1)
{
    std::string text = "time,A,B\n";
    double a = 100, b = 10;
    for (int i = 0; i <= history_rows; ++i) {
        text += fmt::format("{},{:.17g},{}\n", 1'600'000'000 + i * 86'400, a,
                            i == without_b ? "" : fmt::format("{:.17g}", b));
        a *= std::exp(row_return(i, 0));
        b *= std::exp(row_return(i, 1));
    }
    return text;
}

std::string config_of(std::string const& history, std::string const& assets,
                      std::string const& horizon, std::string const& step = "P1D")
{
    return "[run]\nas_of = 2025-01-01T00:00:00Z\nhorizon = \"" + horizon + "\"\nstep = \"" + step
           + "\"\n[market]\nmodel = \"historical\"\n[market.history]\n" + history + assets + R"(
[[venue]]
name = "v"
[[venue.collateral]]
asset = "A"
tiers = [{ floor = 0, ratio = 0.9 }]
[[account]]
name = "a"
venue = "v"
balances = { A = 1 }
)";
}

std::string const two_assets =
    "[[asset]]\nname = \"A\"\nprice = 200\n[[asset]]\nname = \"B\"\nprice = 5\n";

class HistoricalPaths : public ::testing::Test {
  protected:
    TemporaryFolder folder;

    std::string prices(int without_b = -1) const
    {
        write_bytes(folder / "p.csv", price_file(without_b));
        return "prices = [\"" + (folder / "p.csv").string() + "\"]\n";
    }
};

TEST_F(HistoricalPaths, ReplayAppliesReturnsToTodaysPrices)
{
    ScenarioWalk const walk{config_of(prices() + "method = \"replay\"\n", two_assets, "P400D")};

    ASSERT_EQ(walk.log_price.size(), 2u);
    double a = std::log(200), b = std::log(5);
    for (int k = 0; k < history_rows; ++k) {
        ASSERT_NEAR(walk.log_price[0][static_cast<std::size_t>(k)], a, 1e-9) << k;
        ASSERT_NEAR(walk.log_price[1][static_cast<std::size_t>(k)], b, 1e-9) << k;
        a += row_return(k, 0);
        b += row_return(k, 1);
    }
}

TEST_F(HistoricalPaths, ReplayTakesAWindow)
{
    ScenarioWalk const walk{config_of(prices()
                                          + "method = \"replay\"\nfrom = "
                                            "2020-09-23T12:26:40Z\n",
                                      two_assets, "P2D")};

    EXPECT_NEAR(walk.log_return(0, 0), row_return(10, 0), 1e-12);
    EXPECT_NEAR(walk.log_return(0, 1), row_return(11, 0), 1e-12);
}

TEST_F(HistoricalPaths, StepsOfSeveralRowsAddThemUp)
{
    ScenarioWalk const walk{
        config_of(prices() + "method = \"replay\"\n", two_assets, "P12D", "P3D")};

    for (int k = 0; k < 4; ++k) {
        double const sum =
            row_return(3 * k, 1) + row_return(3 * k + 1, 1) + row_return(3 * k + 2, 1);
        EXPECT_NEAR(walk.log_return(1, static_cast<std::size_t>(k)), sum, 1e-12) << k;
    }
}

/// Row of each step: both assets must have the centred returns of one and the same.
std::vector<int> rows_of(ScenarioWalk const& walk, double centre_a, double centre_b)
{
    std::vector<int> rows;
    for (std::size_t k = 0; k + 1 < walk.log_price[0].size(); ++k) {
        int found = -1;
        for (int row = 0; row < history_rows; ++row)
            if (std::abs(walk.log_return(0, k) - row_return(row, 0) + centre_a) < 1e-9
                && std::abs(walk.log_return(1, k) - row_return(row, 1) + centre_b) < 1e-9)
                found = row;
        rows.push_back(found);
    }
    return rows;
}

double growth_of(int asset)
{
    double sum = 0;
    for (int row = 0; row < history_rows; ++row)
        sum += std::exp(row_return(row, asset)) / history_rows;
    return std::log(sum);
}

TEST_F(HistoricalPaths, BootstrapTakesBlocksOfJointRows)
{
    ScenarioWalk const walk{config_of(prices() + "block_length = \"P5D\"\n", two_assets, "P300D")};

    auto const rows = rows_of(walk, growth_of(0), growth_of(1));
    ASSERT_EQ(rows.size(), 300u);
    int breaks = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        ASSERT_GE(rows[k], 0) << k;
        breaks += k > 0 && rows[k] != (rows[k - 1] + 1) % history_rows ? 1 : 0;
    }
    EXPECT_NEAR(breaks, 60, 5 * std::sqrt(300 * 0.2 * 0.8));
}

TEST_F(HistoricalPaths, GrowByTheDriftThatIsWritten)
{
    Problems problems;
    ReadResult const read =
        read_scenario_text(config_of(prices(), two_assets, "P10D"), "h.toml", {}, problems);
    ASSERT_TRUE(problems.empty());
    HistoryTable const table = build_history(read.scenario);

    ASSERT_EQ(table.terms.num_rows, history_rows);
    for (std::size_t asset = 0; asset < 2; ++asset) {
        double sum = 0;
        for (std::size_t row = 0; row < history_rows; ++row)
            sum += std::exp2(table.returns[2 * row + asset]) / history_rows;
        EXPECT_NEAR(sum, 1, 1e-12);
    }
    // 400^(1/3) = 7.37 rows
    EXPECT_FLOAT_EQ(table.terms.chance, 1.0f / 7);
}

TEST_F(HistoricalPaths, TakeTheVolatilityOfTheHistoryOrTheOneWritten)
{
    Problems problems;
    std::string const config = config_of(prices(),
                                         "[[asset]]\nname = \"A\"\nprice = 200\nvolatility = "
                                         "0.9\n[[asset]]\nname = \"B\"\nprice = 5\n",
                                         "P10D");
    ReadResult const read = read_scenario_text(config, "h.toml", {}, problems);
    ASSERT_TRUE(problems.empty());
    HistoryTable const table = build_history(read.scenario);

    auto const volatility = [&](std::size_t asset) {
        double sum = 0, squares = 0;
        for (std::size_t row = 0; row < history_rows; ++row) {
            double const r = table.returns[2 * row + asset] * std::numbers::ln2;
            sum += r;
            squares += r * r;
        }
        return std::sqrt((squares - sum * sum / history_rows) / (history_rows - 1) * 365);
    };
    EXPECT_NEAR(volatility(0), 0.9, 1e-12);
    EXPECT_NEAR(volatility(1), read.scenario.assets[1].volatility, 1e-12);
    EXPECT_NEAR(volatility(1), 0.03 / std::sqrt(2.0) * std::sqrt(365), 0.01);
}

/// Shocks of the rows times deviations that start where the filter of the history ends.
TEST_F(HistoricalPaths, FilteredReturnsFollowTheGarch)
{
    std::string const garch =
        "garch = { interval = \"P1D\", alpha = 0.1, gamma = 0.05, beta = 0.8 }\n";
    std::string const config = config_of(
        prices() + "block_length = \"P5D\"\n",
        "[[asset]]\nname = \"A\"\nprice = 200\n" + garch + "[[asset]]\nname = \"B\"\nprice = 5\n",
        "P40D");
    Problems problems;
    ReadResult const read = read_scenario_text(config, "h.toml", {}, problems);
    ASSERT_TRUE(problems.empty());
    HistoryTable const table = build_history(read.scenario);
    double sum = 0, squares = 0;
    for (std::size_t row = 0; row < history_rows; ++row) {
        sum += table.returns[2 * row];
        squares += table.returns[2 * row] * table.returns[2 * row];
    }
    EXPECT_NEAR(sum, 0, 1e-10);
    EXPECT_NEAR(squares / (history_rows - 1), 1, 1e-12);

    ScenarioWalk const walk{config};
    double const theta = [&] {
        double s = 0, q = 0;
        for (int row = 0; row < history_rows; ++row) {
            s += row_return(row, 0);
            q += row_return(row, 0) * row_return(row, 0);
        }
        return (q - s * s / history_rows) / (history_rows - 1);
    }();
    double h = read.scenario.assets[0].volatility * read.scenario.assets[0].volatility / 365;
    for (std::size_t k = 0; k < 40; ++k) {
        double const shock = walk.log_return(0, k) + h / 2;
        double nearest = 1;
        for (std::size_t row = 0; row < history_rows; ++row)
            nearest = std::min(nearest, std::abs(shock / std::sqrt(h) - table.returns[2 * row]));
        EXPECT_LT(nearest, 1e-6) << k;
        h = (1 - 0.925) * theta + (0.1 + (shock < 0 ? 0.05 : 0)) * shock * shock + 0.8 * h;
    }
}

TEST_F(HistoricalPaths, MissingPricesFollowTheRuleWritten)
{
    auto const read = [&](std::string const& rule, Problems& problems) {
        return read_scenario_text(
            config_of(prices(100) + "missing = \"" + rule + "\"\n", two_assets, "P10D"), "h.toml",
            {}, problems);
    };
    Problems none;
    ReadResult const drop = read("drop", none), carry = read("carry", none);
    ASSERT_TRUE(none.empty());
    EXPECT_EQ(drop.scenario.market.history->returns.size(), 398u);
    EXPECT_THAT(drop.scenario.market.history->window,
                HasSubstr("1 pairs of prices further apart, 1 times that not every asset has"));
    ASSERT_EQ(carry.scenario.market.history->returns.size(), 400u);
    EXPECT_NEAR(carry.scenario.market.history->returns[99][1], 0, 1e-15);
    EXPECT_NEAR(carry.scenario.market.history->returns[100][1],
                row_return(99, 1) + row_return(100, 1), 1e-12);

    Problems refused;
    static_cast<void>(read("refuse", refused));
    ASSERT_EQ(refused.problems().size(), 1u);
    EXPECT_EQ(refused.problems()[0].code, ExitCode::data);
    EXPECT_THAT(refused.problems()[0].reason, HasSubstr("1 times are not in every series"));
}

/// The effective configuration holds the returns, so that a result replays without the files.
TEST_F(HistoricalPaths, ReadBackFromTheirCanonicalText)
{
    Problems problems;
    ReadResult const first =
        read_scenario_text(config_of(prices() + "columns = { A = \"B\" }\n",
                                     "[[asset]]\nname = \"A\"\nprice = 200\n", "P10D"),
                           "h.toml", {}, problems);
    std::filesystem::remove(folder / "p.csv");
    ReadResult const again =
        read_scenario_text(first.scenario.canonical, "canonical.toml", {}, problems);

    for (Problem const& problem : problems.problems())
        ADD_FAILURE() << format_problem(problem, "error");
    EXPECT_EQ(again.scenario.canonical, first.scenario.canonical);
    EXPECT_EQ(again.effective, first.effective);
    EXPECT_NEAR(again.scenario.market.history->returns[5][0], row_return(5, 1), 1e-15);
}

}  // namespace
}  // namespace brink::test
