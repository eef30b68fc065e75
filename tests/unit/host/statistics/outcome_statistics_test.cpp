// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/outcome_statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <thread>
#include <vector>

#include "tests/support/temporary_folder.hpp"
#include "tests/unit/host/statistics/statistics_fixture.hpp"

namespace brink {
namespace {

using test::feed;
using test::levels;
using test::loss_spec;
using test::named;

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
