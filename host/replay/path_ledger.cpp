// SPDX-License-Identifier: Apache-2.0
#include "host/replay/path_ledger.hpp"

#include <algorithm>

namespace brink {
namespace {

constexpr std::uint64_t pack = 64;  ///< paths are run in groups that start at multiples of this

/// Outcomes of the book on one path, computed as a run computes them.
std::array<double, num_columns> run_path(ScenarioEngine& engine, std::uint64_t path)
{
    std::vector<double> columns(engine.shape().scopes * num_columns * pack);
    OutcomeSink sink;
    sink.columns = columns.data();
    sink.paths = static_cast<std::int64_t>(pack);
    std::vector<double> table(
        engine.shape().account_table ? engine.shape().accounts * num_table_columns * pack : 0);
    sink.table = table.empty() ? nullptr : table.data();
    ChunkJob const job{path / pack * pack, static_cast<std::int64_t>(pack), sink};
    engine.run({&job, 1});
    std::array<double, num_columns> outcomes{};
    for (std::int32_t c = 0; c < num_columns; ++c)
        outcomes[static_cast<std::size_t>(c)] =
            *sink.at(0, c, static_cast<std::int64_t>(path % pack));
    return outcomes;
}

/// Trace, with more room for events until all of them fit.
void trace_events(ScenarioEngine& engine, PathLedger& ledger)
{
    std::size_t capacity = 1024;
    for (;;) {
        ledger.events.assign(capacity, EventRow{});
        PathTrace trace;
        trace.prices = ledger.prices.data();
        trace.accounts = ledger.accounts.data();
        trace.outside = ledger.outside.data();
        trace.log = {ledger.events.data(), static_cast<std::int32_t>(capacity), 0};
        engine.trace(ledger.path, trace);
        auto const size = static_cast<std::size_t>(trace.log.size);
        if (size <= capacity) {
            ledger.events.resize(size);
            return;
        }
        capacity = size;
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
    ledger.prices.resize(ledger.num_rows * ledger.names.assets.size());
    ledger.accounts.resize(ledger.num_rows * ledger.names.accounts.size());
    ledger.outside.resize(ledger.num_rows * ledger.names.owners.size());
    ledger.outcomes = run_path(engine, path);
    trace_events(engine, ledger);
    return ledger;
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

std::string event_name(EventKind kind)
{
    switch (kind) {
        case EventKind::called:
            return "called";
        case EventKind::cured:
            return "cured";
        case EventKind::silent:
            return "silent";
        case EventKind::post_requested:
            return "post_requested";
        case EventKind::post_credited:
            return "post_credited";
        case EventKind::reduced:
            return "reduced";
        case EventKind::swapped:
            return "swapped";
        case EventKind::liquidated:
            return "liquidated";
        case EventKind::position_closed:
            return "position_closed";
        case EventKind::balance_sold:
            return "balance_sold";
        case EventKind::forfeited:
            return "forfeited";
        case EventKind::deficit:
            return "deficit";
        case EventKind::bankrupt:
            return "bankrupt";
    }
    return {};
}

std::string item_name(PathLedger const& ledger, EventRow const& event)
{
    if (event.item < 0)
        return {};
    auto const idx = static_cast<std::size_t>(event.item);
    switch (event.kind) {
        case EventKind::silent:
            return "response " + std::to_string(idx);
        case EventKind::reduced:
        case EventKind::position_closed:
            return ledger.names.instruments.at(idx);
        default:
            return ledger.names.assets.at(idx);
    }
}

}  // namespace brink
