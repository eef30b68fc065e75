// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <random>

#include "host/statistics/binomial.hpp"
#include "tests/statistical/host/statistics/repeated_runs.hpp"

namespace brink {
namespace {

using test::exponential_losses;
using test::feed;
using test::level;
using test::levels;
using test::loss_spec;
using test::named;
using test::RepeatedRuns;

/// Four standard errors of a share p seen in `runs` runs.
double share_bound(double p, int runs)
{
    return 4 * std::sqrt(p * (1 - p) / runs);
}

/// Four relative standard errors of a standard deviation seen in `runs` nearly normal values.
double spread_bound(int runs)
{
    return 4 / std::sqrt(2.0 * runs);
}

TEST(EstimatorCoverage, VarIntervalsCoverExactlyAsTheirRanksSay)
{
    constexpr int runs = 2'000;
    constexpr std::uint64_t paths = 1'000;
    OutcomeSpec spec = loss_spec(paths);
    spec.levels = levels({"0.99"});
    RepeatedRuns var(std::log(100));
    std::mt19937_64 engine(1);

    for (int run = 0; run < runs; ++run) {
        OutcomeStatistics statistics(spec);
        feed(statistics, exponential_losses(engine, paths));
        var.add(named(statistics.estimates(), "var_0.99"));
    }

    // The quantile is covered when between lo and hi - 1 losses are below it.
    RankInterval const ranks = quantile_ranks(level("0.99"), paths, 0.95);
    boost::math::binomial const below(paths, 0.99);
    double const exact = cdf(below, static_cast<double>(ranks.hi - 1))
                         - cdf(below, static_cast<double>(ranks.lo - 1));
    EXPECT_GE(exact, 0.95);
    EXPECT_NEAR(var.coverage(), exact, share_bound(exact, runs));
}

TEST(EstimatorCoverage, ShortfallErrorsAreTheSpreadOfRepeatedRuns)
{
    constexpr int runs = 2'000;
    constexpr std::uint64_t paths = 10'000;
    OutcomeSpec spec = loss_spec(paths);
    spec.levels = levels({"0.99"});
    RepeatedRuns es(std::log(100) + 1);  // the excess over any level has mean 1
    RepeatedRuns var(std::log(100));
    std::mt19937_64 engine(2);

    for (int run = 0; run < runs; ++run) {
        OutcomeStatistics statistics(spec);
        feed(statistics, exponential_losses(engine, paths));
        auto const list = statistics.estimates();
        es.add(named(list, "es_0.99"));
        var.add(named(list, "var_0.99"));
    }

    // Relative bias of a standard error from 100 exponential tail losses: -(kurtosis - 1) / (8 n)
    // = -1 % for 9, that of the estimate's own second order as much again; the spacing estimate of
    // VaR's density looks 20 of the 100 ranks to each side and is 5 % wide (curvature of the
    // quantile function over that window, (20/100)^2 / 1 = 4 %, and rank rounding).
    EXPECT_NEAR(es.error_ratio(), 1, spread_bound(runs) + 0.02);
    EXPECT_NEAR(var.error_ratio(), 1, spread_bound(runs) + 0.05);
    // Skewness 21 and kurtosis 600 of (x - VaR)+ over 10,000 paths take 1.0 % off the coverage of
    // a t interval (second Edgeworth term, Hall, The Bootstrap and Edgeworth Expansion, 1992,
    // section 2.6).
    EXPECT_NEAR(es.coverage(), 0.94, share_bound(0.94, runs));
    // Exponential order statistics have means that are differences of harmonic numbers H, so the
    // mean of the largest 100 of 10,000 is H(10000) - H(100) + 1; H(10000) - H(100) = 4.60022..
    double expected = 1;
    for (int i = 101; i <= 10'000; ++i)
        expected += 1.0 / i;
    EXPECT_LT(es.distance(expected), 4);
}

TEST(EstimatorCoverage, MeanAndSdErrorsAreTheSpreadOfRepeatedRuns)
{
    constexpr int runs = 2'000;
    constexpr std::uint64_t paths = 4'000;
    RepeatedRuns mean(1), sd(1);
    std::mt19937_64 engine(3);

    for (int run = 0; run < runs; ++run) {
        auto losses = exponential_losses(engine, paths);
        Moments const moments = chunk_moments(losses.data(), nullptr, paths, paths);
        mean.add(estimate_mean(moments, 0.95));
        sd.add(estimate_sd(moments, 0.95));
    }

    // sd: relative bias of its error from the eighth moment, (mu8 / mu4^2 - 1) / (8 n) with
    // mu8 = 14,833 and mu4 = 9, is 0.6 % in size for 4,000 paths; normal theory would say 0.5.
    EXPECT_NEAR(mean.error_ratio(), 1, spread_bound(runs));
    EXPECT_NEAR(sd.error_ratio(), 1, spread_bound(runs) + 0.03);
    EXPECT_NEAR(mean.coverage(), 0.95, share_bound(0.95, runs));
    EXPECT_NEAR(sd.coverage(), 0.95, share_bound(0.95, runs) + 0.015);
}

TEST(EstimatorCoverage, ShortfallOfALognormalLossIsItsClosedForm)
{
    constexpr std::uint64_t paths = 1'000'000;
    OutcomeSpec spec = loss_spec(paths);
    spec.levels = levels({"0.95", "0.99", "0.999"});
    OutcomeStatistics statistics(spec);
    std::mt19937_64 engine(4);
    auto losses = test::lognormal_losses(engine, paths);
    for (double& loss : losses)
        loss -= 1;

    feed(statistics, losses);

    auto const list = statistics.estimates();
    struct Level {
        char const* text;
        double a, z;  ///< level and its normal quantile
    };
    for (Level const& l :
         {Level{"0.95", 0.95, 1.6448536269514722}, Level{"0.99", 0.99, 2.3263478740408408},
          Level{"0.999", 0.999, 3.0902323061678132}}) {
        Estimate const var = named(list, std::string("var_") + l.text);
        Estimate const es = named(list, std::string("es_") + l.text);
        EXPECT_NEAR(var.value, std::exp(l.z) - 1, 4 * var.se) << l.text;
        EXPECT_NEAR(es.value, test::lognormal_shortfall(l.z, l.a), 4 * es.se) << l.text;
        EXPECT_LT(es.se, 0.02 * es.value) << l.text;
        EXPECT_EQ(es.flag, "") << l.text;
    }
}

TEST(EstimatorCoverage, ProbabilityIntervalsCoverAtLeastAsStated)
{
    constexpr int runs = 4'000;
    constexpr std::uint64_t paths = 2'000;
    std::mt19937_64 engine(5);
    for (double const p : {0.001, 0.005, 0.2}) {
        RepeatedRuns prob(p);
        std::binomial_distribution<std::uint64_t> events(paths, p);
        for (int run = 0; run < runs; ++run)
            prob.add(estimate_probability(events(engine), paths, 0.95));

        EXPECT_GE(prob.coverage(), 0.95 - share_bound(0.95, runs)) << p;
    }
}

}  // namespace
}  // namespace brink
