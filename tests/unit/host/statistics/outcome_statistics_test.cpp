// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/outcome_statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include "tests/support/temporary_folder.hpp"
#include "tests/unit/host/statistics/statistics_fixture.hpp"

namespace brink {
namespace {

using test::feed;
using test::level;
using test::levels;
using test::loss_spec;
using test::named;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

std::vector<double> random_losses(std::size_t count, std::uint64_t seed)
{
    std::mt19937_64 engine(seed);
    std::normal_distribution<double> normal;
    std::vector<double> losses(count);
    for (double& loss : losses)
        loss = engine() % 3 == 0 ? 0.0 : 1000 * (std::exp(normal(engine)) - 1);
    return losses;
}

void expect_same_bits(std::vector<Estimate> const& a, std::vector<Estimate> const& b)
{
    auto const bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].name, b[i].name);
        EXPECT_EQ(bits(a[i].value), bits(b[i].value)) << a[i].name;
        EXPECT_EQ(bits(a[i].se), bits(b[i].se)) << a[i].name;
        EXPECT_EQ(bits(a[i].lo), bits(b[i].lo)) << a[i].name;
        EXPECT_EQ(bits(a[i].hi), bits(b[i].hi)) << a[i].name;
        EXPECT_EQ(a[i].n_tail, b[i].n_tail) << a[i].name;
        EXPECT_EQ(a[i].flag, b[i].flag) << a[i].name;
    }
}

TEST(OutcomeStatistics, HandSizedLoss)
{
    OutcomeStatistics statistics(loss_spec(10));

    feed(statistics, {0, 0, 1, 2, 3, -1, 0, 4, 0, 6}, 64);

    auto const list = statistics.estimates();
    EXPECT_DOUBLE_EQ(named(list, "mean").value, 1.5);
    EXPECT_DOUBLE_EQ(named(list, "sd").value, std::sqrt((67 - 22.5) / 9));
    EXPECT_EQ(named(list, "q_0.5").value, 0);
    EXPECT_EQ(named(list, "q_0.05").value, -1);
    EXPECT_EQ(named(list, "var_0.95").value, 6);
    EXPECT_DOUBLE_EQ(named(list, "es_0.95").value, 6);
    EXPECT_EQ(statistics.counts().zeros, 4U);
    EXPECT_EQ(statistics.counts().observed(), 10U);
}

TEST(OutcomeStatistics, QuantilesOfAMillionPathsAreThoseOfASort)
{
    constexpr std::size_t count = 1'000'000;
    auto losses = random_losses(count, 1);
    OutcomeSpec spec = loss_spec(count);
    spec.levels = levels({"0.95", "0.97", "0.99", "0.995", "0.999", "0.9999", "0.99999"});
    spec.quantiles = levels({"0.001", "0.2", "0.5", "0.9"});
    OutcomeStatistics statistics(spec);

    feed(statistics, losses);

    auto const list = statistics.estimates();
    std::sort(losses.begin(), losses.end());
    for (DecimalLevel const& a : spec.levels) {
        std::size_t const rank = a.rank(count);
        EXPECT_EQ(named(list, "var_" + a.text()).value, losses[rank - 1]) << a.text();
        long double sum = 0;
        for (std::size_t i = rank; i < count; ++i)
            sum += losses[i];
        auto const mass = static_cast<long double>(a.tail_mass(count));
        sum += (mass - static_cast<long double>(count - rank)) * losses[rank - 1];
        double const es = static_cast<double>(sum / mass);
        // A tree over at most 50,000 terms of one sign: 17 roundings, and a few of the formula.
        EXPECT_NEAR(named(list, "es_" + a.text()).value, es, 40 * 0x1p-53 * es) << a.text();
    }
    for (DecimalLevel const& p : spec.quantiles) {
        Estimate const q = named(list, "q_" + p.text());
        double const exact = losses[p.rank(count) - 1];
        EXPECT_LE(q.lo, exact) << p.text();
        EXPECT_GE(q.hi, exact) << p.text();
        EXPECT_NEAR(q.value, exact, std::abs(exact) * 0x1p-11) << p.text();
    }
}

TEST(OutcomeStatistics, ThreadsAndCutsChangeNoBit)
{
    constexpr std::size_t count = 300'000;
    constexpr std::size_t chunk_paths = 1'024;
    auto const losses = random_losses(count, 2);
    OutcomeStatistics one(loss_spec(count));
    feed(one, losses, chunk_paths);

    // Four threads take chunks in their own order, with cuts of whatever moment; merged in order.
    OutcomeStatistics many(loss_spec(count));
    std::size_t const num_chunks = (count + chunk_paths - 1) / chunk_paths;
    std::vector<ChunkSummary> round(num_chunks);
    for (std::size_t begin = 0; begin < num_chunks; begin += 40) {
        std::size_t const end = std::min(begin + 40, num_chunks);
        std::vector<std::thread> threads;
        for (std::size_t t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                ChunkSummariser summarise;
                for (std::size_t chunk = end; chunk-- > begin;) {
                    if (chunk % 4 != t)
                        continue;
                    ChunkColumn column;
                    column.chunk_idx = chunk;
                    column.first_path = chunk * chunk_paths;
                    column.num_paths = static_cast<std::uint32_t>(
                        std::min(chunk_paths, count - column.first_path));
                    column.values = losses.data() + column.first_path;
                    round[chunk] = summarise(OutcomeKind::money, 5, column, many.cut());
                }
            });
        for (std::thread& thread : threads)
            thread.join();
        for (std::size_t chunk = begin; chunk < end; ++chunk)
            many.merge(round[chunk]);
    }

    expect_same_bits(many.estimates(), one.estimates());
}

TEST(OutcomeStatistics, ASpilledTailChangesNoBit)
{
    test::TemporaryFolder const folder;
    auto const losses = random_losses(200'000, 3);
    OutcomeSpec spec = loss_spec(losses.size());
    OutcomeStatistics in_memory(spec);
    spec.spill_directory = folder.path().string();
    OutcomeStatistics in_file(spec);

    feed(in_memory, losses);
    feed(in_file, losses);

    expect_same_bits(in_file.estimates(), in_memory.estimates());
}

TEST(OutcomeStatistics, EstimatesMidwayLeaveTheEndUnchanged)
{
    auto const losses = random_losses(200'000, 4);
    OutcomeStatistics asked(loss_spec(losses.size()));
    OutcomeStatistics quiet(loss_spec(losses.size()));
    ChunkSummariser summarise;

    for (std::uint32_t chunk = 0; chunk < 200; ++chunk) {
        ChunkColumn const column{chunk, chunk * 1'000U, 1'000, losses.data() + chunk * 1'000U,
                                 nullptr};
        asked.merge(summarise(OutcomeKind::money, 5, column, asked.cut()));
        quiet.merge(summarise(OutcomeKind::money, 5, column));
        if (chunk % 50 == 7)
            static_cast<void>(asked.estimates());
    }

    expect_same_bits(asked.estimates(), quiet.estimates());
}

TEST(OutcomeStatistics, InvalidPathsAreCountedApartAndNeverSafe)
{
    OutcomeStatistics statistics(loss_spec(6));

    feed(statistics, {1, nan, 3, inf, -inf, 1e6}, 64, {0, 0, 0, 0, 0, 1});

    EXPECT_EQ(statistics.counts().invalid, 4U);
    EXPECT_EQ(statistics.counts().observed(), 2U);
    EXPECT_EQ(named(statistics.estimates(), "mean").value, 2);
    EXPECT_EQ(statistics.counts().largest, 3);
}

TEST(OutcomeStatistics, TimesAreConditionalOnTheEvent)
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

TEST(OutcomeStatistics, TimesThatNeverHappenHaveNoNumbers)
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

TEST(OutcomeStatistics, LowestHealthIsExactAtItsSmallEndAndInfinityIsHealthy)
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

TEST(OutcomeStatistics, FlagsGiveAProbabilityOfValidPaths)
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

TEST(OutcomeStatistics, KindsGiveTheirStatistics)
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

TEST(OutcomeStatistics, WorstPathsAreDescendingWithTiesByPathId)
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

TEST(OutcomeStatistics, WorstPathsOfManyChunksAreThoseOfASort)
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

TEST(OutcomeStatistics, EqualLossesHaveExactlyThatMeanAndNoSpread)
{
    OutcomeStatistics statistics(loss_spec(3'000));

    feed(statistics, std::vector<double>(3'000, 0.1), 64);

    auto const list = statistics.estimates();
    EXPECT_EQ(named(list, "mean").value, 0.1);
    EXPECT_EQ(named(list, "sd").value, 0);
    EXPECT_TRUE(has_flag(named(list, "mean"), EstimateFlag::no_variation));
    EXPECT_EQ(named(list, "q_0.5").value, 0.1);
}

TEST(OutcomeStatistics, AHeavyTailIsFlaggedOnWhatItSpoils)
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

TEST(OutcomeStatistics, ChunksOutOfOrderOrBeyondTheCapAreRefused)
{
    std::vector<double> const losses(64, 1.0);
    OutcomeStatistics statistics(loss_spec(100));
    ChunkSummariser summarise;

    statistics.merge(summarise(OutcomeKind::money, 0, {1, 64, 64, losses.data(), nullptr}));

    EXPECT_THROW(
        statistics.merge(summarise(OutcomeKind::money, 0, {1, 64, 10, losses.data(), nullptr})),
        std::logic_error);
    EXPECT_THROW(
        statistics.merge(summarise(OutcomeKind::money, 0, {2, 128, 64, losses.data(), nullptr})),
        std::logic_error);
}

TEST(OutcomeSpec, TheTailReachesTheLowestShortfallAndItsVarInterval)
{
    OutcomeSpec spec = loss_spec(10'000'000);
    std::size_t const from_default = spec.tail_capacity();
    spec.levels = levels({"0.9"});
    std::size_t const from_level = spec.tail_capacity();

    EXPECT_GE(from_default, 500'001U);
    EXPECT_LE(from_default, 502'000U);  // 1.96 sqrt(1e7 * 0.05 * 0.95) = 1,351 more
    EXPECT_GE(from_level, 1'000'001U);
    spec.path_cap = 1'000;
    EXPECT_EQ(spec.tail_capacity(), 1'000U);
}

TEST(OutcomeSpec, MemoryInUseStaysWithinThePlan)
{
    OutcomeSpec const spec = loss_spec(300'000);
    OutcomeStatistics statistics(spec);

    feed(statistics, random_losses(300'000, 12));

    EXPECT_LE(statistics.bytes(), spec.planned_bytes());
    EXPECT_GT(spec.planned_tail_bytes(), 300'000U * sizeof(double) / 20);
}

}  // namespace
}  // namespace brink
