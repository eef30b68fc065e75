// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/binomial.hpp"

#include "tests/unit/host/statistics/statistics_fixture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace brink {
namespace {

using test::level;

/// P(B = k), summed up from logarithms: independent of the incomplete beta function.
double binomial_mass(std::uint64_t k, std::uint64_t n, double p)
{
    auto const log_factorial = [](std::uint64_t i) {
        return std::lgamma(static_cast<double>(i) + 1);
    };
    return std::exp(log_factorial(n) - log_factorial(k) - log_factorial(n - k)
                    + static_cast<double>(k) * std::log(p)
                    + static_cast<double>(n - k) * std::log1p(-p));
}

TEST(NormalZ, IsTheTabulatedOne)
{
    EXPECT_NEAR(normal_z(0.95), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normal_z(0.99), 2.575829303548901, 1e-14);
}

TEST(StudentT, IsTheTabulatedOne)
{
    EXPECT_NEAR(student_t(0.95, 1), 12.7062, 5e-5);
    EXPECT_NEAR(student_t(0.95, 10), 2.2281, 5e-5);
    EXPECT_NEAR(student_t(0.95, 1e9), normal_z(0.95), 1e-14);
}

TEST(ClopperPearson, IsThePublishedIntervalWhereEventsWereSeenAndMissed)
{
    // Exact 95 % limits for n = 10 as printed to four digits in tables of the binomial distribution
    // (e.g. Hollander and Wolfe; also Brown, Cai, DasGupta, Statistical Science 16, 2001).
    struct Row {
        std::uint64_t k;
        double lo, hi;
    };
    for (Row const& row :
         {Row{1, 0.0025, 0.4450}, Row{2, 0.0252, 0.5561}, Row{3, 0.0667, 0.6525},
          Row{4, 0.1216, 0.7376}, Row{5, 0.1871, 0.8129}, Row{9, 0.5550, 0.9975}}) {
        Interval const interval = clopper_pearson(row.k, 10, 0.95);
        EXPECT_NEAR(interval.lo, row.lo, 5e-5) << row.k;
        EXPECT_NEAR(interval.hi, row.hi, 5e-5) << row.k;
    }
}

TEST(ClopperPearson, EndsAreWhereTheTailsHoldHalfOfTheRest)
{
    for (std::uint64_t n : {7U, 30U, 200U})
        for (std::uint64_t k : {std::uint64_t{1}, n / 3, n - 1}) {
            Interval const interval = clopper_pearson(k, n, 0.9);
            double at_least = 0, at_most = 0;
            for (std::uint64_t i = k; i <= n; ++i)
                at_least += binomial_mass(i, n, interval.lo);
            for (std::uint64_t i = 0; i <= k; ++i)
                at_most += binomial_mass(i, n, interval.hi);
            EXPECT_NEAR(at_least, 0.05, 1e-10);
            EXPECT_NEAR(at_most, 0.05, 1e-10);
        }
}

TEST(ClopperPearson, ZeroEventsGiveTheRuleOfThree)
{
    // One-sided: (1 - hi)^n = 0.05. For n = 10, 0.2589; for large n, 2.9957 / n.
    EXPECT_NEAR(clopper_pearson(0, 10, 0.95).hi, 0.2589, 5e-5);
    EXPECT_EQ(clopper_pearson(0, 10, 0.95).lo, 0);
    EXPECT_NEAR(clopper_pearson(10, 10, 0.95).lo, 1 - 0.2589, 5e-5);
    EXPECT_EQ(clopper_pearson(10, 10, 0.95).hi, 1);
    EXPECT_NEAR(clopper_pearson(0, 1'000'000'000, 0.95).hi * 1e9, 2.9957, 5e-5);
    EXPECT_NEAR(clopper_pearson(0, 1, 0.95).hi, 0.95, 1e-12);
}

TEST(ClopperPearson, StaysExactForABillionPaths)
{
    // For rare events the limits are those of a Poisson count of 5: 1.6235 and 11.6683.
    Interval const interval = clopper_pearson(5, 1'000'000'000, 0.95);

    EXPECT_NEAR(interval.lo * 1e9, 1.6235, 5e-5);
    EXPECT_NEAR(interval.hi * 1e9, 11.6683, 5e-5);
}

TEST(ClopperPearson, CoversAtLeastAsDocumentedForEveryProbability)
{
    constexpr std::uint64_t n = 40;
    std::vector<Interval> intervals;
    for (std::uint64_t k = 0; k <= n; ++k)
        intervals.push_back(clopper_pearson(k, n, 0.95));

    for (int i = 1; i < 400; ++i) {
        double const p = i / 400.0;
        double covered = 0;
        for (std::uint64_t k = 0; k <= n; ++k)
            if (intervals[k].lo <= p && p <= intervals[k].hi)
                covered += binomial_mass(k, n, p);
        // Nearer to 0 or 1 than the two-sided end, 5 % on one side may meet 2.5 % on the other.
        double const two_sided_end = 1 - std::pow(0.025, 1.0 / n);
        bool const inner = p > two_sided_end && p < 1 - two_sided_end;
        EXPECT_GE(covered, inner ? 0.95 : 0.925) << p;
    }
}

TEST(QuantileRanks, AreThePublishedOnesOfTheMedian)
{
    // Ranks of the exact 95 % interval of a median; tables give 2 and 9 for n = 10, 6 and 15 for
    // 20, 40 and 61 for 100 (e.g. Conover, Practical Nonparametric Statistics, section 3.2).
    auto const expect = [](std::uint64_t n, std::uint64_t lo, std::uint64_t hi) {
        RankInterval const ranks = quantile_ranks(level("0.5"), n, 0.95);
        EXPECT_EQ(ranks.lo, lo) << n;
        EXPECT_EQ(ranks.hi, hi) << n;
    };
    expect(10, 2, 9);
    expect(20, 6, 15);
    expect(100, 40, 61);
}

TEST(QuantileRanks, AreTheClosestThatMissRarelyEnough)
{
    for (char const* text : {"0.5", "0.9", "0.99", "0.05"})
        for (std::uint64_t n : {1U, 2U, 5U, 19U, 60U, 400U, 2'000U}) {
            double const p = level(text).value();
            RankInterval const ranks = quantile_ranks(level(text), n, 0.95);
            std::vector<double> below(n + 2, 0.0);  // P(B <= k - 1)
            for (std::uint64_t k = 0; k <= n; ++k)
                below[k + 1] = below[k] + binomial_mass(k, n, p);
            // 1e-12 is the rounding of the reference sums.
            if (ranks.lo > 0) {
                EXPECT_LE(below[ranks.lo], 0.025 + 1e-12) << text << " " << n;
            }
            EXPECT_GT(below[ranks.lo + 1], 0.025 - 1e-12) << text << " " << n;
            if (ranks.hi <= n) {
                EXPECT_LE(1 - below[ranks.hi], 0.025 + 1e-12) << text << " " << n;
            }
            EXPECT_GT(1 - below[ranks.hi - 1], 0.025 - 1e-12) << text << " " << n;
        }
}

TEST(QuantileRanks, ASampleTooSmallHasNoUpperEnd)
{
    EXPECT_EQ(quantile_ranks(level("0.99"), 100, 0.95).hi, 101U);
    EXPECT_EQ(quantile_ranks(level("0.01"), 100, 0.95).lo, 0U);
    // 1 - 0.99^368 is the first above 0.975.
    EXPECT_EQ(quantile_ranks(level("0.99"), 367, 0.95).hi, 368U);
    EXPECT_LE(quantile_ranks(level("0.99"), 368, 0.95).hi, 368U);
}

}  // namespace
}  // namespace brink
