// SPDX-License-Identifier: Apache-2.0
#include "host/plan/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "host/plan/byte_text.hpp"
#include "host/plan/chunk_size.hpp"
#include "host/plan/outcome_specs.hpp"
#include "host/plan/plan_text.hpp"
#include "tests/support/file_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace brink {
namespace {

constexpr std::size_t gibibyte = std::size_t{1} << 30;

/// Sizes of the quickstart scenario.
RunShape one_account(std::uint64_t paths)
{
    RunShape shape;
    shape.paths = paths;
    shape.steps = 240;
    shape.assets = 5;
    shape.accounts = 1;
    shape.scopes = 2;
    shape.fan_paths = std::min<std::uint64_t>(paths, 65'536);
    shape.account_fan_paths = std::min<std::uint64_t>(paths, 8'192);
    shape.fan_times = 241;
    shape.step_seconds = 3600;
    return shape;
}

Scenario scenario_of(std::uint64_t paths)
{
    Scenario scenario;
    scenario.run.paths = paths;
    return scenario;
}

TEST(ChunkSize, IsTheLargestPowerOfTwoWithinTheWork)
{
    // 5e8 / 65,536 = 7,629.39: one more than 7,629 no longer fits.
    EXPECT_EQ(chunk_size(1, 1, 7'629), 65'536);
    EXPECT_EQ(chunk_size(1, 1, 7'630), 32'768);
    EXPECT_EQ(chunk_size(7, 1'000, 1), 65'536);
    // 64 x 7,812,500 = 5e8 exactly.
    EXPECT_EQ(chunk_size(7'812'500, 1, 1), 64);
    EXPECT_EQ(chunk_size(3'906'250, 1, 1), 128);
}

TEST(ChunkSize, StaysAt64HoweverLargeTheWork)
{
    std::uint64_t const huge = std::numeric_limits<std::uint64_t>::max();

    EXPECT_EQ(chunk_size(huge, huge, huge), 64);
    EXPECT_EQ(chunk_size(0, 0, 0), 65'536);
}

TEST(Plan, CutsThePathsIntoChunksWithARest)
{
    Plan const plan = make_plan(scenario_of(200'000), one_account(200'000), {});

    EXPECT_EQ(plan.chunk_paths, 65'536);
    EXPECT_EQ(plan.num_chunks, 4);
    EXPECT_EQ(plan.paths_in_chunk(2), 65'536);
    EXPECT_EQ(plan.paths_in_chunk(3), 200'000 - 3 * 65'536);
}

TEST(Plan, KeepsAHundredMillionPathsBelowTwoGibibytes)
{
    PlanRequest request;
    request.threads = 2;
    request.limits = {64 * gibibyte, 64 * gibibyte};

    Plan const plan = make_plan(scenario_of(100'000'000), one_account(100'000'000), request);

    EXPECT_TRUE(plan.spills);
    EXPECT_GT(plan.memory.total(), memory_before_spilling);
    EXPECT_LT(plan.memory.fixed(), 2 * gibibyte);
}

TEST(Plan, SaysHowManyScenariosComeAfterTheBase)
{
    Scenario scenario = scenario_of(1'000);
    scenario.stresses.resize(3);
    Plan const plan = make_plan(scenario, one_account(1'000), {});

    EXPECT_EQ(plan.scenarios, 3);
    EXPECT_NE(plan_text(plan, {}).find("3 after the base"), std::string::npos);
    EXPECT_EQ(
        plan_text(make_plan(scenario_of(1'000), one_account(1'000), {}), {}).find("scenarios"),
        std::string::npos);
}

TEST(Plan, KeepsTailsInMemoryWhereTheyFit)
{
    EXPECT_FALSE(make_plan(scenario_of(1'000'000), one_account(1'000'000), {}).spills);
}

TEST(Plan, SpillsWhereMemoryIsShort)
{
    PlanRequest request;
    RunShape const shape = one_account(1'000'000);
    Plan const roomy = make_plan(scenario_of(1'000'000), shape, request);
    // Nine tenths of what is available may be used: enough for all but half of the tails.
    request.limits.available = (roomy.memory.fixed() + roomy.memory.tails / 2) / 9 * 10;

    EXPECT_TRUE(make_plan(scenario_of(1'000'000), shape, request).spills);
}

TEST(Plan, GivesRunsSideBySideHalfOfTheMemoryBeforeTheySpill)
{
    EXPECT_EQ(memory_of_runs(64 * gibibyte, 1), memory_before_spilling);
    EXPECT_EQ(memory_of_runs(64 * gibibyte, 2), 32 * gibibyte);
    EXPECT_EQ(memory_of_runs(2 * gibibyte, 16), memory_before_spilling);
    EXPECT_EQ(memory_of_runs(gibibyte, 16), gibibyte);

    PlanRequest request;
    request.side_by_side = 16;
    request.limits = {64 * gibibyte, 64 * gibibyte};
    EXPECT_FALSE(make_plan(scenario_of(1'000'000), one_account(1'000'000), request).spills);
    request.limits.available = 8 * gibibyte;
    EXPECT_TRUE(make_plan(scenario_of(1'000'000), one_account(1'000'000), request).spills);
}

TEST(Plan, CountsTheProcessOnceForRunsSideBySide)
{
    RunShape const shape = one_account(100'000);
    Plan const alone = make_plan(scenario_of(100'000), shape, {});
    PlanRequest request;
    request.side_by_side = 8;
    std::size_t const runs = 8 * (alone.memory.fixed() - alone.memory.program);
    request.limits.available = (runs + alone.memory.program) / 9 * 10 + 100;

    EXPECT_NO_THROW(static_cast<void>(make_plan(scenario_of(100'000), shape, request)));
    request.limits.available -= alone.memory.program / 2;
    EXPECT_THROW(static_cast<void>(make_plan(scenario_of(100'000), shape, request)),
                 MemoryUnavailable);
}

TEST(Plan, RefusesTooLittleMemoryWithWhatIsNeeded)
{
    PlanRequest request;
    request.limits.available = 100 << 20;

    try {
        static_cast<void>(make_plan(scenario_of(1'000'000), one_account(1'000'000), request));
        FAIL() << "a plan for 90 MiB was made";
    } catch (MemoryUnavailable const& error) {
        EXPECT_NE(std::string{error.what()}.find("the run needs 3"), std::string::npos)
            << error.what();
        EXPECT_NE(std::string{error.what()}.find("90.0 MiB can be had"), std::string::npos)
            << error.what();
    }
}

TEST(Plan, RefusesTooLittleDiskForTails)
{
    PlanRequest request;
    request.limits = {64 * gibibyte, gibibyte};

    EXPECT_THROW(
        static_cast<void>(make_plan(scenario_of(100'000'000), one_account(100'000'000), request)),
        MemoryUnavailable);
}

TEST(Plan, RefusesAllRowsOfTooManyPaths)
{
    Scenario scenario = scenario_of(1'000'000'000);
    scenario.output.outcomes = OutcomeColumns::all;
    PlanRequest request;
    request.limits = {64 * gibibyte, 1024 * gibibyte};

    EXPECT_THROW(static_cast<void>(make_plan(scenario, one_account(1'000'000'000), request)),
                 MemoryUnavailable);
}

TEST(Plan, FollowsTheBatchThatWasAskedFor)
{
    PlanRequest request;
    request.batch_chunks = 3;
    EXPECT_EQ(make_plan(scenario_of(1'000'000), one_account(1'000'000), request).batch_chunks, 3);

    request.batch_chunks = 1'000;
    EXPECT_EQ(make_plan(scenario_of(1'000'000), one_account(1'000'000), request).batch_chunks, 16);
}

TEST(Plan, KeepsTheRowsOfTheTail)
{
    EXPECT_EQ(num_kept_rows(scenario_of(1), 1'000), 50);
    EXPECT_EQ(num_kept_rows(scenario_of(1), 1'001), 51);
    EXPECT_EQ(num_kept_rows(scenario_of(1), 1'000'000'000), most_tail_rows);
}

TEST(MemoryLimits, ReadsWhatAControlGroupLeaves)
{
    test::TemporaryFolder const folder;
    EXPECT_EQ(control_group_room(folder.path()), no_limit);

    test::write_bytes(folder / "memory.max", "max\n");
    test::write_bytes(folder / "memory.current", "700\n");
    EXPECT_EQ(control_group_room(folder.path()), no_limit);

    test::write_bytes(folder / "memory.max", "1000\n");
    EXPECT_EQ(control_group_room(folder.path()), 300);

    test::write_bytes(folder / "memory.stat", "anon 500\ninactive_file 150\n");
    EXPECT_EQ(control_group_room(folder.path()), 450);

    test::write_bytes(folder / "memory.current", "2000\n");
    EXPECT_EQ(control_group_room(folder.path()), 0);
}

TEST(MemoryLimits, KnowsThisMachine)
{
    EXPECT_GT(available_memory(), std::size_t{1} << 20);
    EXPECT_LT(free_room("/"), no_limit);
    EXPECT_EQ(free_room("/no/such/folder"), free_room("/"));
}

TEST(ByteText, PicksTheUnit)
{
    EXPECT_EQ(byte_text(17), "17 B");
    EXPECT_EQ(byte_text(1024), "1.00 KiB");
    EXPECT_EQ(byte_text(std::size_t{3} << 29), "1.50 GiB");
    EXPECT_EQ(byte_text(no_limit), "16.0 EiB");
}

}  // namespace
}  // namespace brink
