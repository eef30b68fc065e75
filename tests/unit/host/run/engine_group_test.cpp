// SPDX-License-Identifier: Apache-2.0
#include "host/run/engine_group.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <stdexcept>

#include "io/config/scenario_reader.hpp"
#include "tests/unit/host/run/fake_engine.hpp"

namespace brink::test {
namespace {

using testing::ElementsAre;

constexpr std::uint64_t grouped_paths = 1'000;

std::unique_ptr<ScenarioEngine> quickstart_engine(std::vector<std::string> overrides)
{
    overrides.push_back("run.horizon=P1D");
    overrides.push_back("run.paths=1000");
    Problems problems;
    ReadResult const read =
        read_scenario(BRINK_SOURCE_DIR "/configs/quickstart.toml", overrides, problems);
    EngineOptions const options{DeviceChoice{DeviceChoice::Kind::cpu, {}}, 1};
    auto engine = problems.empty() ? make_engine(read.scenario, options, problems) : nullptr;
    if (engine == nullptr)
        throw std::runtime_error{format_problem(problems.problems().front(), "error")};
    return engine;
}

/// Some engines, and what each leaves of its paths.
struct Engines {
    std::vector<std::unique_ptr<ScenarioEngine>> owned;
    std::vector<ScenarioEngine*> members;
    std::vector<std::vector<double>> columns;

    explicit Engines(std::vector<std::vector<std::string>> const& overrides)
    {
        for (auto const& each : overrides) {
            owned.push_back(quickstart_engine(each));
            members.push_back(owned.back().get());
            columns.emplace_back(owned.back()->shape().scopes * num_columns * grouped_paths);
        }
    }
    [[nodiscard]] std::vector<ScenarioEngine const*> views() const
    {
        return {members.begin(), members.end()};
    }
    /// The first `paths` paths of member i in chunks of `chunk`, the last ones first.
    std::vector<ChunkJob> jobs(std::size_t i, std::uint64_t chunk,
                               std::uint64_t paths = grouped_paths)
    {
        std::vector<ChunkJob> list;
        for (std::uint64_t first = 0; first < paths; first += chunk)
            list.insert(list.begin(), {first,
                                       static_cast<std::int64_t>(std::min(chunk, paths - first)),
                                       {.columns = columns[i].data() + first,
                                        .paths = static_cast<std::int64_t>(grouped_paths)}});
        return list;
    }
};

std::vector<std::vector<std::string>> const three_rules{
    {}, {"owner.fund.reserve.USDT=1000000"}, {"account.main.balances.USDT=2500000"}};

void expect_outcomes_of_each_alone(Engines const& engines)
{
    Engines alone{three_rules};
    for (std::size_t i = 0; i < alone.members.size(); ++i) {
        alone.members[i]->run(alone.jobs(i, grouped_paths));
        EXPECT_EQ(std::memcmp(engines.columns[i].data(), alone.columns[i].data(),
                              alone.columns[i].size() * sizeof(double)),
                  0)
            << "member " << i;
    }
    EXPECT_NE(alone.columns[0], alone.columns[2]);
}

TEST(GroupByMarket, PutsEnginesTogetherThatDifferInRules)
{
    Engines const engines{{{},
                           {"asset.BTC.volatility=0.7"},
                           {"owner.fund.reserve.USDT=1000000"},
                           {"run.precision=double"},
                           {"asset.BTC.volatility=0.7", "venue.binance_usdm.insurance_fund=5"},
                           {"run.seed=3"}}};

    EXPECT_THAT(group_by_market(engines.views()),
                ElementsAre(ElementsAre(0, 2), ElementsAre(1, 4), ElementsAre(3), ElementsAre(5)));
}

TEST(GroupByMarket, LeavesEnginesAloneThatRunElsewhere)
{
    FakeEngine const one{{}}, other{{}};
    std::vector<ScenarioEngine const*> const engines{&one, &other};

    EXPECT_THAT(group_by_market(engines), ElementsAre(ElementsAre(0), ElementsAre(1)));
}

TEST(EngineGroup, GivesTheOutcomesOfEachEngineAlone)
{
    Engines engines{three_rules};
    EngineGroup group{engines.members, 2};
    ASSERT_TRUE(group.shares_market());

    group.run(std::vector{engines.jobs(0, 256), engines.jobs(1, 256), engines.jobs(2, 256)});

    expect_outcomes_of_each_alone(engines);
}

TEST(EngineGroup, TakesChunksOfDifferentSizes)
{
    Engines engines{three_rules};

    EngineGroup{engines.members, 1}.run(
        std::vector{engines.jobs(0, 64), engines.jobs(1, 256), engines.jobs(2, 1024)});

    expect_outcomes_of_each_alone(engines);
}

TEST(EngineGroup, RunsOneAfterTheOtherWhereMembersWantDifferentPaths)
{
    Engines engines{three_rules};
    EngineGroup group{engines.members, 1};

    group.run(std::vector{engines.jobs(0, 256, 512), engines.jobs(1, 256), engines.jobs(2, 256)});
    group.run(std::vector{engines.jobs(0, 256), std::vector<ChunkJob>{}, std::vector<ChunkJob>{}});

    expect_outcomes_of_each_alone(engines);
}

TEST(EngineGroup, RunsOneAfterTheOtherWhatDoesNotRunOnTheCpu)
{
    FakeEngine one{{.paths = 64}}, other{{.paths = 64}};
    EngineGroup group{{&one, &other}, 1};

    group.run(std::vector<std::vector<ChunkJob>>(2));

    EXPECT_FALSE(group.shares_market());
    EXPECT_EQ(one.num_runs, 1U);
    EXPECT_EQ(other.num_runs, 1U);
}

TEST(EngineGroup, OfOneIsThatEngine)
{
    Engines engines{{{}}};
    EngineGroup const group{engines.members, 1};

    EXPECT_FALSE(group.shares_market());
    EXPECT_EQ(group.workspace_bytes(), engines.members.front()->workspace_bytes());
}

TEST(EngineGroup, WantsJobsForEveryMember)
{
    Engines engines{three_rules};
    EngineGroup group{engines.members, 1};

    EXPECT_THROW(group.run(std::vector<std::vector<ChunkJob>>(2)), std::logic_error);
}

}  // namespace
}  // namespace brink::test
