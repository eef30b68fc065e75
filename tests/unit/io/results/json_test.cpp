// SPDX-License-Identifier: Apache-2.0
#include "io/results/json.hpp"
#include "tests/unit/io/results/sample_result.hpp"

#include <gtest/gtest.h>
#include <bit>
#include <limits>
#include <nlohmann/json.hpp>

namespace brink::test {
namespace {

TEST(ResultJson, NamesStatisticsByScopeOutcomeAndStatistic)
{
    Json const json = statistics_json(sample_result());

    Json const& es = json["book"]["loss"]["es_0.99"];
    EXPECT_EQ(es["value"], 345'678.9);
    EXPECT_EQ(es["se"], 210.0);
    EXPECT_EQ(es["lo"], 345'258.9);
    EXPECT_EQ(es["hi"], 346'098.9);
    EXPECT_EQ(es["n_tail"], 10'000);
    EXPECT_EQ(es["flag"], "tail index below 2: infinite variance");
    EXPECT_FALSE(json["book"]["loss"]["mean"].contains("flag"));
    EXPECT_TRUE(json.contains("account:α/β desk"));
}

TEST(ResultJson, WritesWhatIsNotFiniteAsNull)
{
    Json const json = statistics_json(sample_result());

    EXPECT_TRUE(json["book"]["loss"]["var_0.99"]["lo"].is_null());  // -inf
    EXPECT_TRUE(json["book"]["loss"]["sd"]["se"].is_null());        // NaN
    EXPECT_TRUE(json["book"]["min_health"]["q_0.01"]["value"].is_null());
}

TEST(ResultJson, NumbersComeBackBitByBit)
{
    Result result = sample_result();
    std::vector<Estimate>& statistics = result.scopes[0].outcomes[0].statistics;
    double const hard[] = {0.1 + 0.2,
                           1.0 / 3,
                           std::numeric_limits<double>::denorm_min(),
                           std::numeric_limits<double>::max(),
                           -0.0,
                           123456789.123456789};

    for (double const value : hard) {
        statistics[0].value = value;
        Json const back = Json::parse(json_line(statistics_json(result)));

        auto const number = back["book"]["loss"]["mean"]["value"].get<double>();
        EXPECT_EQ(std::bit_cast<std::uint64_t>(number), std::bit_cast<std::uint64_t>(value));
    }
}

TEST(ResultJson, LeavesOutScopesThatWereNotAskedFor)
{
    Json const json = statistics_json(sample_result(), {"book"});

    EXPECT_EQ(json.size(), 1U);
    EXPECT_EQ(json.begin().key(), "book");
}

TEST(ResultJson, GivesTheProvenanceUnderTheNamesOfTheFile)
{
    Provenance const provenance = sample_result().provenance;

    Json const full = provenance_json(provenance, ProvenanceDetail::full);
    Json const brief = provenance_json(provenance, ProvenanceDetail::brief);

    EXPECT_EQ(full["seed"], "18446744073709551615");
    EXPECT_EQ(full["paths"], 1'000'000);
    EXPECT_EQ(full["config"], provenance.config);
    EXPECT_EQ(full["hashed_keys"]["run.step"], "PT1H");
    EXPECT_EQ(brief["warnings"].size(), 3U);
    EXPECT_EQ(full["build_flags"], "-O3 -DNDEBUG");
    EXPECT_EQ(full["inputs"][1]["path"], "venues/β.toml");
    EXPECT_EQ(full["inputs"][0]["bytes"], 24);
    EXPECT_EQ(full["scheduler"]["SLURM_JOB_ID"], "42");
    EXPECT_EQ(full["resumed"][0]["chunks"], 8);
    EXPECT_FALSE(brief.contains("config"));
    EXPECT_FALSE(brief.contains("hashed_keys"));
}

TEST(ResultJson, IsOneLineOfAsciiWhateverTheTexts)
{
    Result result = sample_result();
    result.provenance.name = "two\nlines \xff";

    std::string const line = json_line(result_json(result, ProvenanceDetail::full));

    EXPECT_EQ(line.find('\n'), std::string::npos);
    for (char const character : line)
        ASSERT_LT(static_cast<unsigned char>(character), 128U);
    EXPECT_EQ(Json::parse(line)["provenance"]["numeraire"], "USD");
}

}  // namespace
}  // namespace brink::test
