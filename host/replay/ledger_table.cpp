// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "host/replay/event_text.hpp"
#include "host/replay/ledger_output.hpp"
#include "io/config/instant.hpp"
#include "io/results/number_text.hpp"
#include "io/results/outcomes.hpp"

namespace brink {
namespace {

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
        for (std::size_t i = 0; i < ledger_.names.carry_factors.size(); ++i)
            text_ += fmt::format("  {} {:.4g}", ledger_.names.carry_factors[i],
                                 ledger_.carry_level(row, i));
        text_ += "\n";
    }

    void add_account(std::size_t row, std::size_t i)
    {
        TraceRow const& account = ledger_.account(row, i);
        text_ += fmt::format(
            "  {:<{}}  balances {:>14}  collateral {:>14}  equity {:>14}  IM {:>13}  MM {:>13}  "
            "nav {:>14}  health {:>8}  {}\n",
            ledger_.names.accounts[i], name_width_, money_text(account.collateral_at_market),
            money_text(account.collateral), money_text(account.margin_equity),
            money_text(account.initial_margin), money_text(account.maintenance_margin),
            money_text(account.nav), health_text(account.health),
            status_name(statuses_[row * ledger_.names.accounts.size() + i]));
    }

    void add_event(EventRow const& event)
    {
        text_ += fmt::format("  * {}: {}\n",
                             ledger_.names.accounts[static_cast<std::size_t>(event.account)],
                             event_text(ledger_, event));
    }

    void add_events(std::size_t row)
    {
        for (std::size_t i = 0; i < ledger_.num_step_events; ++i)
            if (static_cast<std::size_t>(ledger_.events[i].step) == row)
                add_event(ledger_.events[i]);
    }

    void add_outcomes(std::size_t scope)
    {
        text_ += fmt::format("\nOutcomes of path {}, {} [{}, s, 1]\n", ledger_.path,
                             ledger_.names.scopes[scope], ledger_.numeraire);
        for (std::size_t i = 0; i < outcome_list.size(); ++i)
            text_ += fmt::format("  {:<24}{:.17g}\n", outcome_list[i].name,
                                 ledger_.outcome(scope, static_cast<Column>(i)));
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

    /// What becomes of deficits at the horizon.
    void add_waterfall()
    {
        text_ += "\nInsurance funds at the horizon\n";
        for (std::size_t i = ledger_.num_step_events; i < ledger_.events.size(); ++i)
            add_event(ledger_.events[i]);
        for (FundLine const& fund : fund_lines(ledger_))
            text_ += fmt::format("  {}: {} at first, inflow {}, draw {}, left {}; bad debt {}\n",
                                 fund.venue, money_text(fund.opening), money_text(fund.inflow),
                                 money_text(fund.draw), money_text(fund.closing),
                                 money_text(fund.bad_debt));
    }

    void add_outcomes()
    {
        for (std::size_t scope = 0; scope < ledger_.names.scopes.size(); ++scope)
            add_outcomes(scope);
        if (ledger_.outcome(0, Column::mark) != 0)
            text_ += "  invalid: a price left the representable range\n";
    }

    void add_origin()
    {
        LedgerOrigin const& origin = ledger_.origin;
        text_ += fmt::format("\nseed {}, {} arithmetic, scenario {}\n", origin.seed,
                             origin.arithmetic, origin.scenario_hash);
        if (!origin.result_arithmetic.empty() && origin.result_arithmetic != origin.arithmetic)
            text_ += fmt::format("the result: {} arithmetic\n", origin.result_arithmetic);
        if (!origin.result_scenario_hash.empty()
            && origin.result_scenario_hash != origin.scenario_hash)
            text_ += fmt::format("the result: scenario {}\n", origin.result_scenario_hash);
        for (Difference const& difference : ledger_.differences)
            text_ += "differs: " + difference_text(difference) + "\n";
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
    table.add_waterfall();
    table.add_outcomes();
    table.add_origin();
    return table.text();
}

}  // namespace brink
