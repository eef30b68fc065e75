// SPDX-License-Identifier: Apache-2.0
#include "io/results/summary.hpp"
#include "io/results/flags.hpp"
#include "io/results/number_text.hpp"
#include "tests/support/file_bytes.hpp"
#include "tests/unit/io/results/sample_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <sstream>

namespace brink::test {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(NumberText, SeparatesThousandsOfMoney)
{
    EXPECT_EQ(money_text(1'234'567.4), "1,234,567");
    EXPECT_EQ(money_text(-1'000), "-1,000");
    EXPECT_EQ(money_text(-999.99), "-999.99");
    EXPECT_EQ(money_text(999.999), "1,000");
    EXPECT_EQ(money_text(12.345), "12.35");
    EXPECT_EQ(money_text(0.012345), "0.01235");
    EXPECT_EQ(money_text(-0.0), "0.00");
    EXPECT_EQ(money_text(std::numeric_limits<double>::quiet_NaN()), "n/a");
    EXPECT_EQ(money_text(-std::numeric_limits<double>::infinity()), "-inf");
    EXPECT_EQ(money_text(1'234'567.891, 0.5), "1,234,567.89");
    EXPECT_EQ(money_text(1'234'567.891, 210), "1,234,568");
    EXPECT_EQ(count_text(999), "999");
    EXPECT_EQ(count_text(1'000'000), "1,000,000");
}

TEST(NumberText, GivesPercentagesTheDecimalsOfTheirError)
{
    EXPECT_EQ(percent_text(0.1832, 0.0004), "18.320 %");
    EXPECT_EQ(percent_text(0.1832, 0.01), "18.32 %");
    EXPECT_EQ(percent_text(0.000012, 0.000001), "0.00120 %");
    EXPECT_EQ(percent_text(0, 0), "0.00 %");
}

TEST(NumberText, ChoosesTheUnitOfADuration)
{
    EXPECT_EQ(duration_text(30), "30 s");
    EXPECT_EQ(duration_text(300), "5 min");
    EXPECT_EQ(duration_text(3'600), "1.0 h");
    EXPECT_EQ(duration_text(172'800), "2.0 d");
}

TEST(Summary, ShowsEstimatesWithTheirErrors)
{
    std::string const text = summary_text(sample_result());

    EXPECT_THAT(text,
                ContainsRegex("margin call +18.320 % +0.040 % +18.240 % .. 18.400 % +183,200"));
    EXPECT_THAT(text, ContainsRegex("ES 99 % \\[1\\] +345,679 +210 +345,259 .. 346,099 +10,000"));
    EXPECT_THAT(text, HasSubstr("[1] tail index below 2"));
    EXPECT_THAT(text, ContainsRegex("Opening value .*: 2,500,000 USD"));
    EXPECT_THAT(text, HasSubstr("market move"));
}

TEST(Summary, ExplainsEachFlagOnce)
{
    Result result = sample_result();
    std::vector<Estimate>& loss = result.scopes[0].outcomes[0].statistics;
    loss[2].flag = "few_tail_paths";
    loss[3].flag = "few_tail_paths,heavy_tail";

    std::string const text = summary_text(result);

    EXPECT_THAT(text, ContainsRegex("VaR 99 % \\[1\\] "));
    EXPECT_THAT(text, ContainsRegex("ES 99 % \\[1,2\\] "));
    EXPECT_THAT(text, HasSubstr("[1] fewer than 100 paths lie in the tail"));
    EXPECT_THAT(text, HasSubstr("[2] by the tail index"));
    EXPECT_THAT(text, Not(HasSubstr("[3]")));
}

TEST(Summary, ShowsALevelOfTheReserveOnce)
{
    Result result = sample_result();
    OutcomeResult posts{"topup_total", "USD", 1'000, {}, {}};
    posts.statistics = {{"var_0.99", 5'000, 10, 4'980, 5'020, 10, ""},
                        {"q_0.5", 0, 1, 0, 0, 500, ""},
                        {"q_0.99", 5'000, 10, 4'980, 5'020, 10, ""},
                        {"q_0.01", 0, 1, 0, 0, 10, ""}};
    result.scopes[0].outcomes.push_back(posts);

    std::string const text = summary_text(result);

    EXPECT_THAT(text, ContainsRegex("suffices on 50 % .*\n  suffices on 99 % +5,000 +10 "));
    EXPECT_EQ(text.find("suffices on 99"), text.rfind("suffices on"));
}

TEST(Summary, ShowsWhatMustNotBeOverlooked)
{
    Result result = sample_result();

    std::string const text = summary_text(result);
    result.provenance.invalid_paths = 0;
    std::string const clean = summary_text(result);

    EXPECT_THAT(text, HasSubstr("limit breached: book.loss.es_0.99"));
    EXPECT_THAT(text, HasSubstr("assumption: price = 1 for USDT"));
    EXPECT_THAT(text, HasSubstr("warning: Grüße"));
    EXPECT_THAT(text, HasSubstr("Invalid paths"));
    EXPECT_THAT(clean, Not(HasSubstr("Invalid paths")));
}

TEST(Summary, StaysWithinAScreenForManyAccountsAndNotes)
{
    Result result = sample_result();
    result.correlation_repairs.pop_back();
    result.sweep = {};
    for (int i = 0; i < 500; ++i) {
        result.scopes.push_back({"account:" + std::to_string(i), result.scopes[0].outcomes, {}});
        result.provenance.warnings.push_back("warning number " + std::to_string(i));
    }

    std::istringstream lines{summary_text(result)};

    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
    }
    EXPECT_LE(count, 50);
    EXPECT_THAT(summary_text(result), HasSubstr("and 493 more"));  // 501 accounts, 8 shown
}

TEST(Summary, PrintsPointsOfASweepWithTheirDifferences)
{
    Result result = sample_result();
    std::string const few = summary_text(result);
    SweepResult& sweep = result.sweep;
    sweep.axes = {{"x", {"a.b"}, {}, {}}};
    SweepPointResult const point = sweep.points[3];
    sweep.points.clear();
    for (int i = 0; i < 40; ++i) {
        sweep.axes[0].labels.push_back(std::to_string(i));
        sweep.points.push_back(point);
        sweep.points.back().scopes[0].outcomes[0].statistics[0].value = (i * 7) % 40;
    }
    std::string const many = summary_text(result);

    EXPECT_THAT(few, HasSubstr("Sweep (grid), 3 of 4 points"));
    EXPECT_THAT(few, HasSubstr("volatility = 2.5, policy = β"));
    EXPECT_THAT(few, HasSubstr("2.000 ± 0.050"));  // from the base
    EXPECT_THAT(many, HasSubstr("and 34 between"));
    EXPECT_LT(many.find("  x = 0 "), many.find("  x = 23 "));  // 0 and 1
    EXPECT_THAT(many, testing::Not(HasSubstr("  x = 1 ")));    // 7
}

TEST(Summary, PrintsTheCorrelationsInUseWhereTheyWereRepaired)
{
    Result as_written = sample_result();
    as_written.correlation_repairs = {};

    std::string const text = summary_text(sample_result());

    EXPECT_THAT(text, HasSubstr("Correlations in use, repaired by higham: Frobenius distance 0.15, "
                                "largest change 0.11\n  BTC          1.0000\n"));
    EXPECT_THAT(text, HasSubstr("  0.9900   1.0000\n"));
    EXPECT_THAT(text, HasSubstr("Correlations in use in regime \"β\", repaired by higham: "));
    EXPECT_THAT(summary_text(as_written), Not(HasSubstr("Correlations in use")));
}

TEST(Summary, CopesWithAnEmptyResult)
{
    EXPECT_THAT(summary_text(Result{}), HasSubstr("0 paths"));
}

TEST(OutputFormatPage, NamesEveryOutcomeAndFlag)
{
    std::string const page = file_bytes(BRINK_SOURCE_DIR "/docs/output-format.md");

    for (OutcomeInfo const& outcome : outcome_list)
        EXPECT_THAT(page, HasSubstr("| `" + std::string{outcome.name} + "` |"));
    for (FlagInfo const& flag : flag_list)
        EXPECT_THAT(page, HasSubstr("| `" + std::string{flag.name} + "` |"));
}

}  // namespace
}  // namespace brink::test
