// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "host/statistics/outcome_statistics.hpp"
#include "tests/unit/host/statistics/statistics_fixture.hpp"

namespace brink {
namespace {

using test::feed;
using test::inf;
using test::levels;
using test::loss_spec;
using test::named;
using test::nan;

TEST(OutcomeKinds, InvalidPathsAreCountedApartAndNeverSafe)
{
    OutcomeStatistics statistics(loss_spec(6));

    feed(statistics, {1, nan, 3, inf, -inf, 1e6}, 64, {0, 0, 0, 0, 0, 1});

    EXPECT_EQ(statistics.counts().invalid, 4U);
    EXPECT_EQ(statistics.counts().observed(), 2U);
    EXPECT_EQ(named(statistics.estimates(), "mean").value, 2);
    EXPECT_EQ(statistics.counts().largest, 3);
}

TEST(OutcomeKinds, SayWhereLargeValuesLeaveNoError)
{
    OutcomeStatistics statistics(loss_spec(4));

    feed(statistics, {1e200, -1e200, 3e200, 0}, 64, {});

    std::vector<Estimate> const list = statistics.estimates();
    EXPECT_TRUE(has_flag(named(list, "mean"), EstimateFlag::overflow));
    EXPECT_TRUE(has_flag(named(list, "sd"), EstimateFlag::overflow));
}

TEST(OutcomeKinds, TimesAreConditionalOnTheEvent)
{
    OutcomeSpec spec;
    spec.name = "first_call_time";
    spec.kind = OutcomeKind::time;
    spec.quantiles = levels({"0.5"});
    spec.path_cap = 6;
    OutcomeStatistics statistics(spec);

    feed(statistics, {nan, 3600, 7200, nan, 36'000, nan}, 64, {0, 0, 0, 0, 0, 1});

    auto const list = statistics.estimates();
    EXPECT_EQ(statistics.counts().absent, 2U);
    EXPECT_EQ(statistics.counts().invalid, 1U);
    EXPECT_EQ(named(list, "mean").n_tail, 3U);
    EXPECT_DOUBLE_EQ(named(list, "mean").value, 15'600);
    EXPECT_EQ(named(list, "q_0.5").value, 7200);
}

TEST(OutcomeKinds, TimesThatNeverHappenHaveNoNumbers)
{
    OutcomeSpec spec;
    spec.name = "first_liquidation_time";
    spec.kind = OutcomeKind::time;
    spec.quantiles = levels({"0.5"});
    spec.path_cap = 100;
    OutcomeStatistics statistics(spec);

    feed(statistics, std::vector<double>(100, nan), 64);

    for (Estimate const& estimate : statistics.estimates()) {
        EXPECT_TRUE(std::isnan(estimate.value)) << estimate.name;
        EXPECT_EQ(estimate.n_tail, 0U) << estimate.name;
    }
}

TEST(OutcomeKinds, LowestHealthIsExactAtItsSmallEndAndInfinityIsHealthy)
{
    constexpr std::size_t count = 200'000;
    std::mt19937_64 engine(6);
    std::uniform_real_distribution<double> uniform(0.5, 4);
    std::vector<double> health(count);
    for (double& value : health)
        value = engine() % 10 == 0 ? inf : uniform(engine);
    health[17] = -inf;
    health[18] = nan;
    OutcomeSpec spec;
    spec.name = "min_health";
    spec.kind = OutcomeKind::lowest;
    spec.quantiles = levels({"0.001", "0.01", "0.5", "0.99"});
    spec.path_cap = count;
    OutcomeStatistics statistics(spec);

    feed(statistics, health);

    auto const list = statistics.estimates();
    std::erase_if(health, [](double value) { return std::isnan(value) || value == -inf; });
    std::sort(health.begin(), health.end());
    EXPECT_EQ(statistics.counts().invalid, 2U);
    EXPECT_EQ(named(list, "q_0.001").value, health[199]);
    EXPECT_EQ(named(list, "q_0.001").n_tail, 199U);
    EXPECT_EQ(named(list, "q_0.01").value, health[1'999]);
    EXPECT_NEAR(named(list, "q_0.5").value, health[99'998], 2e-3);
    EXPECT_EQ(named(list, "q_0.99").value, inf);
    EXPECT_TRUE(std::isfinite(named(list, "mean").value));
    EXPECT_TRUE(has_flag(named(list, "mean"), EstimateFlag::infinite_left_out));
}

TEST(OutcomeKinds, FlagsGiveAProbabilityOfValidPaths)
{
    OutcomeSpec spec;
    spec.name = "liquidated";
    spec.kind = OutcomeKind::flag;
    spec.path_cap = 8;
    OutcomeStatistics statistics(spec);

    feed(statistics, {0, 1, 0, 1, nan, 2, 1, 0}, 64, {0, 0, 0, 0, 0, 0, 1, 0});

    auto const list = statistics.estimates();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].name, "prob");
    EXPECT_DOUBLE_EQ(list[0].value, 2.0 / 5);
    EXPECT_EQ(list[0].n_tail, 2U);
    EXPECT_EQ(statistics.counts().invalid, 3U);
}

TEST(OutcomeKinds, KindsGiveTheirStatistics)
{
    auto const names = [](OutcomeKind kind) {
        OutcomeSpec spec = loss_spec(4);
        spec.kind = kind;
        spec.levels = levels({"0.99"});
        spec.quantiles = levels({"0.5"});
        OutcomeStatistics statistics(spec);
        feed(statistics, {1, 2, 3, 4}, 64);
        std::string all;
        for (Estimate const& estimate : statistics.estimates())
            all += estimate.name + " ";
        return all;
    };

    EXPECT_EQ(names(OutcomeKind::money), "mean sd q_0.5 var_0.99 es_0.99 ");
    EXPECT_EQ(names(OutcomeKind::count), "mean sd q_0.5 ");
    EXPECT_EQ(names(OutcomeKind::lowest), "mean q_0.5 ");
    EXPECT_EQ(names(OutcomeKind::time), "mean q_0.5 ");
    EXPECT_EQ(names(OutcomeKind::flag), "prob ");
}

TEST(OutcomeKinds, WorstPathsAreDescendingWithTiesByPathId)
{
    std::vector<double> losses(5'000, 0.0);
    losses[4'999] = 7;
    losses[100] = 7;
    losses[3'000] = 9;
    losses[1] = nan;
    OutcomeStatistics statistics(loss_spec(losses.size()));

    feed(statistics, losses, 64);

    auto const worst = statistics.worst_paths();
    ASSERT_EQ(worst.size(), 5U);
    EXPECT_EQ(worst[0].path_id, 3'000U);
    EXPECT_EQ(worst[1].path_id, 100U);
    EXPECT_EQ(worst[2].path_id, 4'999U);
    EXPECT_EQ(worst[3].path_id, 0U);  // ties at zero: the first path ids
    EXPECT_EQ(worst[4].path_id, 2U);
    EXPECT_EQ(worst[1].value, 7);
}

TEST(OutcomeKinds, WorstPathsOfManyChunksAreThoseOfASort)
{
    std::mt19937_64 engine(8);
    std::vector<double> losses(100'000);
    for (double& loss : losses)
        loss = static_cast<double>(engine() % 3'000);
    OutcomeStatistics statistics(loss_spec(losses.size()));

    feed(statistics, losses, 512);

    std::vector<std::size_t> order(losses.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return losses[a] > losses[b]; });
    auto const worst = statistics.worst_paths();
    for (std::size_t i = 0; i < worst.size(); ++i)
        EXPECT_EQ(worst[i].path_id, order[i]);
}

TEST(OutcomeKinds, EqualLossesHaveExactlyThatMeanAndNoSpread)
{
    OutcomeStatistics statistics(loss_spec(3'000));

    feed(statistics, std::vector<double>(3'000, 0.1), 64);

    auto const list = statistics.estimates();
    EXPECT_EQ(named(list, "mean").value, 0.1);
    EXPECT_EQ(named(list, "sd").value, 0);
    EXPECT_TRUE(has_flag(named(list, "mean"), EstimateFlag::no_variation));
    EXPECT_EQ(named(list, "q_0.5").value, 0.1);
}

TEST(OutcomeKinds, AHeavyTailIsFlaggedOnWhatItSpoils)
{
    std::mt19937_64 engine(10);
    std::uniform_real_distribution<double> uniform;
    std::vector<double> losses(200'000);
    for (double& loss : losses)
        loss = std::pow(1 - uniform(engine), -1 / 1.3);
    OutcomeStatistics heavy(loss_spec(losses.size()));
    OutcomeStatistics light(loss_spec(losses.size()));

    feed(heavy, losses);
    for (double& loss : losses)
        loss = uniform(engine);
    feed(light, losses);

    auto const list = heavy.estimates();
    for (char const* name : {"mean", "sd", "es_0.99"})
        EXPECT_TRUE(has_flag(named(list, name), EstimateFlag::heavy_tail)) << name;
    EXPECT_FALSE(has_flag(named(list, "var_0.99"), EstimateFlag::heavy_tail));
    EXPECT_FALSE(has_flag(named(light.estimates(), "es_0.99"), EstimateFlag::heavy_tail));
}

}  // namespace
}  // namespace brink
