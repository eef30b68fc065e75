// SPDX-License-Identifier: Apache-2.0
// Blocks of the stationary bootstrap: geometric lengths, and every row as likely as any other.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "models/market/path_stepper.hpp"
#include "tests/statistical/models/path_sample.hpp"
#include "tests/support/market_samples.hpp"

namespace brink::testing {
namespace {

constexpr std::int32_t table_rows = 150;
constexpr double block_chance = 0.125;

/// Column 0 counts the rows, so that a path's returns say where it was.
MarketView<float, 2> counted_history()
{
    auto market = make_market<float, 2>(0.0, 0.0, 0.0);
    market.loading[0][0] = market.loading[1][0] = market.loading[1][1] = 0;
    market.factor_mask = 0;
    market.history = {table_rows, 1, 1, 1u, static_cast<float>(block_chance)};
    market.is_varying = 1;
    return market;
}

struct Blocks {
    std::vector<double> lengths;  ///< of blocks that begin and end within a path
    std::vector<double> visits;   ///< [rows]
};

Blocks walk_blocks(std::uint64_t num_paths, std::uint32_t num_steps)
{
    auto const market = counted_history();
    std::vector<float> rows(table_rows);
    std::iota(rows.begin(), rows.end(), 0.0f);
    for (float& row : rows)
        row /= 65'536;  // sums stay exact
    Blocks blocks{{}, std::vector<double>(table_rows)};
    for (std::uint64_t path = 0; path < num_paths; ++path) {
        float fields[4] = {};
        MarketTables<float> const tables{nullptr, nullptr, 0, nullptr, rows.data()};
        PathStepper<float, 2> const step_path{market, {{fields, 1}, tables}};
        PathRandom<float> const random{{3, 14}, path};
        auto state = step_path.start(random);
        int last = -1, length = 0;
        bool has_begun = false;
        for (std::uint32_t step = 0; step < num_steps; ++step) {
            float const before = state.log_price[0];
            step_path(state, random, step);
            int const row = static_cast<int>(
                std::lround((static_cast<double>(state.log_price[0]) - before) * 65'536));
            blocks.visits[static_cast<std::size_t>(row)] += 1;
            if (last >= 0 && row != (last + 1) % table_rows) {
                if (has_begun)
                    blocks.lengths.push_back(length);
                has_begun = true;
                length = 0;
            }
            ++length;
            last = row;
        }
    }
    return blocks;
}

/// A new block goes on where the last one was by chance, once in 150: seen blocks are longer by it.
TEST(StationaryBootstrap, BlocksAreGeometric)
{
    auto const lengths = walk_blocks(400, 2'000).lengths;
    double const seen = block_chance * (1 - 1.0 / table_rows);
    double const n = static_cast<double>(lengths.size());
    double sum = 0, ones = 0;
    for (double const length : lengths) {
        sum += length;
        ones += length == 1 ? 1 : 0;
    }

    ASSERT_GT(n, 90'000);
    double const deviation = std::sqrt(1 - seen) / seen;
    // Blocks cut off by the end of a path are the longer ones: by about length^2 / steps.
    EXPECT_NEAR(sum / n, 1 / seen, k * deviation / std::sqrt(n) + 2 / seen / seen / 2'000);
    EXPECT_NEAR(ones / n, seen, k * std::sqrt(seen * (1 - seen) / n) + 0.001);
}

TEST(StationaryBootstrap, TakesEveryRowAlike)
{
    auto const visits = walk_blocks(400, 2'000).visits;
    double const expected = 400.0 * 2'000 / table_rows;
    // Visits of a row come one to a block, blocks are independent: about Poisson.
    for (std::size_t row = 0; row < visits.size(); ++row)
        EXPECT_NEAR(visits[row], expected, k * std::sqrt(expected * 1.3)) << row;
}

}  // namespace
}  // namespace brink::testing
