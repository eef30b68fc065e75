// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/peg_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/statistical/host/calibrate/simulated_returns.hpp"

namespace brink::test {
namespace {

constexpr double hour = 3'600, hours_a_year = 365 * 24;

PriceSeries series_of(std::vector<double> prices, std::vector<UnixSeconds> times)
{
    PriceSeries series;
    series.prices = std::move(prices);
    series.times = std::move(times);
    series.interval = hour;
    return series;
}

TEST(PegSample, TakesRatiosAtCommonTimesInRuns)
{
    auto const price = series_of({2, 4, 6, 8, 10}, {0, 3'600, 7'200, 14'400, 18'000});
    auto const reference = series_of({1, 2, 2, 5}, {3'600, 7'200, 14'400, 18'000});

    PegSample const alone = peg_sample(price, nullptr);
    PegSample const sample = peg_sample(price, &reference);

    ASSERT_EQ(alone.runs.size(), 2u);
    EXPECT_EQ(alone.runs[0].size(), 3u);
    ASSERT_EQ(sample.runs.size(), 2u);
    EXPECT_EQ(sample.runs[0], (std::vector<double>{std::log(4.0), std::log(3.0)}));
    EXPECT_EQ(sample.runs[1], (std::vector<double>{std::log(4.0), std::log(2.0)}));
    EXPECT_EQ(sample.starts, (std::vector<double>{0, 3}));
    EXPECT_EQ(sample.size(), 4u);
}

/// A deviation of half-life 5 hours and volatility 2 % a year, hourly.
std::vector<double> deviations(std::uint64_t seed, std::size_t n)
{
    ReturnSimulator simulator{seed};
    double const kappa = std::numbers::ln2 / (5 / hours_a_year), keep = std::exp2(-0.2);
    double const deviation = 0.02 * std::sqrt((1 - keep * keep) / (2 * kappa));
    std::vector<double> list;
    double d = 0;
    for (std::size_t i = 0; i < n; ++i) {
        list.push_back(d);
        d = keep * d + deviation * simulator.normal();
    }
    return list;
}

TEST(PegFit, RecoversADeviationAndCoversItsErrors)
{
    Repetitions half_life{5 * hour, {}, {}}, volatility{0.02, {}, {}};
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        PegFit const fit = fit_peg({{deviations(seed, 1'500)}, hour});
        EXPECT_EQ(fit.num_depegs, 0u);
        half_life.add(fit.half_life.value, fit.half_life.se);
        volatility.add(fit.volatility.value, fit.volatility.se);
    }

    EXPECT_GE(half_life.coverage(), 0.88);
    EXPECT_GE(volatility.coverage(), 0.88);
    EXPECT_LE(std::abs(half_life.bias()), 5 * half_life.bias_error() + 0.03 * 5 * hour);
    EXPECT_LE(std::abs(volatility.bias()), 5 * volatility.bias_error() + 0.01 * 0.02);
}

/// A ratio that grows by 3.5 % a year: by far more than a deviation over the sample.
TEST(PegFit, RecoversGrowthAndCoversItsError)
{
    Repetitions accrual{0.035, {}, {}}, half_life{5 * hour, {}, {}};
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto run = deviations(seed, 1'500);
        for (std::size_t i = 0; i < run.size(); ++i)
            run[i] += 0.15 + 0.035 * static_cast<double>(i) / hours_a_year;
        // A gap of a hundred hours keeps its place in time.
        std::vector<double> const first(run.begin(), run.begin() + 700);
        std::vector<double> const second(run.begin() + 800, run.end());
        PegFit const fit = fit_peg({{first, second}, hour, {0, 800}}, PegGrowth::fitted);
        EXPECT_EQ(fit.num_depegs, 0u);
        EXPECT_NEAR(fit.level, 0.15 + 0.035 * 1'499 / hours_a_year, 0.001);
        accrual.add(fit.accrual.value, fit.accrual.se);
        half_life.add(fit.half_life.value, fit.half_life.se);
    }
    EXPECT_GE(accrual.coverage(), 0.88);
    EXPECT_LE(std::abs(accrual.bias()), 5 * accrual.bias_error());
    EXPECT_LE(std::abs(half_life.bias()), 5 * half_life.bias_error() + 0.05 * 5 * hour);
}

TEST(PegFit, LeavesGrowthAloneUnlessAsked)
{
    EXPECT_EQ(fit_peg({{deviations(1, 500)}, hour}).accrual.value, 0);
}

/// Two falls, of 8 % and 4 %, that halve every ten hours: neither enters the deviation.
TEST(PegFit, TellsDepegsFromTheDeviation)
{
    auto quiet = deviations(4, 4'000);
    auto run = quiet;
    for (auto const& [at, size] : {std::pair{1'000u, 0.08}, std::pair{3'000u, 0.04}})
        for (std::size_t i = at; i < at + 120; ++i)
            run[i] -= size * std::exp2(-static_cast<double>(i - at) / 10);
    PegFit const without = fit_peg({{quiet}, hour}), fit = fit_peg({{run}, hour});

    EXPECT_EQ(without.num_depegs, 0u);
    EXPECT_EQ(fit.num_depegs, 2u);
    EXPECT_NEAR(fit.depeg_size.value, 0.06, 0.002);
    EXPECT_NEAR(fit.depeg_rate.value, 2 / (4'000 / hours_a_year), 1e-9);
    EXPECT_NEAR(fit.depeg_half_life.value, 10 * hour, 1.5 * hour);
    EXPECT_NEAR(fit.volatility.value, without.volatility.value, 0.1 * without.volatility.value);
    EXPECT_LT(fit.half_life.value, 2.5 * without.half_life.value);
}

TEST(PegFit, CallsAMemorylessDeviationUndetermined)
{
    ReturnSimulator simulator{3};
    std::vector<double> noise;
    for (int i = 0; i < 2'000; ++i)
        noise.push_back((i % 2 == 0 ? 1 : -1) * 0.001 + 0.0001 * simulator.normal());

    EXPECT_TRUE(std::isnan(fit_peg({{noise}, hour}).half_life.se));
}

}  // namespace
}  // namespace brink::test
