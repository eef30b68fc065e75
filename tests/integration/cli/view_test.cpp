// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include "tests/integration/cli/brief_runs.hpp"
#include "tests/support/file_bytes.hpp"

namespace brink::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string const all_outcomes = "output.outcomes=\"all\"";

/// Three shards with the outcomes of all paths, and the merge that copies them; once for all tests.
class View : public testing::Test {
  protected:
    inline static TemporaryFolder* made_{nullptr};
    TemporaryFolder folder_;
    fs::path output_ = folder_ / "all.h5";

    static void SetUpTestSuite()
    {
        made_ = new TemporaryFolder;
        for (int number = 1; number <= 3; ++number)
            ASSERT_EQ(brief_run(*made_ / ("p" + std::to_string(number)), paths,
                                {"--shard", std::to_string(number) + "/3", "--set", all_outcomes})
                          .status,
                      0);
        ASSERT_EQ(brink({"merge", *made_ / "p1", *made_ / "p2", *made_ / "p3", "-o",
                         *made_ / "plain.h5", "-q"})
                      .status,
                  0);
    }
    static void TearDownTestSuite() { delete made_; }

    void SetUp() override
    {
        for (char const* name : {"p1", "p2", "p3"})
            fs::copy_file(*made_ / name, folder_ / name);
    }

    [[nodiscard]] ProgramRun merge(Arguments const& more) const
    {
        Arguments arguments{"merge", folder_ / "p2", folder_ / "p3", folder_ / "p1", "-o", output_};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return brink(arguments);
    }

    void change_a_part()
    {
        ASSERT_EQ(brief_run(folder_ / "p2", paths,
                            {"--shard", "2/3", "--set", all_outcomes, "--seed", "9", "--force"})
                      .status,
                  0);
    }
};

std::string statistics_in(fs::path const& file)
{
    return json_line(statistics_json(read_result(file)));
}

TEST_F(View, HasTheNumbersOfTheMergeThatCopies)
{
    ProgramRun const run = merge({"--view"});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr("which hold the outcomes of all paths"));
    EXPECT_THAT(run.out, HasSubstr("View: the outcomes of all paths lie in 3 parts, p1 to p3"));
    EXPECT_EQ(statistics_in(output_), statistics_in(*made_ / "plain.h5"));
    EXPECT_LT(fs::file_size(output_), fs::file_size(*made_ / "plain.h5") / 10);
    EXPECT_EQ(brink({"inspect", output_}).status, 0);
}

TEST_F(View, IsLeftAsItIsWhileItsPartsAre)
{
    ASSERT_EQ(merge({"--view", "-q"}).status, 0);
    std::string const before = file_bytes(output_);

    EXPECT_THAT(merge({"--view"}).err, HasSubstr("nothing to do"));
    EXPECT_EQ(file_bytes(output_), before);
    // Who does not ask for a view may want to delete the parts.
    ASSERT_EQ(merge({"-q"}).status, 0);
    EXPECT_EQ(numbers_in(output_), numbers_in(*made_ / "plain.h5"));
    EXPECT_THAT(merge({"--view"}).err, HasSubstr("it is no view; --force makes one of it"));
    ASSERT_EQ(merge({"--view", "--force", "-q"}).status, 0);
    EXPECT_TRUE(read_result(output_).rows.is_view());
}

TEST_F(View, FollowsPartsThatMove)
{
    ASSERT_EQ(merge({"--view", "-q"}).status, 0);
    fs::create_directory(folder_ / "parts");
    for (char const* name : {"p1", "p2", "p3"})
        fs::rename(folder_ / name, folder_ / "parts" / name);
    EXPECT_EQ(brink({"inspect", output_}).status, 66);

    ProgramRun const run = brink({"merge", folder_ / "parts/p1", folder_ / "parts/p2",
                                  folder_ / "parts/p3", "-o", output_, "--view", "-q"});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(brink({"inspect", output_}).status, 0);
}

TEST_F(View, NamesMissingAndChangedPartsAndShowsStatisticsAllTheSame)
{
    ASSERT_EQ(merge({"--view", "-q"}).status, 0);
    std::string const whole = brink({"inspect", output_}).out;
    change_a_part();

    ProgramRun const changed = brink({"inspect", output_});
    fs::remove(folder_ / "p3");
    ProgramRun const missing = brink({"inspect", output_, "--json"});

    EXPECT_EQ(changed.status, 65);
    EXPECT_EQ(changed.out, whole);
    EXPECT_THAT(changed.err, AllOf(HasSubstr("p2: it is no longer the part that '"),
                                   HasSubstr("(merge the parts again)"), Not(HasSubstr("p3"))));
    EXPECT_EQ(missing.status, 66);
    EXPECT_THAT(missing.err, AllOf(HasSubstr("p2: it is no longer"), HasSubstr("p3: cannot read")));
    EXPECT_EQ(nlohmann::json::parse(missing.last_line())["view"][2]["file"], "p3");
    EXPECT_EQ(brink({"inspect", output_, "--config"}).status, 0);
}

TEST_F(View, IsReplayedWithTheRowsOfItsParts)
{
    ASSERT_EQ(merge({"--view", "-q"}).status, 0);

    ProgramRun const whole = brink({"replay", output_, "150000"});
    fs::remove(folder_ / "p3");
    ProgramRun const missing = brink({"replay", output_, "150000"});
    ProgramRun const there = brink({"replay", output_, "1"});

    EXPECT_EQ(whole.status, 0) << whole.err;
    EXPECT_THAT(whole.err, HasSubstr("regenerated bit for bit"));
    EXPECT_EQ(missing.status, 0) << missing.err;
    EXPECT_THAT(missing.err,
                AllOf(HasSubstr("p3: cannot read this part"),
                      HasSubstr("of path 150000 are not compared"), Not(HasSubstr("bit for bit"))));
    EXPECT_THAT(there.err, AllOf(HasSubstr("bit for bit"), Not(HasSubstr("p3"))));
}

TEST_F(View, IsShownByItsRunWithAWarningAndRunAnewForMorePaths)
{
    ASSERT_EQ(merge({"--view", "-q"}).status, 0);
    fs::remove(folder_ / "p3");

    ProgramRun const same = brief({"--paths", paths, "-o", output_, "--set", all_outcomes});
    ProgramRun const more = brief({"--paths", "200001", "-o", output_, "--set", all_outcomes});

    EXPECT_EQ(same.status, 0) << same.err;
    EXPECT_THAT(same.err, AllOf(HasSubstr("nothing to do"), HasSubstr("p3: cannot read")));
    EXPECT_EQ(more.status, 0) << more.err;
    EXPECT_THAT(more.err, HasSubstr("keeps no chunks (it is a view of parts)"));
    EXPECT_EQ(read_result(output_).rows.paths.size(), 200'001U);
}

TEST_F(View, IsRefusedWhereItWouldShowLess)
{
    ASSERT_EQ(brief_run(folder_ / "p2", paths, {"--shard", "2/3", "--force"}).status, 0);

    ProgramRun const tail = merge({"--view"});
    ProgramRun const partial = merge({"--view", "--partial"});
    ProgramRun const own_part = brink({"merge", folder_ / "p1", folder_ / "p2", folder_ / "p3",
                                       "-o", folder_ / "p1", "--view", "--force"});
    ProgramRun const missing = brink({"merge", folder_ / "p1", "-o", output_, "--view"});

    EXPECT_EQ(tail.status, 65);
    EXPECT_THAT(tail.err, HasSubstr("p2: it keeps outcomes of the worst paths only, so a view"));
    EXPECT_EQ(partial.status, 64);
    EXPECT_EQ(own_part.status, 64);
    EXPECT_THAT(own_part.err, HasSubstr("p1: it is one of the parts, which a view only points at"));
    EXPECT_EQ(missing.status, 66);
    EXPECT_FALSE(fs::exists(output_));
}

TEST_F(View, ShowsLargerPartsAndStandsInAFolderOfItsOwn)
{
    ASSERT_EQ(
        brink({"merge", "--partial", folder_ / "p1", folder_ / "p2", "-o", folder_ / "p12"}).status,
        0);
    fs::path const view = folder_ / "new/deep/all.h5";

    ProgramRun const run =
        brink({"merge", folder_ / "p3", folder_ / "p12", "-o", view, "--view", "-q"});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(read_result(view).rows.parts.front().file, "../../p12");
    EXPECT_EQ(statistics_in(view), statistics_in(*made_ / "plain.h5"));
    EXPECT_EQ(brink({"inspect", view}).status, 0);
}

}  // namespace
}  // namespace brink::test
