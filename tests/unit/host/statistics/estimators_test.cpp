// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/estimators.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "host/statistics/binomial.hpp"
#include "tests/unit/host/statistics/statistics_fixture.hpp"

namespace brink {
namespace {

using test::inf;
using test::level;

/// A sample of losses of which everything was kept.
class Sample {
    std::vector<double> risks_;
    BodyHistogram body_;
    RankedSample ranked_{};

  public:
    explicit Sample(std::vector<double> values)
    {
        for (double const value : values)
            body_.add({histogram_bin(value), 1, value});
        std::sort(values.begin(), values.end(), std::greater<>{});
        std::copy_if(values.begin(), values.end(), std::back_inserter(risks_),
                     [](double value) { return value != 0; });
        TailView const tail{risks_, values.size() - risks_.size(), values.size()};
        ranked_ = {tail, &body_, RiskyEnd::largest, values.empty() ? 0 : values.back(),
                   values.empty() ? 0 : values.front()};
    }

    RankedSample const& operator*() const { return ranked_; }

    Estimate var(char const* text) const
    {
        return estimate_value_at_risk(ranked_, level(text), 0.95);
    }
    Estimate es(char const* text) const
    {
        return estimate_expected_shortfall(ranked_, level(text), 0.95);
    }
};

std::vector<double> one_to(int n)
{
    std::vector<double> values(static_cast<std::size_t>(n));
    std::iota(values.begin(), values.end(), 1.0);
    return values;
}

TEST(ValueAtRisk, IsTheOrderStatisticWithoutInterpolation)
{
    EXPECT_EQ(Sample(one_to(100)).var("0.99").value, 99);   // aN = 99, whole
    EXPECT_EQ(Sample(one_to(101)).var("0.99").value, 100);  // 99.99
    EXPECT_EQ(Sample(one_to(20)).var("0.95").value, 19);    // 19, whole
    EXPECT_EQ(Sample(one_to(19)).var("0.95").value, 19);    // 18.05
    EXPECT_EQ(Sample(one_to(1)).var("0.5").value, 1);
    EXPECT_EQ(Sample(one_to(2)).var("0.5").value, 1);
}

TEST(ExpectedShortfall, CountsExactlyTheTailMass)
{
    // 20 losses: (1-a)N = 1: the largest alone. 10 losses: 0.5 of the largest. 30: 30, and half of
    // 29, over 1.5.
    EXPECT_DOUBLE_EQ(Sample(one_to(20)).es("0.95").value, 20);
    EXPECT_DOUBLE_EQ(Sample(one_to(10)).es("0.95").value, 10);
    EXPECT_DOUBLE_EQ(Sample(one_to(30)).es("0.95").value, (30 + 0.5 * 29) / 1.5);
    EXPECT_DOUBLE_EQ(Sample(one_to(100)).es("0.9").value, 95.5);
}

TEST(ExpectedShortfall, IsTheIntegralOfValueAtRiskForEverySmallSample)
{
    std::mt19937_64 engine(7);
    for (int n = 1; n <= 20; ++n) {
        std::vector<double> values(static_cast<std::size_t>(n));
        for (double& value : values)  // ties, zeros and gains
            value = std::max(static_cast<double>(engine() % 9) - 4, -2.0);
        Sample const sample(values);
        std::sort(values.begin(), values.end());
        for (char const* text : {"0.5", "0.75", "0.9", "0.95", "0.99"}) {
            // VaR_u is constant on ((i-1)/n, i/n]; integrate it piece by piece.
            double const a = level(text).value();
            double integral = 0;
            for (int i = 1; i <= n; ++i) {
                double const from = std::max(a, (i - 1.0) / n);
                integral += std::max(i / static_cast<double>(n) - from, 0.0)
                            * values[static_cast<std::size_t>(i - 1)];
            }
            // Both are short sums of numbers below 5, divided by at least 0.01.
            EXPECT_NEAR(sample.es(text).value, integral / (1 - a), 1e-12) << n << " " << text;
        }
    }
}

TEST(ExpectedShortfall, AnAtomAtZeroInsideTheTailCountsAsZeros)
{
    // Ten percent is 10 paths: 3 losses, 7 of the zeros.
    std::vector<double> values(100, 0.0);
    values[10] = 5;
    values[20] = 7;
    values[30] = 8;
    Sample const sample(values);

    Estimate const es = sample.es("0.9");

    EXPECT_EQ(sample.var("0.9").value, 0);
    EXPECT_DOUBLE_EQ(es.value, 2);
    EXPECT_EQ(es.n_tail, 3U);
    EXPECT_TRUE(has_flag(es, EstimateFlag::few_tail_paths));
}

TEST(ExpectedShortfall, ZerosAboveANegativeBoundaryCountToo)
{
    // Losses -1 six times, 0 three times, 4 once; the upper half: 4, 0, 0, 0, -1.
    Sample const sample({-1, -1, 0, -1, 4, 0, -1, -1, 0, -1});

    Estimate const es = sample.es("0.5");

    EXPECT_EQ(sample.var("0.5").value, -1);
    EXPECT_DOUBLE_EQ(es.value, 3.0 / 5);
    EXPECT_EQ(es.n_tail, 4U);
    // Excess over -1: 5, 1, 1, 1, else 0: variance (28 - 64/10) / 9, over 10, over 0.5^2.
    EXPECT_DOUBLE_EQ(es.se, std::sqrt((28 - 6.4) / 9 / 10) / 0.5);
}

TEST(ExpectedShortfall, OfFewLossesIsBoundedByItsValueAtRisk)
{
    // 2 losses of 1,000 beyond the boundary, far apart: Student's t alone would reach below zero.
    std::vector<double> values = one_to(1'000);
    values[998] = 2'000;
    values[999] = 1e6;
    Sample const sample(values);

    Estimate const es = sample.es("0.998");

    EXPECT_LT(es.value - 12.7 * es.se, 0);
    EXPECT_EQ(es.lo, sample.var("0.998").lo);
    EXPECT_GT(es.hi, es.value);
}

TEST(ExpectedShortfall, IsNeverBelowValueAtRiskAndGrowsWithTheLevel)
{
    std::mt19937_64 engine(9);
    std::exponential_distribution<double> draw;
    std::vector<double> values(5'000);
    for (double& value : values)
        value = draw(engine) - 0.5;
    Sample const sample(values);

    double last = -inf;
    for (char const* text : {"0.5", "0.9", "0.95", "0.99", "0.999"}) {
        double const es = sample.es(text).value;
        EXPECT_GE(es, sample.var(text).value);
        EXPECT_GE(es, last);
        last = es;
    }
}

TEST(ExpectedShortfall, AllEqualLossesAreFlaggedNotTrusted)
{
    Estimate const es = Sample(std::vector<double>(1'000, 12.5)).es("0.9");

    EXPECT_EQ(es.value, 12.5);
    EXPECT_EQ(es.se, 0);
    EXPECT_TRUE(has_flag(es, EstimateFlag::no_variation));
}

TEST(ExpectedShortfall, WithNothingBeyondTheBoundaryHasNoUpperEnd)
{
    Estimate const es = Sample(one_to(10)).es("0.99");

    EXPECT_EQ(es.value, 10);
    EXPECT_EQ(es.n_tail, 0U);
    EXPECT_TRUE(std::isnan(es.se));
    EXPECT_EQ(es.hi, inf);
    EXPECT_TRUE(has_flag(es, EstimateFlag::open_interval));
}

TEST(ExpectedShortfall, IsMissingWhereTheTailDoesNotReachTheLevel)
{
    // Of 100 losses the 10 largest were kept.
    std::vector<double> kept = one_to(100);
    std::reverse(kept.begin(), kept.end());
    kept.resize(10);
    BodyHistogram body;
    for (double const value : one_to(100))
        body.add({histogram_bin(value), 1, value});
    RankedSample const sample{{kept, 0, 100}, &body, RiskyEnd::largest, 1, 100};

    EXPECT_EQ(estimate_expected_shortfall(sample, level("0.95"), 0.95).value, 98);
    EXPECT_TRUE(std::isnan(estimate_expected_shortfall(sample, level("0.5"), 0.95).value));
}

TEST(Quantile, BelowTheKeptTailCarriesTheBinAsBounds)
{
    std::vector<double> values;
    for (int i = 1; i <= 1'000; ++i)
        values.push_back(1 + i * 1e-5);  // about 20 bins
    BodyHistogram body;
    for (double const value : values)
        body.add({histogram_bin(value), 1, value});
    std::vector<double> const kept(values.rbegin(), values.rbegin() + 50);
    RankedSample const sample{
        {kept, 0, 1'000}, &body, RiskyEnd::largest, values.front(), values.back()};

    Estimate const median = estimate_quantile(sample, level("0.5"), 0.95);
    RankInterval const ranks = quantile_ranks(level("0.5"), 1'000, 0.95);

    EXPECT_TRUE(has_flag(median, EstimateFlag::histogram_resolution));
    EXPECT_NEAR(median.value, values[499], 0x1p-12);
    EXPECT_LE(median.lo, values[ranks.lo - 1]);
    EXPECT_GE(median.hi, values[ranks.hi - 1]);
    EXPECT_FALSE(has_flag(estimate_quantile(sample, level("0.99"), 0.95),
                          EstimateFlag::histogram_resolution));
}

TEST(Quantile, IntervalAndErrorComeFromTheBinomialRanks)
{
    Estimate const median = Sample(one_to(100)).var("0.5");

    EXPECT_EQ(median.value, 50);
    EXPECT_EQ(median.lo, 40);
    EXPECT_EQ(median.hi, 61);
    EXPECT_DOUBLE_EQ(median.se, 21 / (2 * 1.959963984540054));
}

TEST(Quantile, OpenIntervalsHaveNoStandardError)
{
    Estimate const var = Sample(one_to(100)).var("0.99");

    EXPECT_EQ(var.value, 99);
    EXPECT_EQ(var.hi, inf);
    EXPECT_TRUE(std::isnan(var.se));
    EXPECT_TRUE(has_flag(var, EstimateFlag::open_interval));
}

TEST(Estimators, NoObservationIsNeverANumber)
{
    Sample const none({});

    for (Estimate const& estimate :
         {none.var("0.99"), none.es("0.99"), estimate_quantile(*none, level("0.5"), 0.95),
          estimate_mean({}, 0.95), estimate_sd({}, 0.95), estimate_probability(0, 0, 0.95)}) {
        EXPECT_TRUE(std::isnan(estimate.value)) << estimate.name;
        EXPECT_TRUE(std::isnan(estimate.se)) << estimate.name;
        EXPECT_TRUE(std::isnan(estimate.lo)) << estimate.name;
        EXPECT_EQ(estimate.n_tail, 0U) << estimate.name;
        EXPECT_TRUE(has_flag(estimate, EstimateFlag::no_observation)) << estimate.name;
    }
}

TEST(Estimators, OneObservationHasAValueAndNoError)
{
    std::vector<double> one{3};
    Moments const moments = chunk_moments(one.data(), nullptr, 1, 1);

    EXPECT_EQ(estimate_mean(moments, 0.95).value, 3);
    EXPECT_TRUE(std::isnan(estimate_mean(moments, 0.95).se));
    EXPECT_TRUE(std::isnan(estimate_sd(moments, 0.95).value));
    EXPECT_EQ(Sample({3}).es("0.99").value, 3);
}

TEST(Probability, ErrorIsThePlugInAndAtZeroEventsTheBoundsShare)
{
    Estimate const some = estimate_probability(30, 1'000, 0.95);
    Estimate const none = estimate_probability(0, 1'000, 0.95);

    EXPECT_DOUBLE_EQ(some.value, 0.03);
    EXPECT_DOUBLE_EQ(some.se, std::sqrt(0.03 * 0.97 / 1'000));
    EXPECT_EQ(some.n_tail, 30U);
    EXPECT_EQ(some.flag, "");
    EXPECT_EQ(none.value, 0);
    EXPECT_GT(none.se, 0);
    EXPECT_NEAR(none.hi, 3.0 / 1'000, 1e-5);
    EXPECT_EQ(none.flag, "one_sided");
}

TEST(TailIndex, TellsHeavyTailsFromLightOnes)
{
    std::mt19937_64 engine(5);
    std::uniform_real_distribution<double> uniform;
    std::exponential_distribution<double> exponential;
    std::vector<double> pareto(50'000), light(50'000), atoms(50'000, 0.0);
    for (std::size_t i = 0; i < pareto.size(); ++i) {
        pareto[i] = std::pow(1 - uniform(engine), -1 / 1.5);
        light[i] = exponential(engine);
        atoms[i] = i % 100 == 0 ? exponential(engine) : 0.0;
    }
    auto const alpha = [](std::vector<double> const& values) {
        return hill_tail_index((*Sample(values)).tail, values.size() / 20).alpha;
    };

    // Hill's relative standard error is 1 / sqrt(250) = 6.3 %; five of them.
    EXPECT_NEAR(alpha(pareto), 1.5, 5 * 1.5 / std::sqrt(250.0));
    EXPECT_GT(alpha(light), 3);
    EXPECT_GT(alpha(atoms), 2);
    EXPECT_TRUE(std::isnan(alpha(std::vector<double>(1'000, 0.0))));
}

}  // namespace
}  // namespace brink
