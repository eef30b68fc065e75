// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "host/replay/ledger_output.hpp"
#include "io/config/instant.hpp"
#include "io/results/number_text.hpp"
#include "io/results/outcomes.hpp"

namespace brink {
namespace {

std::string health_text(double health)
{
    return std::isinf(health) && health > 0 ? "inf" : fmt::format("{:.3f}", health);
}

/// An event as a sentence, in the numeraire where no coin is named.
std::string event_text(PathLedger const& ledger, EventRow const& event)
{
    std::string const item = item_name(ledger, event);
    std::string const value = money_text(event.value);
    std::string const cost = fmt::format(", cost {}", money_text(event.cost));
    std::string const coins = fmt::format("{:.6g} {} worth {}", event.amount, item, value);
    std::string const share =
        fmt::format("{:.4g} % of {}, notional {}", 100 * event.amount, item, value);
    switch (event.kind) {
        case EventKind::called:
            return fmt::format("margin call at health {}", health_text(event.value));
        case EventKind::cured:
            return fmt::format("healthy again at {}", health_text(event.value));
        case EventKind::silent:
            return fmt::format("no answer from {}", item);
        case EventKind::post_requested:
            return fmt::format("sends {}{}", coins, cost);
        case EventKind::post_credited:
            return fmt::format("credited with {}", coins);
        case EventKind::reduced:
            return fmt::format("closes {}{}", share, cost);
        case EventKind::swapped:
            return fmt::format("swaps {}{}", coins, cost);
        case EventKind::liquidated:
            return fmt::format("liquidation at nav {}", value);
        case EventKind::position_closed:
            return fmt::format("liquidated {}{}", share, cost);
        case EventKind::balance_sold:
            return fmt::format("sold by force {}{}", coins, cost);
        case EventKind::forfeited:
            return fmt::format("forfeits {} to the fund", value);
        case EventKind::deficit:
            return fmt::format("deficit of {}", value);
        case EventKind::bankrupt:
            return fmt::format("bankrupt at nav {}", value);
    }
    return {};
}

class TableText {
    PathLedger const& ledger_;
    std::vector<LedgerStatus> statuses_;
    std::size_t name_width_{5};
    std::string text_;

    void add_prices(std::size_t row)
    {
        text_ += fmt::format(
            "step {:<5} {}  {:<8}", row,
            format_instant(ledger_.as_of + static_cast<UnixSeconds>(ledger_.seconds(row))),
            duration_text(ledger_.seconds(row)));
        for (std::size_t i = 0; i < ledger_.names.assets.size(); ++i)
            text_ += fmt::format("  {} {:.6g}", ledger_.names.assets[i], ledger_.price(row, i));
        text_ += "\n";
    }

    void add_account(std::size_t row, std::size_t i)
    {
        TraceRow const& account = ledger_.account(row, i);
        text_ += fmt::format(
            "  {:<{}}  equity {:>14}  IM {:>13}  MM {:>13}  nav {:>14}  health "
            "{:>8}  {}\n",
            ledger_.names.accounts[i], name_width_, money_text(account.margin_equity),
            money_text(account.initial_margin), money_text(account.maintenance_margin),
            money_text(account.nav), health_text(account.health),
            status_name(statuses_[row * ledger_.names.accounts.size() + i]));
    }

    void add_events(std::size_t row)
    {
        for (EventRow const& event : ledger_.events)
            if (static_cast<std::size_t>(event.step) == row)
                text_ += fmt::format(
                    "  * {}: {}\n", ledger_.names.accounts[static_cast<std::size_t>(event.account)],
                    event_text(ledger_, event));
    }

  public:
    explicit TableText(PathLedger const& ledger) : ledger_{ledger}, statuses_{statuses_of(ledger)}
    {
        for (std::string const& name : ledger.names.accounts)
            name_width_ = std::max(name_width_, name.size());
    }

    void add_step(std::size_t row)
    {
        add_prices(row);
        add_events(row);
        for (std::size_t i = 0; i < ledger_.names.accounts.size(); ++i)
            add_account(row, i);
        for (std::size_t o = 0; o < ledger_.names.owners.size(); ++o)
            text_ +=
                fmt::format("  reserve and posts under way of {}: {}\n", ledger_.names.owners[o],
                            money_text(ledger_.owner_outside(row, o)));
    }

    void add_outcomes()
    {
        text_ += fmt::format("\nOutcomes of path {} [{}, s, 1]\n", ledger_.path, ledger_.numeraire);
        for (std::size_t i = 0; i < outcome_list.size(); ++i)
            text_ += fmt::format("  {:<24}{:.17g}\n", outcome_list[i].name, ledger_.outcomes[i]);
        if (ledger_.outcomes[static_cast<std::size_t>(Column::invalid)] != 0)
            text_ += "  invalid: a price left the representable range\n";
    }

    [[nodiscard]] std::string const& text() const { return text_; }
};

}  // namespace

std::string ledger_table(PathLedger const& ledger, LedgerSteps steps)
{
    std::set<std::size_t> shown{0, ledger.num_rows - 1};
    for (EventRow const& event : ledger.events)
        shown.insert(static_cast<std::size_t>(event.step));
    TableText table{ledger};
    for (std::size_t row = 0; row < ledger.num_rows; ++row)
        if (steps == LedgerSteps::all || shown.contains(row))
            table.add_step(row);
    table.add_outcomes();
    return table.text();
}

}  // namespace brink
