// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/batch_plan.hpp"

#include <gtest/gtest.h>

namespace brink {
namespace {

/// 27 columns of a path of 8 assets and 240 steps, on a device with 1e5 threads and 100 GB.
BatchDemand usual()
{
    return {.path_bytes = 27 * 8,
            .asset_steps = 8 * 240,
            .num_threads = 100'000,
            .whole_paths = 0,
            .staging_bytes = std::size_t{256} << 20,
            .device_bytes = 100'000'000'000};
}

TEST(PlanBatch, IsAFewWavesOfThreadsWhereThereIsRoom)
{
    EXPECT_EQ(plan_batch(usual()), 400'000);
}

TEST(PlanBatch, KeepsALaunchShort)
{
    BatchDemand demand = usual();
    demand.asset_steps = 32.0 * 100'000;

    // 2e10 asset-steps a launch, in whole packs of 64 paths: 6,250 = 97.66 x 64.
    EXPECT_EQ(plan_batch(demand), 97 * 64);
}

TEST(PlanBatch, StaysWithinStagingAndAnEighthOfTheDevice)
{
    BatchDemand demand = usual();
    demand.path_bytes = 8'000;
    EXPECT_EQ(plan_batch(demand), (std::int64_t{256} << 20) / 8'000 / 64 * 64);

    demand.device_bytes = 80'000'000;
    EXPECT_EQ(plan_batch(demand), 10'000'000 / 8'000 / 64 * 64);
}

TEST(PlanBatch, HoldsAWholeChunkEvenWhereThatTakesMore)
{
    BatchDemand demand = usual();
    demand.path_bytes = 2'000;
    demand.device_bytes = 300'000'000;
    demand.whole_paths = 65'536;

    EXPECT_EQ(plan_batch(demand), 65'536);
}

TEST(PlanBatch, IsRefusedWithTheNumberWhereEvenThatDoesNotFit)
{
    BatchDemand demand = usual();
    demand.whole_paths = 65'536;
    demand.device_bytes = 2 * 65'536 * 27 * 8 - 1;
    try {
        static_cast<void>(plan_batch(demand));
        FAIL() << "planned";
    } catch (DeviceUnavailable const& error) {
        EXPECT_NE(std::string{error.what()}.find("28311552"), std::string::npos) << error.what();
    }
    ++demand.device_bytes;
    EXPECT_EQ(plan_batch(demand), 65'536);
}

ChunkJob job(std::uint64_t first, std::int64_t paths)
{
    return {first, paths, {}};
}

TEST(CutIntoBatches, TakesChunksInTurnUntilABatchIsFull)
{
    std::vector<ChunkJob> const jobs{job(0, 100), job(100, 100), job(200, 40)};

    std::vector<PieceBatch> const batches = cut_into_batches(jobs, 250);

    ASSERT_EQ(batches.size(), 2U);
    EXPECT_EQ(batches[0].row_paths, 100);
    EXPECT_EQ(batches[0].positions(), 200);
    ASSERT_EQ(batches[1].pieces.size(), 1U);
    EXPECT_EQ(batches[1].pieces[0].job, &jobs[2]);
    EXPECT_EQ(batches[1].pieces[0].count, 40);
}

TEST(CutIntoBatches, SplitsAChunkThatIsLongerThanABatch)
{
    std::vector<ChunkJob> const jobs{job(0, 300)};

    std::vector<PieceBatch> const batches = cut_into_batches(jobs, 128);

    ASSERT_EQ(batches.size(), 3U);
    EXPECT_EQ(batches[1].pieces[0].first, 128);
    EXPECT_EQ(batches[2].pieces[0].first, 256);
    EXPECT_EQ(batches[2].pieces[0].count, 44);
}

TEST(CutIntoBatches, KeepsRowsAsLongAsAskedFor)
{
    std::vector<ChunkJob> const jobs{job(0, 10), job(10, 10)};

    std::vector<PieceBatch> const batches = cut_into_batches(jobs, 100, 100);

    ASSERT_EQ(batches.size(), 2U);
    EXPECT_EQ(batches[0].row_paths, 100);
}

}  // namespace
}  // namespace brink
