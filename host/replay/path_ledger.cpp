// SPDX-License-Identifier: Apache-2.0
#include "host/replay/path_ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/program/pool_builder.hpp"
#include "io/results/outcomes.hpp"

namespace brink {
namespace {

constexpr std::uint64_t pack = 64;  ///< paths are run in groups that start at multiples of this

/// Outcomes of one path in every scope, computed as a run computes them.
std::vector<double> run_path(ScenarioEngine& engine, std::uint64_t path)
{
    std::size_t const num_outcomes_of_path = engine.shape().scopes * num_columns;
    std::vector<double> columns(num_outcomes_of_path * pack);
    OutcomeSink sink;
    sink.columns = columns.data();
    sink.paths = static_cast<std::int64_t>(pack);
    std::vector<double> table(
        engine.shape().account_table ? engine.shape().accounts * num_table_columns * pack : 0);
    sink.table = table.empty() ? nullptr : table.data();
    ChunkJob const job{path / pack * pack, static_cast<std::int64_t>(pack), sink};
    engine.run({&job, 1});
    std::vector<double> outcomes(num_outcomes_of_path);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        outcomes[i] = columns[i * pack + path % pack];
    return outcomes;
}

template<class Rows>
std::size_t count_of(Rows const& rows)
{
    std::size_t count = 0;
    for (auto const& row : rows)
        count += row.size();
    return count;
}

void make_room(PathLedger& ledger)
{
    ProgramNames const& names = ledger.names;
    ledger.prices.resize(ledger.num_rows * names.assets.size());
    ledger.carry_levels.resize(ledger.num_rows * names.carry_factors.size());
    ledger.accounts.resize(ledger.num_rows * names.accounts.size());
    ledger.holdings.resize(ledger.num_rows * count_of(names.holding_assets));
    ledger.contracts.resize(ledger.num_rows * count_of(names.position_instruments));
    ledger.outside.resize(ledger.num_rows * names.owners.size());
    ledger.outside_coins.resize(ledger.num_rows * names.owners.size() * names.assets.size());
    ledger.traced_outcomes.resize(ledger.outcomes.size());
}

/// Trace, with more room for events until all of them fit.
void trace_events(ScenarioEngine& engine, PathLedger& ledger)
{
    std::size_t capacity = 1024;
    for (;;) {
        ledger.events.assign(capacity, EventRow{});
        PathTrace trace;
        trace.prices = ledger.prices.data();
        trace.carry_levels = ledger.carry_levels.data();
        trace.accounts = ledger.accounts.data();
        trace.holdings = ledger.holdings.data();
        trace.contracts = ledger.contracts.data();
        trace.outside = ledger.outside.data();
        trace.outside_coins = ledger.outside_coins.data();
        trace.outcomes = ledger.traced_outcomes.data();
        trace.log = {ledger.events.data(), static_cast<std::int32_t>(capacity), 0};
        engine.trace(ledger.path, trace);
        auto const size = static_cast<std::size_t>(trace.log.size);
        if (size <= capacity) {
            ledger.events.resize(size);
            ledger.num_step_events = static_cast<std::size_t>(trace.num_step_events);
            return;
        }
        capacity = size;
    }
}

std::string response_name(ResponseConfig const& response)
{
    switch (response.action) {
        case ResponseAction::post:
            return "post " + response.asset;
        case ResponseAction::reduce:
            return "reduce " + (response.from.empty() ? "the largest requirement" : response.from);
        case ResponseAction::swap:
            return "swap " + response.from + " into " + response.asset;
    }
    return {};
}

/// What the scenario says of those whom the ledger names.
void describe(Scenario const& scenario, PathLedger& ledger)
{
    for (std::string const& name : ledger.names.owners) {
        auto& responses = ledger.responses.emplace_back();
        for (OwnerConfig const& owner : scenario.owners)
            if (owner.name == name)
                for (ResponseConfig const& response : owner.response)
                    responses.push_back(response_name(response));
    }
    for (VenueConfig const& venue : scenario.venues)
        ledger.opening_funds.push_back(opening_fund(venue));
}

bool is_event(OutcomeKind kind)
{
    return kind == OutcomeKind::flag || kind == OutcomeKind::count || kind == OutcomeKind::time;
}

/// Events on which the arithmetic of the run and that of the steps, which the CPU traces, differ.
void compare_steps(PathLedger& ledger)
{
    for (std::size_t i = 0; i < ledger.outcomes.size(); ++i) {
        double const run = ledger.outcomes[i];
        double const traced = ledger.traced_outcomes[i];
        std::size_t const column = i % num_columns;
        if (column < outcome_list.size() && is_event(outcome_list[column].kind) && run != traced
            && !(std::isnan(run) && std::isnan(traced)))
            ledger.differences.push_back({ledger.names.scopes[i / num_columns],
                                          std::string{outcome_list[column].name}, run, traced});
    }
}

}  // namespace

PathLedger trace_path(ScenarioEngine& engine, Scenario const& scenario, std::uint64_t path)
{
    PathLedger ledger;
    ledger.path = path;
    ledger.as_of = scenario.run.as_of;
    ledger.step_seconds = engine.shape().step_seconds;
    ledger.numeraire = scenario.run.numeraire;
    ledger.names = engine.names();
    ledger.owner_of_accounts = engine.owner_of_accounts();
    ledger.num_rows = engine.shape().steps + 1;
    ledger.origin.seed = scenario.run.seed;
    describe(scenario, ledger);
    ledger.outcomes = run_path(engine, path);
    make_room(ledger);
    trace_events(engine, ledger);
    compare_steps(ledger);
    return ledger;
}

std::string difference_text(Difference const& difference)
{
    return fmt::format("{} of {}: {:.17g} recorded, {:.17g} regenerated", difference.outcome,
                       difference.scope, difference.recorded, difference.regenerated);
}

std::vector<FundLine> fund_lines(PathLedger const& ledger)
{
    std::vector<FundLine> funds;
    for (std::size_t v = 0; v < ledger.opening_funds.size(); ++v)
        funds.push_back({ledger.names.venues[v], ledger.opening_funds[v], 0, 0, 0, 0});
    for (EventRow const& event : ledger.events) {
        if (event.kind == EventKind::fund_inflow)
            funds[static_cast<std::size_t>(event.item)].inflow += event.value;
        else if (event.kind == EventKind::fund_draw)
            funds[static_cast<std::size_t>(event.item)].draw += event.value;
        else if (event.kind == EventKind::bad_debt)
            funds[static_cast<std::size_t>(event.item)].bad_debt += event.value;
    }
    for (FundLine& fund : funds)
        fund.closing = fund.opening + fund.inflow - fund.draw;
    return funds;
}

std::vector<LedgerStatus> statuses_of(PathLedger const& ledger)
{
    std::size_t const num_accounts = ledger.names.accounts.size();
    std::vector<LedgerStatus> statuses(ledger.num_rows * num_accounts);
    std::vector<LedgerStatus> now(num_accounts, LedgerStatus::open);
    auto event = ledger.events.begin();
    for (std::size_t row = 0; row < ledger.num_rows; ++row) {
        for (; event != ledger.events.end() && static_cast<std::size_t>(event->step) == row;
             ++event) {
            LedgerStatus& status = now[static_cast<std::size_t>(event->account)];
            if (event->kind == EventKind::bankrupt)
                status = LedgerStatus::bankrupt;
            else if (event->kind == EventKind::called && status == LedgerStatus::open)
                status = LedgerStatus::called;
            else if (event->kind == EventKind::cured && status == LedgerStatus::called)
                status = LedgerStatus::open;
        }
        for (std::size_t i = 0; i < num_accounts; ++i) {
            bool const closed = ledger.account(row, i).closed != 0;
            if (closed && now[i] != LedgerStatus::bankrupt)
                now[i] = LedgerStatus::closed;
            statuses[row * num_accounts + i] = now[i];
        }
    }
    return statuses;
}

std::string status_name(LedgerStatus status)
{
    switch (status) {
        case LedgerStatus::open:
            return "open";
        case LedgerStatus::called:
            return "called";
        case LedgerStatus::closed:
            return "closed";
        case LedgerStatus::bankrupt:
            return "bankrupt";
    }
    return {};
}

}  // namespace brink
