// SPDX-License-Identifier: Apache-2.0
// Every example gives what tests/golden/examples/pinned.csv says, digit by digit: with few paths,
// and in the slow suite with its own. tests/integration/python/pin_examples.py writes the file.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "io/market_data/csv.hpp"
#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/file_bytes.hpp"

namespace brink::test {
namespace {

namespace fs = std::filesystem;

fs::path const examples = fs::path{BRINK_SOURCE_DIR} / "configs/examples";
bool const is_full = std::string{BRINK_EXAMPLE_RUN} == "full";

/// Statistics of the book by example, as written.
std::map<std::string, std::map<std::string, std::string>> const& pinned()
{
    static auto const all = [] {
        fs::path const file = fs::path{BRINK_SOURCE_DIR} / "tests/golden/examples/pinned.csv";
        Problems problems;
        CsvTable const table = parse_csv(file_bytes(file), file.string(), problems);
        std::map<std::string, std::map<std::string, std::string>> found;
        for (CsvRow const& row : table.rows)
            if (row.cells[1].text == BRINK_EXAMPLE_RUN)
                found[row.cells[0].text][row.cells[2].text] = row.cells[3].text;
        return found;
    }();
    return all;
}

std::vector<std::string> names()
{
    std::vector<std::string> list;
    for (std::string const& name : files_in(examples))
        if (name.ends_with(".toml"))
            list.push_back(name);
    return list;
}

class Example : public testing::TestWithParam<std::string> {};

TEST_P(Example, GivesWhatIsPinned)
{
    ASSERT_TRUE(pinned().contains(GetParam())) << "run tests/integration/python/pin_examples.py";
    TemporaryFolder const folder;
    Arguments arguments{"run",      (examples / GetParam()).string(),
                        "-q",       "--json",
                        "--device", "cpu",
                        "-o",       folder / "out.h5"};
    if (!is_full)
        arguments.insert(arguments.end(), {"--paths", "1024"});

    ProgramRun const run = brink(arguments);

    ASSERT_TRUE(run.status == 0 || run.status == 3) << run.err;
    auto const book =
        nlohmann::json::parse(run.out.substr(run.out.find('{')))["statistics"]["book"];
    for (auto const& [statistic, value] : pinned().at(GetParam())) {
        std::size_t const dot = statistic.find('.');
        auto const& found = book[statistic.substr(0, dot)][statistic.substr(dot + 1)]["value"];
        EXPECT_EQ(found.get<double>(), std::stod(value)) << statistic;
    }
}

INSTANTIATE_TEST_SUITE_P(Configs, Example, testing::ValuesIn(names()), [](auto const& test) {
    return test.param.substr(0, test.param.find('.'));
});

}  // namespace
}  // namespace brink::test
