// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

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

class CsvText {
    PathLedger const& ledger_;
    std::string text_;

    void add_time(std::string_view kind, std::size_t row)
    {
        double const seconds = ledger_.seconds(row);
        text_ += fmt::format("{},{},{},{},", kind, row, seconds,
                             format_instant(ledger_.as_of + static_cast<UnixSeconds>(seconds)));
    }

  public:
    explicit CsvText(PathLedger const& ledger) : ledger_{ledger}
    {
        text_ =
            "row,step,seconds,time,account,owner,margin_equity,initial_margin,"
            "maintenance_margin,nav,health,status,outside,topup_total,costs,event,item,amount,"
            "value,cost";
        for (std::string const& asset : ledger.names.assets)
            text_ += "," + cell("price:" + asset);
        text_ += "\n";
    }

    void add_state(std::size_t row, std::size_t i, LedgerStatus status)
    {
        TraceRow const& a = ledger_.account(row, i);
        auto const owner = static_cast<std::size_t>(ledger_.owner_of_accounts[i]);
        add_time("state", row);
        text_ +=
            fmt::format("{},{},{},{},{},{},{},{},{},{},{},,,,,", cell(ledger_.names.accounts[i]),
                        cell(ledger_.names.owners[owner]), a.margin_equity, a.initial_margin,
                        a.maintenance_margin, a.nav, a.health, status_name(status),
                        ledger_.owner_outside(row, owner), a.topup_total, a.costs);
        for (std::size_t asset = 0; asset < ledger_.names.assets.size(); ++asset)
            text_ += fmt::format(",{}", ledger_.price(row, asset));
        text_ += "\n";
    }

    void add_event(EventRow const& event)
    {
        auto const account = static_cast<std::size_t>(event.account);
        auto const owner = static_cast<std::size_t>(ledger_.owner_of_accounts[account]);
        add_time("event", static_cast<std::size_t>(event.step));
        text_ +=
            fmt::format("{},{},,,,,,,,,,{},{},{},{},{}", cell(ledger_.names.accounts[account]),
                        cell(ledger_.names.owners[owner]), event_name(event.kind),
                        cell(item_name(ledger_, event)), event.amount, event.value, event.cost);
        text_ += std::string(ledger_.names.assets.size(), ',') + "\n";
    }

    [[nodiscard]] std::string const& text() const { return text_; }
};

}  // namespace

std::string ledger_csv(PathLedger const& ledger)
{
    CsvText csv{ledger};
    auto const statuses = statuses_of(ledger);
    auto event = ledger.events.begin();
    for (std::size_t row = 0; row < ledger.num_rows; ++row) {
        for (; event != ledger.events.end() && static_cast<std::size_t>(event->step) == row;
             ++event)
            csv.add_event(*event);
        for (std::size_t i = 0; i < ledger.names.accounts.size(); ++i)
            csv.add_state(row, i, statuses[row * ledger.names.accounts.size() + i]);
    }
    return csv.text();
}

}  // namespace brink
