// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/paired_difference.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "host/plan/outcome_specs.hpp"
#include "host/statistics/estimators.hpp"
#include "host/statistics/outcome_statistics.hpp"
#include "models/path/outcome.hpp"

namespace brink::test {
namespace {

struct PairedSample {
    std::vector<double> values;
    std::vector<std::uint8_t> marks;

    explicit PairedSample(std::vector<double> numbers)
        : values{std::move(numbers)}, marks(values.size(), 0)
    {}
    [[nodiscard]] PathValues view() const { return {values, marks}; }
};

/// What a run reports of these values.
OutcomeResult outcome_of(PairedSample const& sample, OutcomeKind kind)
{
    OutcomeSpec spec;
    spec.name = "loss";
    spec.kind = kind;
    spec.levels = parse_levels({"0.9"});
    spec.quantiles = parse_levels({"0.5"});
    spec.path_cap = sample.values.size();
    OutcomeStatistics statistics{spec};
    ChunkSummariser summarise;
    statistics.merge(summarise(kind, 0,
                               {0, 0, static_cast<std::uint32_t>(sample.values.size()),
                                sample.values.data(), sample.marks.data()},
                               statistics.cut()));
    OutcomeResult outcome;
    outcome.outcome = "loss";
    outcome.statistics = statistics.estimates();
    return outcome;
}

std::map<std::string, Estimate> differences_of(PairedSample const& point, PairedSample const& base,
                                               OutcomeKind kind = OutcomeKind::money)
{
    OutcomeResult result = outcome_of(point, kind);
    ComparedOutcome{kind, outcome_of(base, kind), base.view()}.give_differences(result,
                                                                                point.view());
    std::map<std::string, Estimate> estimates;
    for (Estimate const& estimate : result.statistics)
        estimates[estimate.name] = estimate;
    return estimates;
}

/// base ~ N(0, 1), point ~ N(0.5, 1.2^2), correlated by 0.9.
struct NormalPair {
    PairedSample point, base;

    NormalPair(std::size_t paths, std::uint64_t seed) : point{{}}, base{{}}
    {
        std::mt19937_64 generator{seed};
        std::normal_distribution<double> normal;
        std::vector<double> x, b;
        for (std::size_t i = 0; i < paths; ++i) {
            double const first = normal(generator), second = normal(generator);
            b.push_back(first);
            x.push_back(0.5 + 1.2 * (0.9 * first + std::sqrt(1 - 0.81) * second));
        }
        point = PairedSample{std::move(x)};
        base = PairedSample{std::move(b)};
    }
};

TEST(PairedDifference, OfMeansIsThatOfThePathsThemselves)
{
    NormalPair const pair{500, 1};
    Estimate const mean = differences_of(pair.point, pair.base).at("mean");

    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < 500; ++i)
        sum += pair.point.values[i] - pair.base.values[i];
    for (std::size_t i = 0; i < 500; ++i)
        squares += std::pow(pair.point.values[i] - pair.base.values[i] - sum / 500, 2);
    EXPECT_NEAR(mean.difference, sum / 500, 1e-12);
    EXPECT_NEAR(mean.difference_se, std::sqrt(squares / 499 / 500), 1e-12);
}

TEST(PairedDifference, OfARunFromItselfIsZero)
{
    NormalPair const pair{400, 2};

    for (auto const& [name, estimate] : differences_of(pair.base, pair.base)) {
        EXPECT_EQ(estimate.difference, 0) << name;
        EXPECT_EQ(estimate.difference_se, 0) << name;
    }
}

/// A base that is constant has no error of its own: the paired error is the marginal one.
TEST(PairedDifference, FromAConstantHasTheErrorOfThePoint)
{
    NormalPair const pair{1'000, 3};
    PairedSample const zero{std::vector<double>(1'000, 0.0)};

    for (auto const& [name, estimate] : differences_of(pair.point, zero)) {
        if (name == "sd")
            continue;  // by influence here, by the sampling variance of s^2 in the estimate
        EXPECT_NEAR(estimate.difference_se / estimate.se, 1, 2e-3) << name;
    }
}

/// Over 400 pairs of runs the interval of 1.96 errors covers the true difference of each statistic:
/// 95 % of them, within 4 standard errors of that share, 4 sqrt(0.95 0.05 / 400) = 4.4 %.
TEST(PairedDifference, ErrorsCoverTheTrueDifference)
{
    double const z = 1.2815515655446004;  // 0.9 quantile of N(0, 1)
    double const tail = std::exp(-z * z / 2) / std::sqrt(2 * M_PI) / 0.1;  // its ES
    std::map<std::string, double> const truth{{"mean", 0.5},
                                              {"sd", 0.2},
                                              {"q_0.5", 0.5},
                                              {"var_0.9", 0.5 + 0.2 * z},
                                              {"es_0.9", 0.5 + 0.2 * tail}};
    std::map<std::string, int> covered;
    double paired = 0, independent = 0;
    constexpr int runs = 400;
    for (int run = 0; run < runs; ++run) {
        NormalPair const pair{1'500, 100 + static_cast<std::uint64_t>(run)};
        for (auto const& [name, estimate] : differences_of(pair.point, pair.base)) {
            covered[name] +=
                std::abs(estimate.difference - truth.at(name)) <= 1.96 * estimate.difference_se;
            if (name == "es_0.9") {
                paired += estimate.difference_se;
                independent += estimate.se;
            }
        }
    }

    for (auto const& [name, count] : covered)
        EXPECT_NEAR(count / static_cast<double>(runs), 0.95, 0.044) << name;
    EXPECT_EQ(covered.size(), truth.size());
    EXPECT_LT(paired, 0.7 * independent);  // than that of the point alone
}

/// 3 of 8 paths with the event here, 2 there, one of them shared: ones in a difference of +1 twice
/// and -1 once, mean 1/8.
TEST(PairedDifference, OfProbabilitiesCountsPathsThatDiffer)
{
    PairedSample const point{{1, 1, 1, 0, 0, 0, 0, 0}};
    PairedSample const base{{1, 0, 0, 1, 0, 0, 0, 0}};
    Estimate const prob = differences_of(point, base, OutcomeKind::flag).at("prob");

    double const variance = (3 - 8 * std::pow(1.0 / 8, 2)) / 7;
    EXPECT_DOUBLE_EQ(prob.difference, 1.0 / 8);
    EXPECT_DOUBLE_EQ(prob.difference_se, std::sqrt(variance / 8));
}

/// Times are conditional on the event: a path without it adds nothing, and the others count more.
TEST(PairedDifference, OfTimesIsThatOfRatios)
{
    double const never = std::nan("");
    PairedSample const point{{10, 20, never, never}};
    PairedSample const base{{10, never, never, 40}};
    Estimate const mean = differences_of(point, base, OutcomeKind::time).at("mean");

    // influences: point (x - 15) / 0.5 = -10, 10, 0, 0; base (x - 25) / 0.5 = -30, 0, 0, 30
    double const squares = 20 * 20 + 10 * 10 + 30 * 30;
    EXPECT_DOUBLE_EQ(mean.difference, -10);
    EXPECT_DOUBLE_EQ(mean.difference_se, std::sqrt(squares / 3 / 4));
}

TEST(PairedDifference, OfWhatIsInfiniteIsNotAvailable)
{
    double const top = HUGE_VAL;
    PairedSample const point{{top, top, top, 1}};
    PairedSample const base{{2, 3, top, 1}};
    Estimate const median = differences_of(point, base, OutcomeKind::lowest).at("q_0.5");

    EXPECT_TRUE(std::isnan(median.difference));
    EXPECT_TRUE(std::isnan(median.difference_se));
}

TEST(PairedDifference, LeavesOutPathsThatDoNotCount)
{
    PairedSample point{{5, 7, 1e9, 9}}, base{{4, 5, 1e9, 1e9}};
    point.marks[2] = base.marks[2] = static_cast<std::uint8_t>(PathMark::invalid);
    base.marks[3] = static_cast<std::uint8_t>(PathMark::elsewhere);
    Estimate const mean = differences_of(point, base).at("mean");

    EXPECT_DOUBLE_EQ(mean.difference, 7 - 4.5);
    // point (x - 7) 4/3 = -8/3, 0, 0, 8/3; base (x - 4.5) 4/2 = -1, 1, 0, 0
    double const squares = std::pow(-8.0 / 3 + 1, 2) + 1 + std::pow(8.0 / 3, 2);
    EXPECT_NEAR(mean.difference_se, std::sqrt(squares / 3 / 4), 1e-12);
}

}  // namespace
}  // namespace brink::test
