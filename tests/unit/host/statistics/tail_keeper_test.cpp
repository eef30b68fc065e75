// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/tail_keeper.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <system_error>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace brink {
namespace {

std::vector<double> random_values(std::size_t count, std::uint64_t seed, std::uint64_t distinct)
{
    std::mt19937_64 engine(seed);
    std::vector<double> values(count);
    for (double& value : values)
        value = static_cast<double>(engine() % distinct) - static_cast<double>(distinct / 2);
    return values;
}

std::vector<double> top_by_sorting(std::vector<double> values, std::size_t count)
{
    std::sort(values.begin(), values.end(), std::greater<>{});
    values.resize(std::min(count, values.size()));
    return values;
}

template<class Entry>
std::vector<Entry> kept(TailKeeper<Entry>& keeper)
{
    auto const sorted = keeper.sorted();
    return {sorted.begin(), sorted.end()};
}

TEST(TailKeeper, KeepsTheLargestOfFewAndOfMany)
{
    for (std::size_t capacity : {1U, 2U, 100U, 5'000U})
        for (std::size_t count : {0U, 1U, 2U, 99U, 5'001U, 100'000U})
            for (std::uint64_t distinct :
                 {std::uint64_t{1}, std::uint64_t{50}, ~std::uint64_t{0}}) {
                auto const values = random_values(count, count + capacity, distinct);
                TailKeeper<double> keeper(capacity);
                keeper.add(values);
                EXPECT_EQ(kept(keeper), top_by_sorting(values, capacity))
                    << capacity << " of " << count << ", " << distinct << " distinct";
            }
}

TEST(TailKeeper, AnySplitAndOrderGivesOnePass)
{
    constexpr std::size_t capacity = 3'000;
    auto const values = random_values(60'000, 11, ~std::uint64_t{0});
    auto const expected = top_by_sorting(values, capacity);
    std::mt19937_64 engine(12);

    for (int trial = 0; trial < 10; ++trial) {
        std::vector<TailKeeper<double>> parts;
        for (int i = 0; i < 4; ++i)
            parts.emplace_back(capacity);
        std::vector<std::vector<double>> split(4);
        for (double const value : values)
            split[engine() % 4].push_back(value);
        for (std::size_t i = 0; i < 4; ++i)
            parts[i].add(split[i]);
        for (std::size_t i : {1U, 0U, 2U})
            parts[3].merge(parts[i]);
        EXPECT_EQ(kept(parts[3]), expected);
    }
}

TEST(TailKeeper, EqualValuesAreKeptByPathId)
{
    std::vector<PathValue> entries;
    for (std::uint64_t id = 0; id < 1'000; ++id)
        entries.push_back({id % 2 == 0 ? 5.0 : 4.0, id});
    std::shuffle(entries.begin(), entries.end(), std::mt19937_64(1));
    TailKeeper<PathValue> keeper(502);

    for (PathValue const& entry : entries)
        keeper.add({&entry, 1});

    auto const top = kept(keeper);
    ASSERT_EQ(top.size(), 502U);
    for (std::size_t i = 0; i < 500; ++i) {
        EXPECT_EQ(top[i].value, 5);
        EXPECT_EQ(top[i].path_id, 2 * i);
    }
    EXPECT_EQ(top[500].path_id, 1U);
    EXPECT_EQ(top[501].path_id, 3U);
}

TEST(TailKeeper, TheCutOnlyRisesAndDropsNothingThatCounts)
{
    auto const values = random_values(50'000, 21, ~std::uint64_t{0});
    TailKeeper<double> keeper(1'000);
    TailKeeper<double> filtered(1'000);
    double cut = filtered.cut();

    for (double const value : values) {
        keeper.add({&value, 1});
        if (value >= cut)
            filtered.add({&value, 1});
        EXPECT_LE(cut, filtered.cut());
        cut = filtered.cut();
    }

    EXPECT_GT(cut, -1e300);
    EXPECT_EQ(kept(filtered), kept(keeper));
}

TEST(TailKeeper, MemoryStaysWithinThePlan)
{
    TailKeeper<double> keeper(10'000);

    keeper.add(random_values(200'000, 31, ~std::uint64_t{0}));

    EXPECT_LE(keeper.bytes(), TailKeeper<double>::planned_bytes(10'000));
    EXPECT_EQ(TailKeeper<double>::planned_bytes(10'000), 14'096U * sizeof(double));
}

TEST(TailKeeper, ASpilledTailIsTheSameAndLeavesNoFile)
{
    test::TemporaryFolder const folder;
    auto const values = random_values(100'000, 41, ~std::uint64_t{0});
    TailKeeper<double> in_memory(7'000);
    TailKeeper<double> in_file(7'000, folder.path().string());

    in_memory.add(values);
    in_file.add(values);

    EXPECT_TRUE(in_file.spilled());
    EXPECT_FALSE(in_memory.spilled());
    EXPECT_EQ(kept(in_file), kept(in_memory));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(TailKeeper, AMissingSpillDirectoryIsNamedInTheError)
{
    try {
        TailKeeper<double> const keeper(10, "/no/such/directory");
        FAIL() << "no error";
    } catch (std::system_error const& error) {
        EXPECT_NE(std::string(error.what()).find("/no/such/directory"), std::string::npos);
        EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
    }
}

}  // namespace
}  // namespace brink
