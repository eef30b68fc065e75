// SPDX-License-Identifier: Apache-2.0
// The search for the worst scenario of a grid against all scenarios: more paths, more books.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/unit/models/path/grid_books.hpp"
#include "tests/unit/models/path/grid_equality.hpp"

namespace brink {
namespace {

TEST(GridSlow, SearchChangesNothingOfTheOptionsDesk)
{
    std::string const file = BRINK_SOURCE_DIR "/configs/examples/options_desk.toml";
    std::ifstream stream{file};
    std::string const text{std::istreambuf_iterator<char>{stream}, {}};

    test::expect_search_changes_nothing<float>(text, 30'001, 100, file);
    test::expect_search_changes_nothing<double>(text, 10'001, 20, file);
}

TEST(GridSlow, SearchChangesNothingOfManyRandomBooks)
{
    test::GridBooks books{2};
    for (int i = 0; i < 100; ++i) {
        SCOPED_TRACE(i);
        test::expect_search_changes_nothing<float>(books.next(), 1'001, 3);
        test::expect_search_changes_nothing<double>(books.next(), 501, 3);
    }
}

}  // namespace
}  // namespace brink
