// SPDX-License-Identifier: Apache-2.0
#include "host/assess/assess_json.hpp"

#include "host/assess/assess.hpp"

#include <cmath>

namespace brink {
namespace {

using Json = nlohmann::ordered_json;

Json json_number(double value)
{
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}
Json json_number(std::optional<double> value)
{
    return value ? json_number(*value) : Json(nullptr);
}

Json to_json(HoldingLine const& line)
{
    return {{"asset", line.asset},
            {"balance", line.balance},
            {"debt", line.debt},
            {"price", line.price},
            {"market_value", line.market_value},
            {"collateral_value", line.collateral_value}};
}

Json to_json(PositionLine const& line)
{
    return {{"instrument", line.instrument},
            {"size", line.size},
            {"entry_price", line.entry_price},
            {"mark_price", line.mark_price},
            {"notional", line.notional},
            {"unrealised_pnl", line.unrealised_pnl},
            {"initial_margin", line.initial_margin},
            {"maintenance_margin", line.maintenance_margin},
            {"bracket", line.bracket},
            {"on_grid", line.is_on_grid}};
}

Json to_json(TermLine const& line)
{
    return {{"of", name_of(line.part)},
            {"subject", line.subject},
            {"formula", line.formula},
            {"value", json_number(line.value)}};
}

Json to_json(PriceLine const& line)
{
    return {{"asset", line.asset},
            {"price", line.price},
            {"call_below", json_number(line.call.below)},
            {"call_above", json_number(line.call.above)},
            {"liquidation_below", json_number(line.liquidation.below)},
            {"liquidation_above", json_number(line.liquidation.above)}};
}

Json to_json(RequiredCash const& cash)
{
    return {{"asset", cash.asset.empty() ? Json(nullptr) : Json(cash.asset)},
            {"amount", json_number(cash.amount)},
            {"value", cash.amount ? json_number(cash.value) : Json(nullptr)},
            {"exclusive", cash.is_exclusive}};
}

Json to_json(TopUpLine const& line)
{
    return {{"asset", line.asset},
            {"target_health", line.target_health},
            {"amount", json_number(line.amount)},
            {"value", line.amount ? json_number(line.value) : Json(nullptr)},
            {"reserve", line.reserve},
            {"covered", line.is_covered}};
}

template<class Line>
Json list(std::vector<Line> const& lines)
{
    Json rows = Json::array();
    for (Line const& line : lines)
        rows.push_back(to_json(line));
    return rows;
}

}  // namespace

Json to_json(AccountReport const& account)
{
    return {
        {"account", account.account},
        {"owner", account.owner},
        {"venue", account.venue},
        {"status", name_of(account.status)},
        {"health", json_number(account.health)},
        {"margin_equity", json_number(account.margin_equity)},
        {"initial_margin", json_number(account.initial_margin)},
        {"maintenance_margin", json_number(account.maintenance_margin)},
        {"nav", json_number(account.nav)},
        {"distance_to_call", json_number(account.margin_equity - account.call_level)},
        {"distance_to_liquidation", json_number(account.margin_equity - account.liquidation_level)},
        {"holdings", list(account.holdings)},
        {"positions", list(account.positions)},
        {"terms", list(account.terms)},
        {"prices", list(account.prices)},
        {"required_cash", to_json(account.required_cash)},
        {"top_ups", list(account.top_ups)}};
}

Json to_json(std::vector<AssetPrice> const& prices)
{
    Json object = Json::object();
    for (AssetPrice const& price : prices)
        object[price.asset] = price.price;
    return object;
}

std::string assess_json(AssessReport const& report)
{
    Json accounts = Json::array();
    for (AccountReport const& account : report.accounts)
        accounts.push_back(to_json(account));
    Json const object{{"scenario", report.name},         {"numeraire", report.numeraire},
                      {"as_of", report.as_of},           {"prices", to_json(report.prices)},
                      {"nav", json_number(report.nav)},  {"reserve", json_number(report.reserve)},
                      {"accounts", std::move(accounts)}, {"assumptions", report.assumptions}};
    return object.dump() + '\n';
}

}  // namespace brink
