// SPDX-License-Identifier: Apache-2.0
// Cases with published answers, from tests/golden/*.csv and from every CSV in $BRINK_GOLDEN_DIR. A
// row whose rule the engine does not express is skipped, visibly, and counted.
#include "tests/golden/golden_rules.hpp"
#include "tests/support/file_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <cstdlib>
#include <iostream>

namespace brink::test {
namespace {

namespace fs = std::filesystem;

struct Case {
    std::string name;  ///< of the test
    GoldenRow row;
};

std::ostream& operator<<(std::ostream& out, Case const& golden)
{
    return out << golden.row.id << ' ' << golden.row.rule << ' ' << golden.row.inputs;
}

/// Letters, digits and underscores only; unique by its number.
std::string test_name(std::string const& file, GoldenRow const& row, std::size_t number)
{
    std::string name = file + "_" + row.id + "_" + std::to_string(number);
    for (char& letter : name)
        if (std::isalnum(static_cast<unsigned char>(letter)) == 0)
            letter = '_';
    return name;
}

void add_cases(fs::path const& folder, std::vector<Case>& cases)
{
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator{folder})
        if (entry.path().extension() == ".csv")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (fs::path const& file : files)
        for (GoldenRow const& row : read_golden_csv(file))
            cases.push_back({test_name(file.stem().string(), row, cases.size()), row});
}

/// Why the cases could not be read; the test below fails with it.
std::string& reading_error()
{
    static std::string error;
    return error;
}

std::vector<Case> const& all_cases()
{
    static std::vector<Case> const cases = [] {
        std::vector<Case> found;
        try {
            add_cases(fs::path{BRINK_SOURCE_DIR} / "tests/golden", found);
            std::size_t const own = found.size();
            if (char const* const extra = std::getenv("BRINK_GOLDEN_DIR")) {
                add_cases(extra, found);
                if (found.size() == own)
                    reading_error() = std::string{"no CSV in BRINK_GOLDEN_DIR="} + extra;
            }
        } catch (std::exception const& error) {
            reading_error() = error.what();
        }
        return found;
    }();
    return cases;
}

class Golden : public testing::TestWithParam<Case> {};

TEST_P(Golden, TheEngineAnswersAsPublished)
{
    GoldenRow const& row = GetParam().row;
    Answers answers;
    try {
        answers = answer(row);
    } catch (NotCovered const& reason) {
        GTEST_SKIP() << "not covered: " << reason.what() << " (" << row.id << ", " << row.source
                     << ")";
    }
    ASSERT_FALSE(row.expected.empty());
    for (auto const& [name, published] : row.expected) {
        auto const found = answers.find(name);
        ASSERT_NE(found, answers.end()) << "the rule gives no " << name;
        EXPECT_EQ(found->second.text, published.text) << row.rule << ' ' << name;
        EXPECT_LE(std::abs(found->second.value - published.value), tolerance(row, published))
            << row.rule << ' ' << name << ": published " << published.value << ", engine "
            << found->second.value << " (" << row.source << ")";
    }
}

INSTANTIATE_TEST_SUITE_P(Rows, Golden, testing::ValuesIn(all_cases()),
                         [](auto const& test) { return test.param.name; });

TEST(GoldenRows, AreReadFromEveryFolder)
{
    EXPECT_EQ(reading_error(), "");
    EXPECT_FALSE(all_cases().empty());
}

TEST(GoldenRows, OfTheRepositoryAreAllCovered)
{
    std::size_t covered = 0;
    for (Case const& golden : all_cases()) {
        if (!golden.name.starts_with("exchange_") && !golden.name.starts_with("lending_"))
            continue;
        try {
            covered += answer(golden.row).empty() ? 0u : 1u;
        } catch (NotCovered const& reason) {
            bool const is_own = std::getenv("BRINK_GOLDEN_DIR") == nullptr;
            EXPECT_FALSE(is_own) << golden.row.id << ": " << reason.what();
        }
    }
    std::cout << covered << " of " << all_cases().size() << " golden rows are covered\n";
    EXPECT_GT(covered, 0u);
}

TEST(GoldenRows, AnUnknownRuleIsNotCovered)
{
    GoldenRow row;
    row.rule = "a_rule_of_tomorrow";

    EXPECT_THROW((void)answer(row), NotCovered);
}

TEST(GoldenRows, AFileWithOtherColumnsIsOneRowThatIsNotCovered)
{
    TemporaryFolder const folder;
    write_bytes(folder / "other.csv", "case_id,rule\n1,isolated_lp\n2,isolated_lp\n");

    auto const rows = read_golden_csv(folder / "other.csv");

    ASSERT_EQ(rows.size(), 1u);
    EXPECT_THROW((void)answer(rows[0]), NotCovered);
}

TEST(GoldenRows, ARowThatCannotBeReadIsAnError)
{
    TemporaryFolder const folder;
    write_bytes(folder / "broken.csv",
                "id,venue,rule,inputs_json,expected_json,rel_tol,check,source,note\n"
                "x,v,isolated_lp,{,{},0,OK,s,\n");

    EXPECT_ANY_THROW((void)read_golden_csv(folder / "broken.csv"));
}

TEST(GoldenRows, ToleranceIsTheLargestOfStatedHalfADigitAndRounding)
{
    GoldenRow row;
    auto const numbers = parse_published(
        R"({"price": 26316.89, "amount": 16300.0, "count": 41, "small": 1.5e-3, "flag": true})");

    EXPECT_DOUBLE_EQ(tolerance(row, numbers.at("price")), 0.005);
    EXPECT_DOUBLE_EQ(tolerance(row, numbers.at("amount")), 0.05);
    EXPECT_DOUBLE_EQ(tolerance(row, numbers.at("count")), 0.5);
    EXPECT_DOUBLE_EQ(tolerance(row, numbers.at("small")), 0.00005);
    EXPECT_EQ(tolerance(row, numbers.at("flag")), 0.0);
    row.rel_tol = 1e-3;
    EXPECT_DOUBLE_EQ(tolerance(row, numbers.at("price")), 26.31689);
    row.rel_tol = 0.0;
    EXPECT_DOUBLE_EQ(tolerance(row, {1e12, 0.0, false}), 1.0);
}

}  // namespace
}  // namespace brink::test
