// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "host/run/scenario_run.hpp"
#include "io/results/json.hpp"
#include "io/results/part_file.hpp"
#include "tests/support/run_paths.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/host/run/fake_engine.hpp"

namespace brink::test::saved {
namespace {

constexpr std::uint64_t chunk = 64;
constexpr std::uint64_t num_paths = 5'000;  // 78 chunks of 64 and a rest of 8

/// Work so large that a chunk has 64 paths.
RunShape shape_of(std::uint64_t paths, bool with_table)
{
    RunShape shape;
    shape.paths = paths;
    shape.steps = 10'000'000;
    shape.assets = 2;
    shape.accounts = with_table ? 3 : 1;
    shape.scopes = 3;
    shape.account_scopes = with_table ? 0 : 1;
    shape.account_table = with_table;
    shape.fan_paths = std::min<std::uint64_t>(1'001, paths);
    shape.account_fan_paths = with_table ? 0 : std::min<std::uint64_t>(167, paths);
    shape.fan_times = 3;
    shape.fan_stride = 2;
    shape.step_seconds = 60;
    return shape;
}

/// A run of the fake engine, whose outcomes are a function of the path id.
struct Case {
    RunShape shape;
    ReadResult input;
    FakeEngine engine;
    Plan plan;

    explicit Case(std::uint64_t paths = num_paths, bool with_table = false,
                  OutcomeColumns kept = OutcomeColumns::tail)
        : shape{saved::shape_of(paths, with_table)}, engine{shape}
    {
        input.scenario.run.paths = paths;
        input.scenario.run.name = "fake";
        input.scenario.statistics.worst_paths = 5;
        input.scenario.output.outcomes = kept;
        PlanRequest request;
        request.batch_chunks = 7;
        plan = make_plan(input.scenario, shape, request);
    }

    [[nodiscard]] std::unique_ptr<ScenarioRun> start(PathRange range)
    {
        return std::make_unique<ScenarioRun>(input, engine, plan, range, 2);
    }

    /// What a process that runs the range alone saves of it.
    [[nodiscard]] std::unique_ptr<ScenarioRun> run(PathRange range)
    {
        auto run = start(range);
        while (!run->is_done()) {
            run->jobs(range.end);
            EXPECT_TRUE(run->run(engine));
            run->absorb();
        }
        return run;
    }
};

std::string numbers_of(Result const& result)
{
    std::string text = json_line(statistics_json(result));
    for (ScopeResult const& scope : result.scopes) {
        for (OutcomeResult const& outcome : scope.outcomes)
            text += Json(outcome.histogram.counts).dump() + Json(outcome.histogram.edges).dump();
        for (WorstPath const& worst : scope.worst_paths)
            text += std::to_string(worst.path) + " ";
        for (Fan const& fan : scope.fans)
            text += std::to_string(fan.paths) + Json(fan.quantiles).dump() + Json(fan.lo).dump();
    }
    for (std::size_t i = 0; i < result.parts.means.size(); ++i)
        text += Json(result.parts.means[i]).dump() + Json(result.parts.se[i]).dump();
    text += Json(result.tails.at("loss")).dump() + Json(result.rows.paths).dump()
            + Json(result.rows.columns).dump() + Json(result.account_table.mean).dump()
            + Json(result.account_table.se).dump() + Json(result.account_table.events).dump();
    return text + std::to_string(result.provenance.paths)
           + std::to_string(result.provenance.invalid_paths);
}

/// The part that `run` makes, through a file.
SavedRun through_file(ScenarioRun& run, std::filesystem::path const& path)
{
    PartFile part;
    part.kind = "shard";
    part.runs.push_back(run.save("base"));
    write_part(path, part);
    return read_part(path).runs.at(0);
}

class SavedStatistics : public testing::TestWithParam<bool> {
  protected:
    TemporaryFolder folder_;

    [[nodiscard]] std::string expected(std::uint64_t paths = num_paths)
    {
        Case whole{paths, GetParam()};
        return numbers_of(run_paths(whole.input, whole.engine, whole.plan, 1));
    }
};

INSTANTIATE_TEST_SUITE_P(Books, SavedStatistics, testing::Bool(), [](auto const& test) {
    return test.param ? "WithAccountTable" : "WithNamedAccount";
});

TEST_P(SavedStatistics, GoOnInAnotherProcessFromAnyChunk)
{
    std::string const wanted = expected();
    for (std::uint64_t const done : {1U, 2U, 37U, 64U, 77U, 78U}) {
        Case before{num_paths, GetParam()};
        SavedRun const saved =
            through_file(*before.run({0, done * chunk}), folder_.path() / "part.h5");
        Case after{num_paths, GetParam()};
        auto const run = after.start({0, num_paths});
        ASSERT_EQ(run->obstacle(saved), "");
        run->restore(saved);
        EXPECT_EQ(run->next_path(), done * chunk);
        while (!run->is_done()) {
            run->jobs(num_paths);
            ASSERT_TRUE(run->run(after.engine));
            run->absorb();
        }
        EXPECT_EQ(numbers_of(run->finish()), wanted) << done;
    }
}

TEST_P(SavedStatistics, OfShardsMakeTheSameBitsInAnyGrouping)
{
    std::string const wanted = expected();
    std::vector<PathRange> const cuts{
        {0, 5 * chunk}, {5 * chunk, 6 * chunk}, {6 * chunk, 41 * chunk}, {41 * chunk, num_paths}};
    std::vector<SavedRun> parts;
    Case each{num_paths, GetParam()};
    for (std::size_t i = 0; i < cuts.size(); ++i)
        parts.push_back(
            through_file(*each.run(cuts[i]), folder_.path() / ("part" + std::to_string(i))));
    auto const merged = [&](PathRange range, std::vector<SavedRun> const& of) {
        auto run = each.start(range);
        for (SavedRun const& part : of) {
            EXPECT_EQ(run->obstacle(part), "");
            run->restore(part);
        }
        return run;
    };
    PathRange const all{0, num_paths};
    EXPECT_EQ(numbers_of(merged(all, parts)->finish()), wanted);
    SavedRun const left =
        through_file(*merged({0, 6 * chunk}, {parts[0], parts[1]}), folder_.path() / "left");
    SavedRun const right = through_file(*merged({6 * chunk, num_paths}, {parts[2], parts[3]}),
                                        folder_.path() / "right");
    EXPECT_EQ(numbers_of(merged(all, {left, right})->finish()), wanted);
    EXPECT_EQ(numbers_of(merged(all, {left, parts[2], parts[3]})->finish()), wanted);
    EXPECT_EQ(numbers_of(merged(all, {parts[0], parts[1], right})->finish()), wanted);
}

TEST_P(SavedStatistics, OfAShorterRunAreExtended)
{
    Case shorter{1'000, GetParam()};
    SavedRun saved = through_file(*shorter.run({0, 1'000}), folder_.path() / "part.h5");
    EXPECT_EQ(saved.rest.outcomes.front().paths, 1'000 % chunk);
    saved.rest = {};  // its short chunk is no chunk of the longer run
    Case longer{num_paths, GetParam()};
    auto const run = longer.start({0, num_paths});
    ASSERT_EQ(run->obstacle(saved), "");
    run->restore(saved);
    EXPECT_EQ(run->next_path(), 1'000 / chunk * chunk);
    while (!run->is_done()) {
        run->jobs(num_paths);
        ASSERT_TRUE(run->run(longer.engine));
        run->absorb();
    }
    EXPECT_EQ(numbers_of(run->finish()), expected());
}

TEST_P(SavedStatistics, OfARunThatEndsBeforeItsTimeAreThoseOfAShorterRun)
{
    Case longer{num_paths, GetParam()};
    auto const run = longer.start({0, num_paths});
    while (run->next_path() < 15 * chunk) {
        run->jobs(15 * chunk);
        ASSERT_TRUE(run->run(longer.engine));
        run->absorb();
    }
    EXPECT_EQ(numbers_of(run->finish()), expected(15 * chunk));
}

TEST(SavedStatisticsLedger, HasOneChecksumPerChunkWhateverTheBatches)
{
    Case one;
    auto const whole = one.run({0, num_paths});
    SavedRun const saved = whole->save("base");
    ASSERT_EQ(saved.whole.checksums.size(), 78U);
    Case other;
    auto const part = other.run({37 * chunk, 40 * chunk});
    SavedRun const few = part->save("base");
    ASSERT_EQ(few.whole.checksums.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(few.whole.checksums[i], saved.whole.checksums[37 + i]);
    EXPECT_NE(few.whole.checksums[0], few.whole.checksums[1]);
}

TEST(SavedStatisticsObstacle, TellsWhatIsNotKept)
{
    Case tail;
    auto const run = tail.run({0, 10 * chunk});
    SavedRun const saved = run->save("base");
    Case all{num_paths, false, OutcomeColumns::all};
    EXPECT_EQ(all.start({0, num_paths})->obstacle(saved),
              "it was run with output.outcomes = \"tail\", not \"all\"");
    Case accounts{num_paths, true};
    EXPECT_EQ(accounts.start({0, num_paths})->obstacle(saved), "its fans follow fewer paths");
    Case none{num_paths, false, OutcomeColumns::none};
    EXPECT_EQ(none.start({0, num_paths})->obstacle(saved), "");
}

TEST(SavedStatisticsObstacle, IsATailTooShortForALongerRun)
{
    Case shorter;
    shorter.input.scenario.output.extendable = false;
    PlanRequest request;
    shorter.plan = make_plan(shorter.input.scenario, shorter.shape, request);
    auto const run = shorter.run({0, 20 * chunk});
    SavedRun saved = run->save("base");
    ASSERT_EQ(saved.whole.outcomes[0].num_tail, saved.whole.outcomes[0].tail.size());
    saved.whole.outcomes[0].num_tail -= 1;  // as if one value had been cut away
    Case longer;
    EXPECT_EQ(longer.start({0, num_paths})->obstacle(saved),
              "its tails are too short for so many paths (output.extend_to)");
}

}  // namespace
}  // namespace brink::test::saved
