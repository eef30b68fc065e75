// SPDX-License-Identifier: Apache-2.0
#include "host/replay/path_ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
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
            trace.accounts[k] = {.collateral_at_market = 13,
                                 .collateral = 11,
                                 .unrealised_pnl = -1,
                                 .debt = 0,
                                 .margin_equity = 10,
                                 .initial_margin = 5,
                                 .maintenance_margin = 2,
                                 .nav = 12,
                                 .health = 5,
                                 .topup_total = 0,
                                 .fees = 0,
                                 .slippage = 0,
                                 .forfeited = 0,
                                 .funding = 0.25,
                                 .closed = k == 3 ? 1.0 : 0.0};
            trace.holdings[k] = {13.0 + k, 0.5};
            trace.contracts[k] = -2;
            trace.outside[k] = 7;
        }
        for (std::int32_t c = 0; c < num_columns; ++c)
            trace.outcomes[c] = engine.outcome(static_cast<Column>(c), path);
        trace.log.push({.step = 1, .kind = EventKind::called, .account = 0, .value = 0.9});
        trace.log.push({.step = 1, .kind = EventKind::silent, .account = 0, .item = 0});
        for (std::int32_t i = 0; i < num_posts; ++i)
            trace.log.push({.step = 1,
                            .kind = EventKind::post_requested,
                            .account = 0,
                            .item = 1,
                            .amount = 3,
                            .value = 3,
                            .fee = 0.5,
                            .slippage = 0.25});
        trace.log.push({.step = 2, .kind = EventKind::cured, .account = 0, .value = 2});
        trace.log.push({.step = 3, .kind = EventKind::bankrupt, .account = 0, .value = -1});
        trace.log.push({.step = 3,
                        .kind = EventKind::position_taken_over,
                        .account = 0,
                        .item = 0,
                        .amount = -2,
                        .value = 204,
                        .price = 101.5});
        trace.log.push(
            {.step = 3, .kind = EventKind::fund_inflow, .account = 0, .item = 0, .value = 4});
        trace.num_step_events = trace.log.size;
        trace.log.push(
            {.step = 3, .kind = EventKind::fund_draw, .account = 0, .item = 0, .value = 14});
        trace.log.push(
            {.step = 3, .kind = EventKind::bad_debt, .account = 0, .item = 0, .value = 6});
    };
    Scenario scenario;
    scenario.run.as_of = 1'751'328'000;
    scenario.run.seed = 99;
    scenario.venues.emplace_back().insurance_fund = 10;
    scenario.owners.emplace_back().name = "fund";
    scenario.owners[0].response.emplace_back().asset = "USDT";
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

    ASSERT_EQ(ledger.events.size(), 5'008);
    EXPECT_EQ(ledger.num_step_events, 5'006);
    EXPECT_EQ(ledger.events.back().kind, EventKind::bad_debt);
}

TEST(PathLedger, FollowsTheInsuranceFund)
{
    auto const funds = fund_lines(ledger_of(1));

    ASSERT_EQ(funds.size(), 1);
    EXPECT_EQ(funds[0].opening, 10);
    EXPECT_EQ(funds[0].inflow, 4);
    EXPECT_EQ(funds[0].draw, 14);
    EXPECT_EQ(funds[0].closing, 0);
    EXPECT_EQ(funds[0].bad_debt, 6);
}

TEST(PathLedger, FlagsEventsThatTheStepsGiveOtherwiseThanTheRun)
{
    test::FakeEngine engine{three_steps()};
    engine.tracer = [&](std::uint64_t path, PathTrace& trace) {
        for (std::int32_t c = 0; c < num_columns; ++c)
            trace.outcomes[c] = engine.outcome(static_cast<Column>(c), path);
        trace.outcomes[static_cast<std::size_t>(Column::liquidated)] += 1;
    };
    Scenario scenario;

    auto const differences = trace_path(engine, scenario, 42).differences;

    ASSERT_EQ(differences.size(), 1);
    EXPECT_EQ(difference_text(differences[0]), "liquidated of book: 0 recorded, 1 regenerated");
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
    for (char const* part :
         {"sends 3 USDT worth 3.00, fee 0.5", ", slippage 0.25",
          "no answer from response 1 (post USDT)", "taken over -2 BTCUSDT at 101.5, notional 204",
          "balances          13.00  collateral          11.00", "fund of exchange pays 14.00",
          "bad debt of 6.00 stays with exchange", "exchange: 10.00 at first, inflow 4.00, draw"})
        EXPECT_NE(brief.find(part), std::string::npos) << part << "\n" << brief;
    EXPECT_LT(brief.find("step 3"), brief.find("fund of exchange pays"));
    EXPECT_NE(ledger_table(ledger, LedgerSteps::all).find("step 2"), std::string::npos);
}

TEST(LedgerCsv, HasAsManyCellsInEveryLine)
{
    std::istringstream lines{ledger_csv(ledger_of(1))};

    std::string line;
    std::size_t count = 0;
    for (; std::getline(lines, line); ++count)
        EXPECT_EQ(std::count(line.begin(), line.end(), ','), 31) << line;
    EXPECT_EQ(count, 1 + 1 + 4 + 9);  // head, fund, steps, events
}

/// Cells of the first line of an event, by column.
std::map<std::string, std::string> cells_of(std::string const& csv, std::string const& event)
{
    std::istringstream lines{csv};
    std::string head, line;
    std::getline(lines, head);
    while (std::getline(lines, line) && line.find("," + event + ",") == std::string::npos)
        continue;
    std::map<std::string, std::string> cells;
    std::istringstream names{head}, values{line};
    std::string name, value;
    while (std::getline(names, name, ',') && std::getline(values, value, ','))
        cells[name] = value;
    return cells;
}

TEST(LedgerCsv, ShowsTheCostsOfAnEventApart)
{
    std::string const csv = ledger_csv(ledger_of(1));

    auto post = cells_of(csv, "post_requested");
    EXPECT_EQ(post["fee"], "0.5");
    EXPECT_EQ(post["slippage"], "0.25");
    EXPECT_EQ(post["item"], "USDT");
    EXPECT_EQ(post["price"], "");
    auto taken = cells_of(csv, "position_taken_over");
    EXPECT_EQ(taken["item"], "BTCUSDT");
    EXPECT_EQ(taken["amount"], "-2");
    EXPECT_EQ(taken["price"], "101.5");
    auto fund = cells_of(csv, "fund_opening");
    EXPECT_EQ(fund["row"], "fund");
    EXPECT_EQ(fund["item"], "exchange");
    EXPECT_EQ(fund["value"], std::to_string(static_cast<int>(ledger_of(1).opening_funds.at(0))));
    EXPECT_EQ(cells_of(csv, "called")["health"], "0.9");
    EXPECT_EQ(cells_of(csv, "called")["value"], "");
    EXPECT_EQ(cells_of(csv, "bankrupt")["nav"], "-1");
    EXPECT_EQ(cells_of(csv, "fund_draw")["value"], "14");
    EXPECT_EQ(cells_of(csv, "fund_draw")["item"], "exchange");
    EXPECT_EQ(cells_of(csv, "open")["collateral_at_market"], "13");
    EXPECT_EQ(cells_of(csv, "open")["collateral"], "11");
    EXPECT_EQ(cells_of(csv, "open")["funding_total"], "0.25");
}

TEST(LedgerJson, KeepsNumbersBitForBit)
{
    PathLedger ledger = ledger_of(2);
    ledger.prices[2] = 0.1 + 0.2;

    auto const json = nlohmann::json::parse(ledger_json(ledger));

    EXPECT_EQ(json["steps"][1]["prices"]["BTC"].get<double>(), 0.1 + 0.2);
    EXPECT_EQ(json["steps"][1]["events"].size(), 4);
    auto const& account = json["steps"][1]["accounts"]["account0"];
    EXPECT_EQ(account["status"], "called");
    EXPECT_EQ(account["balances"]["USDT"], 14);
    EXPECT_EQ(account["debts"]["USDT"], 0.5);
    EXPECT_EQ(account["positions"]["BTCUSDT"], -2);
    EXPECT_EQ(json["outcomes"].size(), outcome_list.size());
}

TEST(LedgerJson, NamesWhatItWasMadeFromAndWhatDiffers)
{
    PathLedger ledger = ledger_of(1);
    EXPECT_EQ(nlohmann::json::parse(ledger_json(ledger))["differences"], nlohmann::json::array());
    ledger.origin.scenario_hash = "abc";
    ledger.origin.arithmetic = "strict-cpu";
    ledger.origin.result_arithmetic = "strict-abacus";
    ledger.differences.push_back({"book", "loss", 2, 3});

    auto const json = nlohmann::json::parse(ledger_json(ledger));

    EXPECT_EQ(json["path"], 42);
    EXPECT_EQ(json["seed"], "99");
    EXPECT_EQ(json["scenario_hash"], "abc");
    EXPECT_EQ(json["arithmetic"], "strict-cpu");
    EXPECT_EQ(json["result_arithmetic"], "strict-abacus");
    EXPECT_TRUE(json["result_scenario_hash"].is_null());
    EXPECT_EQ(json["differences"][0]["outcome"], "loss");
    EXPECT_EQ(json["insurance_funds"]["exchange"]["bad_debt"], 6);
}

TEST(StoredPath, FlagsEveryOutcomeThatDiffers)
{
    PathLedger const ledger = ledger_of(1);
    Result stored;
    stored.scopes.push_back({"book", {}, {}, {{42, ledger.outcomes[0]}}});
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
