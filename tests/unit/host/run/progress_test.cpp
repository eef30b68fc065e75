// SPDX-License-Identifier: Apache-2.0
#include "host/run/progress.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace brink::test {
namespace {

using Json = nlohmann::json;

/// Lines as they are written.
struct Lines {
    std::vector<Json> all;
    std::unique_ptr<ProgressOutput> output =
        progress_lines([this](std::string const& line) { all.push_back(Json::parse(line)); });
};

Estimate shortfall()
{
    return {"es_0.99", 5, 0.5, 4, 6, 10, ""};
}

TEST(ProgressLines, BeginAndEndEveryPart)
{
    Lines lines;
    {
        Progress progress{lines.output.get(), {.paths = 100, .chunk_paths = 64}, &shortfall};
        progress.update(64);  // too early to be shown
        progress.finish();
    }

    ASSERT_EQ(lines.all.size(), 2);
    EXPECT_EQ(lines.all[0]["event"], "started");
    EXPECT_EQ(lines.all[0]["paths"], 0);
    EXPECT_EQ(lines.all[0]["chunks_of"], 2);
    EXPECT_TRUE(lines.all[0]["paths_per_second"].is_null());
    EXPECT_TRUE(lines.all[0]["value"].is_null());
    EXPECT_EQ(lines.all[0]["scenarios"], 1);
    EXPECT_EQ(lines.all[0]["points"], 0);
    EXPECT_EQ(lines.all[1]["event"], "finished");
    EXPECT_EQ(lines.all[1]["chunks"], 2);
    EXPECT_EQ(lines.all[1]["paths"], 100);
    EXPECT_EQ(lines.all[1]["seconds_left"], 0);
    EXPECT_EQ(lines.all[1]["statistic"], "book.loss.es_0.99");
    EXPECT_EQ(lines.all[1]["value"], 5);
    EXPECT_EQ(lines.all[1]["se"], 0.5);
    EXPECT_EQ(lines.all[1]["statistic_paths"], 100);
}

TEST(ProgressLines, NumberAllPartsOfARunInOneSequence)
{
    Lines lines;
    for (std::uint64_t index : {1, 2, 3}) {
        Progress progress{lines.output.get(),
                          {.scenarios = index == 2 ? 4U : 1U,
                           .points = index == 3 ? 7U : 0U,
                           .shard = "1/4",
                           .paths = 10,
                           .chunk_paths = 10,
                           .index = index,
                           .count = 3},
                          &shortfall};
        progress.finish();
    }

    ASSERT_EQ(lines.all.size(), 6);
    double before = 0;
    for (std::size_t i = 0; i < lines.all.size(); ++i) {
        EXPECT_EQ(lines.all[i]["seq"], i);
        EXPECT_EQ(lines.all[i]["part"], i / 2 + 1);
        EXPECT_EQ(lines.all[i]["parts"], 3);
        EXPECT_EQ(lines.all[i]["shard"], "1/4");
        EXPECT_GE(lines.all[i]["monotonic_seconds"].get<double>(), before);
        before = lines.all[i]["monotonic_seconds"].get<double>();
    }
    EXPECT_EQ(lines.all[2]["scenarios"], 4);
    EXPECT_EQ(lines.all[5]["points"], 7);
}

TEST(ProgressLines, SayThatAPartStopped)
{
    Lines lines;
    {
        Progress progress{lines.output.get(), {.paths = 100, .chunk_paths = 10}, &shortfall};
        progress.update(30);
    }

    ASSERT_EQ(lines.all.size(), 2);
    EXPECT_EQ(lines.all[1]["event"], "stopped");
    EXPECT_EQ(lines.all[1]["paths"], 30);
    EXPECT_EQ(lines.all[1]["chunks"], 3);
    EXPECT_GT(lines.all[1]["seconds_left"].get<double>(), 0);
}

TEST(ProgressLines, GiveTheRateOfThisProcessAlone)
{
    Lines lines;
    {
        Progress progress{lines.output.get(),
                          {.paths = 1'000'000, .chunk_paths = 10, .done_before = 999'990},
                          &shortfall};
    }

    EXPECT_EQ(lines.all[0]["paths"], 999'990);
    EXPECT_TRUE(lines.all[1]["paths_per_second"].is_null());
}

TEST(ProgressLines, BecomeRarerInALongRun)
{
    using std::chrono::hours;
    using std::chrono::seconds;
    Lines const lines;

    EXPECT_EQ(lines.output->interval(seconds{0}), seconds{5});
    EXPECT_EQ(lines.output->interval(seconds{1'000}), seconds{10});
    EXPECT_EQ(lines.output->interval(hours{12}), seconds{60});
}

/// Asks for a report at every update.
class EveryUpdate : public ProgressOutput {
  public:
    std::vector<std::uint64_t> done;
    std::vector<double> seconds_left;
    Interval interval(Interval /*elapsed*/) const override { return Interval{0}; }
    void show(ProgressReport const& report) override
    {
        done.push_back(report.done);
        seconds_left.push_back(report.seconds_left * report.paths_per_second);
    }
};

TEST(Progress, CountsThePartsThatFollowIntoTheTimeLeft)
{
    EveryUpdate output;
    {
        Progress progress{
            &output, {.paths = 100, .chunk_paths = 10, .count = 3, .paths_after = 500}, &shortfall};
        progress.update(40);
    }

    EXPECT_EQ(output.done, (std::vector<std::uint64_t>{0, 40, 40}));
    EXPECT_NEAR(output.seconds_left[1], 60 + 500, 1e-9);  // in paths
}

TEST(Progress, ToNobodyAsksForNoEstimate)
{
    Progress progress{nullptr, {.paths = 100, .chunk_paths = 10}, []() -> Estimate {
                          throw std::logic_error{"asked"};
                      }};

    progress.update(50);
    EXPECT_NO_THROW(progress.finish());
}

}  // namespace
}  // namespace brink::test
