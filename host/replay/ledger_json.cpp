// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "host/replay/event_text.hpp"
#include "host/replay/ledger_output.hpp"
#include "io/config/instant.hpp"
#include "io/results/json.hpp"
#include "io/results/outcomes.hpp"

namespace brink {
namespace {

Json text_or_null(std::string const& text)
{
    return text.empty() ? Json{} : Json(text);
}

Json outcomes_json(PathLedger const& ledger, std::size_t scope)
{
    Json json;
    for (std::size_t i = 0; i < outcome_list.size(); ++i)
        json[std::string{outcome_list[i].name}] = ledger.outcome(scope, static_cast<Column>(i));
    return json;
}

/// Puts the rows of a ledger together, step by step.
class JsonSteps {
    PathLedger const& ledger_;
    std::vector<LedgerStatus> statuses_;
    std::size_t holding_{0};   ///< next in the ledger's rows of holdings ...
    std::size_t position_{0};  ///< ... and of positions

  public:
    explicit JsonSteps(PathLedger const& ledger) : ledger_{ledger}, statuses_{statuses_of(ledger)}
    {}

    Json operator()()
    {
        Json steps = Json::array();
        for (std::size_t row = 0; row < ledger_.num_rows; ++row)
            steps.push_back(step(row));
        for (EventRow const& event : ledger_.events)
            steps[static_cast<std::size_t>(event.step)]["events"].push_back(event_row(event));
        return steps;
    }

  private:
    Json step(std::size_t row)
    {
        ProgramNames const& names = ledger_.names;
        Json json;
        json["step"] = row;
        json["seconds"] = ledger_.seconds(row);
        json["time"] =
            format_instant(ledger_.as_of + static_cast<UnixSeconds>(ledger_.seconds(row)));
        for (std::size_t i = 0; i < names.assets.size(); ++i)
            json["prices"][names.assets[i]] = ledger_.price(row, i);
        for (std::size_t i = 0; i < names.carry_factors.size(); ++i)
            json["rates"][names.carry_factors[i]] = ledger_.carry_level(row, i);
        for (std::size_t i = 0; i < names.accounts.size(); ++i)
            json["accounts"][names.accounts[i]] = account(row, i);
        for (std::size_t o = 0; o < names.owners.size(); ++o)
            json["outside"][names.owners[o]] = ledger_.owner_outside(row, o);
        json["events"] = Json::array();
        return json;
    }

    Json account(std::size_t row, std::size_t i)
    {
        TraceRow const& a = ledger_.account(row, i);
        Json json;
        json["collateral_at_market"] = a.collateral_at_market;
        json["collateral"] = a.collateral;
        json["unrealised_pnl"] = a.unrealised_pnl;
        json["debt"] = a.debt;
        json["margin_equity"] = a.margin_equity;
        json["initial_margin"] = a.initial_margin;
        json["maintenance_margin"] = a.maintenance_margin;
        json["nav"] = a.nav;
        json["health"] = a.health;
        json["status"] = status_name(statuses_[row * ledger_.names.accounts.size() + i]);
        json["topup_total"] = a.topup_total;
        json["fees_total"] = a.fees;
        json["slippage_total"] = a.slippage;
        json["forfeited_total"] = a.forfeited;
        json["funding_total"] = a.funding;
        add_contents(json, i);
        return json;
    }

    void add_contents(Json& json, std::size_t i)
    {
        ProgramNames const& names = ledger_.names;
        json["balances"] = Json::object();
        json["debts"] = Json::object();
        json["positions"] = Json::object();
        for (std::int32_t const asset : names.holding_assets[i]) {
            HoldingRow const& holding = ledger_.holdings[holding_++];
            std::string const& name = names.assets[static_cast<std::size_t>(asset)];
            json["balances"][name] = holding.balance;
            if (holding.owed != 0)
                json["debts"][name] = holding.owed;
        }
        for (std::int32_t const instrument : names.position_instruments[i])
            json["positions"][names.instruments[static_cast<std::size_t>(instrument)]] =
                ledger_.contracts[position_++];
    }

    [[nodiscard]] Json event_row(EventRow const& event) const
    {
        EventFields const fields = event_fields(event);
        Json json;
        json["event"] = event_name(event.kind);
        json["account"] = ledger_.names.accounts[static_cast<std::size_t>(event.account)];
        json["item"] = item_name(ledger_, event);
        auto const add = [&json](char const* name, std::optional<double> const& number) {
            if (number)
                json[name] = *number;
        };
        add("health", fields.health);
        add("nav", fields.nav);
        add("amount", fields.amount);
        add("price", fields.price);
        add("value", fields.value);
        add("fee", fields.fee);
        add("slippage", fields.slippage);
        add("forfeited", fields.forfeited);
        return json;
    }
};

void add_origin(Json& json, PathLedger const& ledger)
{
    json["path"] = ledger.path;
    json["seed"] = std::to_string(ledger.origin.seed);
    json["scenario_hash"] = ledger.origin.scenario_hash;
    json["arithmetic"] = ledger.origin.arithmetic;
    json["result_scenario_hash"] = text_or_null(ledger.origin.result_scenario_hash);
    json["result_arithmetic"] = text_or_null(ledger.origin.result_arithmetic);
    json["differences"] = Json::array();
    for (Difference const& difference : ledger.differences) {
        Json row;
        row["scope"] = difference.scope;
        row["outcome"] = difference.outcome;
        row["recorded"] = difference.recorded;
        row["regenerated"] = difference.regenerated;
        json["differences"].push_back(row);
    }
    json["numeraire"] = ledger.numeraire;
}

void add_funds(Json& json, PathLedger const& ledger)
{
    for (FundLine const& fund : fund_lines(ledger)) {
        Json& row = json["insurance_funds"][fund.venue];
        row["opening"] = fund.opening;
        row["inflow"] = fund.inflow;
        row["draw"] = fund.draw;
        row["closing"] = fund.closing;
        row["bad_debt"] = fund.bad_debt;
    }
}

}  // namespace

std::string ledger_json(PathLedger const& ledger)
{
    Json json;
    add_origin(json, ledger);
    json["steps"] = JsonSteps{ledger}();
    add_funds(json, ledger);
    json["outcomes"] = outcomes_json(ledger, 0);
    json["scopes"] = Json::object();
    for (std::size_t scope = 1; scope < ledger.names.scopes.size(); ++scope)
        json["scopes"][ledger.names.scopes[scope]] = outcomes_json(ledger, scope);
    json["invalid"] = ledger.outcome(0, Column::mark) != 0;
    return json_line(json) + "\n";
}

}  // namespace brink
