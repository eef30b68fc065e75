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

using testing::HasSubstr;
using testing::Not;

class Shards : public testing::Test {
  protected:
    TemporaryFolder folder_;
    std::filesystem::path output_ = folder_ / "q.h5";

    std::filesystem::path part(int number) { return folder_ / ("p" + std::to_string(number)); }

    ProgramRun run_shard(int number, int count, Arguments const& more = {})
    {
        Arguments all{"--shard", std::to_string(number) + "/" + std::to_string(count)};
        all.insert(all.end(), more.begin(), more.end());
        return brief_run(part(number), paths, all);
    }
};

TEST_F(Shards, MergeIntoTheResultOfOneProcess)
{
    for (int number = 1; number <= 3; ++number)
        ASSERT_EQ(run_shard(number, 3).status, 0);

    ProgramRun const merge =
        brink({"merge", part(2), part(3), part(1), "-o", output_, "--json", "-q"});

    EXPECT_EQ(merge.status, 0) << merge.err;
    EXPECT_EQ(numbers_in(output_), uninterrupted());
    EXPECT_EQ(nlohmann::json::parse(merge.last_line())["paths"], 200'000);
    // A second time there is nothing to do.
    ProgramRun const again = brink({"merge", part(1), part(2), part(3), "-o", output_});
    EXPECT_EQ(again.status, 0);
    EXPECT_THAT(again.err, HasSubstr("nothing to do"));
    // The merged result can be extended, as if one process had made it.
    ProgramRun const more = brief({"--paths", "300000", "-o", output_});
    EXPECT_THAT(more.err, HasSubstr("with 196,608 of 300,000 paths"));
}

TEST_F(Shards, MergeInAnyGrouping)
{
    for (int number = 1; number <= 4; ++number)
        ASSERT_EQ(run_shard(number, 4).status, 0);
    ASSERT_EQ(brink({"merge", "--partial", part(2), part(3), "-o", folder_ / "mid"}).status, 0);

    ProgramRun const merge =
        brink({"merge", part(1), folder_ / "mid", part(4), "-o", output_, "-q"});

    EXPECT_EQ(merge.status, 0) << merge.err;
    EXPECT_EQ(numbers_in(output_), uninterrupted());
}

TEST_F(Shards, ThatAreMissingAreNamed)
{
    for (int const number : {1, 4})
        ASSERT_EQ(run_shard(number, 4).status, 0);

    ProgramRun const merge = brink({"merge", part(1), part(4), folder_ / "nowhere", "-o", output_});

    EXPECT_EQ(merge.status, 66);
    EXPECT_THAT(merge.err, HasSubstr("nowhere"));
    EXPECT_THAT(merge.err, HasSubstr("(shards 2/4, 3/4)"));
    EXPECT_FALSE(std::filesystem::exists(output_));
}

TEST_F(Shards, ThatDoNotGoTogetherAreNamed)
{
    ASSERT_EQ(run_shard(1, 2).status, 0);
    ASSERT_EQ(run_shard(2, 2, {"--seed", "9"}).status, 0);
    ASSERT_EQ(run_shard(3, 3).status, 0);
    std::filesystem::copy_file(part(1), folder_ / "copy");
    std::string bytes = file_bytes(part(3));
    bytes[bytes.size() / 3] = static_cast<char>(bytes[bytes.size() / 3] ^ 4);
    write_bytes(part(3), bytes);

    ProgramRun const merge =
        brink({"merge", part(1), part(2), part(3), folder_ / "copy", "-o", output_});

    EXPECT_EQ(merge.status, 66) << merge.err;
    EXPECT_THAT(merge.err, HasSubstr("are in no part (shard 2/2)"));
    EXPECT_THAT(merge.err, HasSubstr("p2: does not go with"));
    EXPECT_THAT(merge.err, HasSubstr("first differing key run.seed: 9, not 20250701"));
    EXPECT_THAT(merge.err, HasSubstr("p3: the file is damaged"));
    EXPECT_THAT(merge.err, HasSubstr("copy: shard 1/2 is given twice: it is in "));
    EXPECT_FALSE(std::filesystem::exists(output_));
}

TEST_F(Shards, OfAnotherRunAreTheOddOnes)
{
    for (int const number : {1, 2, 3})
        ASSERT_EQ(run_shard(number, 3).status, 0);
    ASSERT_EQ(brief_run(part(4), paths, {"--shard", "1/3", "--seed", "9"}).status, 0);
    ASSERT_EQ(brief_run(part(5), "100000", {"--shard", "1/3"}).status, 0);

    ProgramRun const merge =
        brink({"merge", part(4), part(5), part(1), part(2), part(3), "-o", output_});

    EXPECT_EQ(merge.status, 65) << merge.err;
    EXPECT_THAT(merge.err, HasSubstr("p4: does not go with"));
    EXPECT_THAT(merge.err, HasSubstr("p5: does not go with"));
    EXPECT_THAT(merge.err, Not(HasSubstr("p1: does not")));
    EXPECT_THAT(merge.err, Not(HasSubstr("incomplete")));
    EXPECT_THAT(merge.err, Not(HasSubstr("given twice")));
}

TEST_F(Shards, MergedInStepsTakeNobodysPlace)
{
    for (int const number : {1, 2})
        ASSERT_EQ(run_shard(number, 3).status, 0);
    write_bytes(folder_ / "notes.txt", "to keep");
    std::filesystem::path const larger = folder_ / "larger";
    auto const merge = [&](std::filesystem::path const& to, Arguments const& more) {
        Arguments arguments{"merge", "--partial", part(1), part(2), "-o", to};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return brink(arguments);
    };

    EXPECT_EQ(merge(folder_ / "notes.txt", {}).status, 65);
    EXPECT_EQ(merge(part(2), {}).status, 65);
    ProgramRun const first = merge(larger, {"--json"});
    std::string const written = file_bytes(larger);
    ProgramRun const again = merge(larger, {});
    ProgramRun const forced = merge(folder_ / "notes.txt", {"--force"});
    ProgramRun const shard = brief_run(larger, paths, {"--shard", "1/3"});

    EXPECT_EQ(first.status, 0) << first.err;
    EXPECT_EQ(nlohmann::json::parse(first.last_line())["paths_done"], 131'072);
    EXPECT_EQ(again.status, 0);
    EXPECT_THAT(again.err, HasSubstr("nothing to do"));
    EXPECT_EQ(file_bytes(larger), written);
    EXPECT_EQ(forced.status, 0) << forced.err;
    EXPECT_EQ(shard.status, 65) << "shards 1 to 2 are not shard 1";
}

TEST_F(Shards, CountThePathsOfAShortChunk)
{
    ProgramRun const run = run_shard(4, 4, {"--json"});

    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(nlohmann::json::parse(run.last_line())["paths_done"], 3'392);
    EXPECT_THAT(brink({"inspect", part(4)}).out, HasSubstr("3,392 of 3,392 paths"));
}

TEST_F(Shards, HaveAFileEachWithoutAnOutput)
{
    ProgramSetting setting;
    setting.folder = folder_ / "";
    for (char const* shard : {"1/2", "2/2"})
        ASSERT_EQ(brief({"--paths", "3000", "-q", "--shard", shard}, setting).status, 0);

    EXPECT_TRUE(std::filesystem::exists(folder_ / "out/quickstart.part-1-of-2.h5"));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "out/quickstart.part-2-of-2.h5"));
}

TEST_F(Shards, KeepTheWarningsOfTheRun)
{
    std::string const book = std::string{BRINK_SOURCE_DIR} + "/configs/examples/client_book.toml";
    auto const run = [&](std::filesystem::path const& to, Arguments const& more) {
        Arguments arguments{"run", book, "--set", "run.horizon=PT2H", "--paths", "500",
                            "-q",  "-o", to};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return brink(arguments);
    };
    ASSERT_EQ(run(output_, {}).status, 0);
    ASSERT_EQ(run(part(1), {"--shard", "1/1"}).status, 0);
    ASSERT_EQ(brink({"merge", part(1), "-o", folder_ / "m.h5", "-q"}).status, 0);

    EXPECT_EQ(read_provenance(folder_ / "m.h5").warnings, read_provenance(output_).warnings);
}

TEST_F(Shards, WithOtherLimitsAreToldOf)
{
    ASSERT_EQ(run_shard(1, 2).status, 0);
    ASSERT_EQ(run_shard(2, 2, {"--set", "limits.\"book.called.prob\"=1e-9"}).status, 0);

    ProgramRun const merge = brink({"merge", part(1), part(2), "-o", output_});

    EXPECT_EQ(merge.status, 0) << merge.err;
    EXPECT_THAT(merge.err, HasSubstr("p2: its [limits], [output], [stop] or run.name are others"));
}

TEST_F(Shards, ThatAreEmptyAreNeitherMissingNorTwice)
{
    // Four chunks: every second of eight shards is empty.
    for (int const number : {1, 2, 3, 4, 5, 6})
        ASSERT_EQ(run_shard(number, 8).status, 0);

    ProgramRun const merge =
        brink({"merge", part(1), part(2), part(3), part(4), part(5), part(6), "-o", output_});
    ProgramRun const twice = brink({"merge", part(1), part(1), part(2), part(2), "-o", output_});

    EXPECT_EQ(merge.status, 66) << merge.err;
    EXPECT_THAT(merge.err, HasSubstr("are in no part (shard 8/8)"));
    EXPECT_EQ(twice.status, 66) << twice.err;
    EXPECT_THAT(twice.err, HasSubstr("p1: is given twice"));
    EXPECT_THAT(twice.err, HasSubstr("p2: is given twice"));
    EXPECT_THAT(twice.err, Not(HasSubstr("also in")));
}

TEST_F(Shards, AreNoResults)
{
    ASSERT_EQ(run_shard(1, 2).status, 0);
    EXPECT_EQ(run_shard(1, 2).status, 0);  // complete: nothing to do

    ProgramRun const other = brief_run(part(1), paths, {"--shard", "2/2"});
    ProgramRun const whole = brief_run(part(1), paths);
    ProgramRun const inspect = brink({"inspect", part(1)});

    EXPECT_EQ(other.status, 65);
    EXPECT_THAT(other.err, HasSubstr("holds shard 1/2 of 200,000 paths of the same scenario, not"));
    EXPECT_EQ(whole.status, 65);
    EXPECT_THAT(whole.err, HasSubstr("holds shard 1/2 of the same scenario, not a result"));
    EXPECT_EQ(inspect.status, 0) << inspect.err;
    EXPECT_THAT(inspect.out, HasSubstr("shard 1/2"));
}

TEST_F(Shards, AreNumbersFromOne)
{
    for (char const* shard : {"0/2", "3/2", "1", "a/b", "1/0"}) {
        ProgramRun const run = brink(run_arguments(output_, {"--shard", shard}));
        EXPECT_EQ(run.status, 64) << shard;
        EXPECT_THAT(run.err, HasSubstr("is no shard such as 3/8"));
    }
    EXPECT_THAT(brink(run_arguments(output_, {"--shard", "1/1000001"})).err,
                HasSubstr("1,000,000 shards are the most, as brink merge is given a file of each"));
}

}  // namespace
}  // namespace brink::test
