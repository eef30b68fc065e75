// SPDX-License-Identifier: Apache-2.0
#include "host/replay/path_ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "host/replay/ledger_output.hpp"
#include "host/replay/stored_path.hpp"
#include "tests/unit/host/run/fake_engine.hpp"

namespace brink {
namespace {

RunShape three_steps()
{
    RunShape shape;
    shape.paths = 1'000;
    shape.steps = 3;
    shape.assets = 2;
    shape.accounts = 1;
    shape.scopes = 1;
    shape.step_seconds = 3600;
    return shape;
}

/// A call at step 1, cured at step 2, bankrupt at step 3, after `num_posts` posts at step 1.
PathLedger ledger_of(std::int32_t num_posts)
{
    test::FakeEngine engine{three_steps()};
    engine.tracer = [&](std::uint64_t path, PathTrace& trace) {
        for (int k = 0; k <= 3; ++k) {
            trace.prices[2 * k] = 100.0 + k + static_cast<double>(path);
            trace.prices[2 * k + 1] = 1;
            trace.accounts[k] = {10, 5, 2, 12, 5, 0, 0, k == 3 ? 1.0 : 0.0};
            trace.outside[k] = 7;
        }
        trace.log.push({1, EventKind::called, 0, -1, 0, 0.9, 0});
        for (std::int32_t i = 0; i < num_posts; ++i)
            trace.log.push({1, EventKind::post_requested, 0, 1, 3, 3, 0.5});
        trace.log.push({2, EventKind::cured, 0, -1, 0, 2, 0});
        trace.log.push({3, EventKind::bankrupt, 0, -1, 0, -1, 0});
    };
    Scenario scenario;
    scenario.run.as_of = 1'751'328'000;
    return trace_path(engine, scenario, 42);
}

TEST(PathLedger, HoldsEveryStep)
{
    PathLedger const ledger = ledger_of(1);

    EXPECT_EQ(ledger.num_rows, 4);
    EXPECT_EQ(ledger.price(3, 0), 145);
    EXPECT_EQ(ledger.owner_outside(3, 0), 7);
    EXPECT_EQ(ledger.outcomes[0], test::FakeEngine{three_steps()}.outcome(Column::loss, 42));
}

TEST(PathLedger, MakesRoomForAnyNumberOfEvents)
{
    PathLedger const ledger = ledger_of(5'000);

    ASSERT_EQ(ledger.events.size(), 5'003);
    EXPECT_EQ(ledger.events.back().kind, EventKind::bankrupt);
}

TEST(PathLedger, FollowsTheStatusOfAccounts)
{
    auto const statuses = statuses_of(ledger_of(1));

    EXPECT_EQ(statuses, (std::vector{LedgerStatus::open, LedgerStatus::called, LedgerStatus::open,
                                     LedgerStatus::bankrupt}));
}

TEST(LedgerTable, ShowsStepsWithEventsOnlyUnlessAllAreAskedFor)
{
    PathLedger ledger = ledger_of(1);
    std::erase_if(ledger.events, [](EventRow const& event) { return event.step == 2; });

    std::string const brief = ledger_table(ledger, LedgerSteps::with_events);

    EXPECT_EQ(brief.find("step 2"), std::string::npos);
    EXPECT_NE(brief.find("step 3"), std::string::npos);
    EXPECT_NE(brief.find("sends 3 USDT worth 3.00, cost 0.5"), std::string::npos) << brief;
    EXPECT_NE(ledger_table(ledger, LedgerSteps::all).find("step 2"), std::string::npos);
}

TEST(LedgerCsv, HasAsManyCellsInEveryLine)
{
    std::istringstream lines{ledger_csv(ledger_of(1))};

    std::string line;
    std::size_t count = 0;
    for (; std::getline(lines, line); ++count)
        EXPECT_EQ(std::count(line.begin(), line.end(), ','), 21) << line;
    EXPECT_EQ(count, 1 + 4 + 4);  // head, steps, events
}

TEST(LedgerJson, KeepsNumbersBitForBit)
{
    PathLedger ledger = ledger_of(2);
    ledger.prices[2] = 0.1 + 0.2;

    auto const json = nlohmann::json::parse(ledger_json(ledger));

    EXPECT_EQ(json["steps"][1]["prices"]["BTC"].get<double>(), 0.1 + 0.2);
    EXPECT_EQ(json["steps"][1]["events"].size(), 3);
    EXPECT_EQ(json["steps"][1]["accounts"]["account0"]["status"], "called");
    EXPECT_EQ(json["outcomes"].size(), outcome_list.size());
}

TEST(StoredPath, FlagsEveryOutcomeThatDiffers)
{
    PathLedger const ledger = ledger_of(1);
    Result stored;
    stored.scopes.emplace_back().worst_paths = {{42, ledger.outcomes[0]}};
    stored.rows.paths = {41, 42};
    for (std::size_t c = 0; c < outcome_list.size(); ++c)
        stored.rows.columns.push_back({0, static_cast<float>(ledger.outcomes[c])});
    EXPECT_TRUE(differences(stored, ledger).empty());
    EXPECT_TRUE(stores_path(stored, 42));
    EXPECT_FALSE(stores_path(stored, 43));

    stored.scopes[0].worst_paths[0].loss += 1e-9;
    stored.rows.columns[static_cast<std::size_t>(Column::called)][1] += 1;

    EXPECT_EQ(differences(stored, ledger).size(), 2);
}

}  // namespace
}  // namespace brink
