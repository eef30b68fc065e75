// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_file.hpp"
#include "tests/support/file_bytes.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/io/results/sample_result.hpp"

#include <gtest/gtest.h>
#include <bit>

namespace brink::test {
namespace {

TEST(ResultRoundTrip, ReturnsEveryNumberBitByBit)
{
    TemporaryFolder const folder;
    Result const result = sample_result();

    write_result(folder / "result.h5", result);
    Result const back = read_result(folder / "result.h5");

    EXPECT_EQ(fingerprint(back), fingerprint(result));
}

TEST(ResultRoundTrip, KeepsTheOrderOfScopesOutcomesAndStatistics)
{
    TemporaryFolder const folder;
    write_result(folder / "result.h5", sample_result());

    Result const back = read_result(folder / "result.h5");

    ASSERT_EQ(back.scopes.size(), 2U);
    EXPECT_EQ(back.scopes[0].scope, "book");
    ASSERT_EQ(back.scopes[0].outcomes.size(), 3U);
    EXPECT_EQ(back.scopes[0].outcomes[1].outcome, "min_health");
    EXPECT_EQ(back.scopes[0].outcomes[0].statistics[3].name, "es_0.99");
    EXPECT_EQ(std::bit_cast<std::uint64_t>(back.scopes[1].outcomes[0].statistics[0].value),
              std::uint64_t{1} << 63);  // -0.0
}

TEST(ResultRoundTrip, ReturnsAResultWithoutDifferencesAndSweep)
{
    TemporaryFolder const folder;
    Result result = sample_result();
    result.sweep = {};
    for (ScopeResult& scope : result.scopes)
        for (OutcomeResult& outcome : scope.outcomes)
            for (Estimate& estimate : outcome.statistics)
                estimate.difference = estimate.difference_se = not_available;

    write_result(folder / "plain.h5", result);

    EXPECT_EQ(fingerprint(read_result(folder / "plain.h5")), fingerprint(result));
}

TEST(ResultRoundTrip, ReturnsAnEmptyResult)
{
    TemporaryFolder const folder;

    write_result(folder / "empty.h5", Result{});
    Result const back = read_result(folder / "empty.h5");

    EXPECT_EQ(fingerprint(back), fingerprint(Result{}));
}

TEST(ResultRoundTrip, ReturnsScopesWithoutOutcomesAndOutcomesWithoutStatistics)
{
    TemporaryFolder const folder;
    Result result;
    result.scopes = {{"book", {}, {}}};
    Result other;
    other.scopes = {{"book", {{"loss", "USD", 5, {}, {}}}, {}}};

    write_result(folder / "scopes.h5", result);
    write_result(folder / "outcomes.h5", other);

    EXPECT_EQ(fingerprint(read_result(folder / "scopes.h5")), fingerprint(result));
    EXPECT_EQ(fingerprint(read_result(folder / "outcomes.h5")), fingerprint(other));
}

TEST(ResultRoundTrip, HoldsAConfigBeyondTheAttributeLimitOfHdf5)
{
    TemporaryFolder const folder;
    Result result = sample_result();
    for (int line = 0; result.provenance.config.size() < 200 * 1024; ++line)  // limit: 64 KiB
        result.provenance.config += "# line " + std::to_string(line) + " größer\n";

    write_result(folder / "large.h5", result);

    EXPECT_EQ(read_provenance(folder / "large.h5").config, result.provenance.config);
}

TEST(ResultRoundTrip, SurvivesCompressionOfLargeColumns)
{
    TemporaryFolder const folder;
    Result result = sample_result();
    std::vector<double>& tail = result.tails["loss"];
    for (int i = 0; i < 200'000; ++i)
        tail.push_back(i < 150'000 ? 0.0 : 1.0 / i);

    write_result(folder / "plain.h5", result);
    write_result(folder / "small.h5", result, {.deflate_level = 1});

    EXPECT_EQ(fingerprint(read_result(folder / "small.h5")), fingerprint(result));
    EXPECT_LT(std::filesystem::file_size(folder / "small.h5"),
              std::filesystem::file_size(folder / "plain.h5") / 2);  // three quarters are zero
}

TEST(ResultRoundTrip, WritesTheSameBytesTwice)
{
    TemporaryFolder const folder;

    write_result(folder / "first.h5", sample_result());
    write_result(folder / "second.h5", sample_result());

    EXPECT_EQ(file_bytes(folder / "first.h5"), file_bytes(folder / "second.h5"));
}

TEST(ResultRoundTrip, ReadsTheProvenanceAlone)
{
    TemporaryFolder const folder;
    Result result;
    result.provenance = sample_result().provenance;
    write_result(folder / "result.h5", sample_result());

    Result back;
    back.provenance = read_provenance(folder / "result.h5");

    EXPECT_EQ(fingerprint(back), fingerprint(result));
}

TEST(ResultRoundTrip, RefusesShapesThatDoNotAgree)
{
    TemporaryFolder const folder;
    Result twice = sample_result();
    twice.scopes[0].outcomes[0].statistics.push_back({"mean", 1, 1, 1, 1, 1, ""});
    Result edges = sample_result();
    edges.scopes[0].outcomes[0].histogram.edges.pop_back();
    Result columns = sample_result();
    columns.rows.columns.pop_back();
    Result nul = sample_result();
    nul.provenance.config += '\0';

    for (Result const* const result : {&twice, &edges, &columns, &nul})
        EXPECT_ANY_THROW(write_result(folder / "bad.h5", *result));

    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace brink::test
