// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <optional>

#include "host/replay/event_text.hpp"
#include "host/replay/ledger_output.hpp"
#include "io/config/instant.hpp"

namespace brink {
namespace {

/// A name as a CSV cell.
std::string cell(std::string const& text)
{
    if (text.find_first_of(",\"\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (char const c : text)
        quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    return quoted + "\"";
}

std::string cell(std::optional<double> number)
{
    return number ? fmt::format("{}", *number) : std::string{};
}

class CsvText {
    PathLedger const& ledger_;
    std::string text_;

    void add_place(std::string_view kind, std::size_t row, std::size_t account)
    {
        double const seconds = ledger_.seconds(row);
        auto const owner = static_cast<std::size_t>(ledger_.owner_of_accounts[account]);
        text_ +=
            fmt::format("{},{},{},{},{},{}", kind, row, seconds,
                        format_instant(ledger_.as_of + static_cast<UnixSeconds>(seconds)),
                        cell(ledger_.names.accounts[account]), cell(ledger_.names.owners[owner]));
    }

    /// Of a row that says nothing of prices and rates.
    void end_without_market()
    {
        ProgramNames const& names = ledger_.names;
        text_ += std::string(names.assets.size() + names.carry_factors.size(), ',') + "\n";
    }

  public:
    explicit CsvText(PathLedger const& ledger) : ledger_{ledger}
    {
        text_ =
            "row,step,seconds,time,account,owner,collateral_at_market,collateral,unrealised_pnl,"
            "debt,margin_equity,initial_margin,maintenance_margin,nav,health,status,outside,"
            "topup_total,fees_total,slippage_total,forfeited_total,funding_total,event,item,amount,"
            "price,value,fee,slippage,forfeited";
        for (std::string const& asset : ledger.names.assets)
            text_ += "," + cell("price:" + asset);
        for (std::string const& factor : ledger.names.carry_factors)
            text_ += "," + cell(factor);
        text_ += "\n";
    }

    /// What the venue's fund holds at t_0, before what the path brings and takes.
    void add_fund(FundLine const& fund)
    {
        text_ += fmt::format("fund,0,0,{},,,,,,,,,,,,,,,,,,,fund_opening,{},,,{},,,",
                             format_instant(ledger_.as_of), cell(fund.venue), fund.opening);
        end_without_market();
    }

    void add_state(std::size_t row, std::size_t i, LedgerStatus status)
    {
        TraceRow const& a = ledger_.account(row, i);
        add_place("state", row, i);
        for (double const number :
             {a.collateral_at_market, a.collateral, a.unrealised_pnl, a.debt, a.margin_equity,
              a.initial_margin, a.maintenance_margin, a.nav, a.health})
            text_ += fmt::format(",{}", number);
        auto const owner = static_cast<std::size_t>(ledger_.owner_of_accounts[i]);
        text_ += fmt::format(",{},{},{},{},{},{},{},,,,,,,,", status_name(status),
                             ledger_.owner_outside(row, owner), a.topup_total, a.fees, a.slippage,
                             a.forfeited, a.funding);
        for (std::size_t asset = 0; asset < ledger_.names.assets.size(); ++asset)
            text_ += fmt::format(",{}", ledger_.price(row, asset));
        for (std::size_t factor = 0; factor < ledger_.names.carry_factors.size(); ++factor)
            text_ += fmt::format(",{}", ledger_.carry_level(row, factor));
        text_ += "\n";
    }

    void add_event(EventRow const& event)
    {
        EventFields const fields = event_fields(event);
        add_place("event", static_cast<std::size_t>(event.step),
                  static_cast<std::size_t>(event.account));
        text_ += fmt::format(",,,,,,,,{},{},,,,,,,,{},{}", cell(fields.nav), cell(fields.health),
                             event_name(event.kind), cell(item_name(ledger_, event)));
        for (auto const& number : {fields.amount, fields.price, fields.value, fields.fee,
                                   fields.slippage, fields.forfeited})
            text_ += "," + cell(number);
        end_without_market();
    }

    [[nodiscard]] std::string const& text() const { return text_; }
};

}  // namespace

std::string ledger_csv(PathLedger const& ledger)
{
    CsvText csv{ledger};
    for (FundLine const& fund : fund_lines(ledger))
        csv.add_fund(fund);
    auto const statuses = statuses_of(ledger);
    std::size_t event = 0;
    for (std::size_t row = 0; row < ledger.num_rows; ++row) {
        for (; event < ledger.num_step_events
               && static_cast<std::size_t>(ledger.events[event].step) == row;
             ++event)
            csv.add_event(ledger.events[event]);
        for (std::size_t i = 0; i < ledger.names.accounts.size(); ++i)
            csv.add_state(row, i, statuses[row * ledger.names.accounts.size() + i]);
    }
    for (; event < ledger.events.size(); ++event)
        csv.add_event(ledger.events[event]);
    return csv.text();
}

}  // namespace brink
