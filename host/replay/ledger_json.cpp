// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "host/replay/ledger_output.hpp"
#include "io/config/instant.hpp"
#include "io/results/json.hpp"
#include "io/results/outcomes.hpp"

namespace brink {
namespace {

Json account_json(TraceRow const& account, LedgerStatus status)
{
    Json json;
    json["margin_equity"] = account.margin_equity;
    json["initial_margin"] = account.initial_margin;
    json["maintenance_margin"] = account.maintenance_margin;
    json["nav"] = account.nav;
    json["health"] = account.health;
    json["status"] = status_name(status);
    json["topup_total"] = account.topup_total;
    json["costs"] = account.costs;
    return json;
}

Json event_json(PathLedger const& ledger, EventRow const& event)
{
    Json json;
    json["event"] = event_name(event.kind);
    json["account"] = ledger.names.accounts[static_cast<std::size_t>(event.account)];
    json["item"] = item_name(ledger, event);
    json["amount"] = event.amount;
    json["value"] = event.value;
    json["cost"] = event.cost;
    return json;
}

Json step_json(PathLedger const& ledger, std::vector<LedgerStatus> const& statuses, std::size_t row)
{
    ProgramNames const& names = ledger.names;
    Json json;
    json["step"] = row;
    json["seconds"] = ledger.seconds(row);
    json["time"] = format_instant(ledger.as_of + static_cast<UnixSeconds>(ledger.seconds(row)));
    for (std::size_t i = 0; i < names.assets.size(); ++i)
        json["prices"][names.assets[i]] = ledger.price(row, i);
    for (std::size_t i = 0; i < names.accounts.size(); ++i)
        json["accounts"][names.accounts[i]] =
            account_json(ledger.account(row, i), statuses[row * names.accounts.size() + i]);
    for (std::size_t o = 0; o < names.owners.size(); ++o)
        json["outside"][names.owners[o]] = ledger.owner_outside(row, o);
    json["events"] = Json::array();
    return json;
}

}  // namespace

std::string ledger_json(PathLedger const& ledger)
{
    auto const statuses = statuses_of(ledger);
    Json json;
    json["path"] = ledger.path;
    json["numeraire"] = ledger.numeraire;
    json["steps"] = Json::array();
    for (std::size_t row = 0; row < ledger.num_rows; ++row)
        json["steps"].push_back(step_json(ledger, statuses, row));
    for (EventRow const& event : ledger.events)
        json["steps"][static_cast<std::size_t>(event.step)]["events"].push_back(
            event_json(ledger, event));
    for (std::size_t i = 0; i < outcome_list.size(); ++i)
        json["outcomes"][std::string{outcome_list[i].name}] = ledger.outcomes[i];
    json["invalid"] = ledger.outcomes[static_cast<std::size_t>(Column::invalid)] != 0;
    return json_line(json) + "\n";
}

}  // namespace brink
