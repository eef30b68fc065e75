// SPDX-License-Identifier: Apache-2.0
// Outcomes, fans and traces of paths under a scenario grid, with the search for its worst scenario
// and without.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/unit/models/path/grid_books.hpp"
#include "tests/unit/models/path/grid_equality.hpp"
#include "tests/unit/models/path/money_dated_scenarios.hpp"

namespace brink {
namespace {

constexpr std::int64_t num_paths = 333;

TEST(GridPath, SearchChangesNothingOfTheOptionsDesk)
{
    std::string const file = BRINK_SOURCE_DIR "/configs/examples/options_desk.toml";
    std::ifstream stream{file};
    std::string const text{std::istreambuf_iterator<char>{stream}, {}};

    test::expect_search_changes_nothing<float>(text, num_paths, 4, file);
    test::expect_search_changes_nothing<double>(text, num_paths, 1, file);
}

TEST(GridPath, SearchChangesNothingWherePositionsAreLiquidated)
{
    auto const single = test::expect_search_changes_nothing<float>(test::money_grid, num_paths, 8);
    test::expect_search_changes_nothing<double>(test::money_grid, num_paths, 4);

    auto const liquidated = static_cast<std::size_t>(Column::liquidated);
    double events = 0;
    for (std::size_t i = 0; i < num_paths; ++i)
        events += single.columns[liquidated * num_paths + i];
    EXPECT_GT(events, 20);
}

/// 24 books, half in each precision.
TEST(GridPath, SearchChangesNothingOfRandomBooks)
{
    test::GridBooks books{1};
    for (int i = 0; i < 12; ++i) {
        SCOPED_TRACE(i);
        test::expect_search_changes_nothing<float>(books.next(), num_paths, 2);
        test::expect_search_changes_nothing<double>(books.next(), num_paths, 1);
    }
}

}  // namespace
}  // namespace brink
