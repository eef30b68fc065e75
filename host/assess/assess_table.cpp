// SPDX-License-Identifier: Apache-2.0
#include "host/assess/assess.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

/// Rows of cells under a head, the first column to the left and the next ones to the right; from
/// column `text_from` on, to the left again.
class TextTable {
    std::vector<std::vector<std::string>> rows_;
    std::size_t text_from_;

  public:
    explicit TextTable(std::vector<std::string> head, std::size_t text_from = ~std::size_t{0})
        : rows_{std::move(head)}, text_from_{text_from}
    {}
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

    [[nodiscard]] std::string text() const
    {
        std::string text;
        for (auto const& row : rows_) {
            text += fmt::format("  {:<{}}", row[0], width(0));
            for (std::size_t c = 1; c < row.size(); ++c)
                text += c < text_from_       ? fmt::format("  {:>{}}", row[c], width(c))
                        : c + 1 < row.size() ? fmt::format("  {:<{}}", row[c], width(c))
                                             : "  " + row[c];
            text += '\n';
        }
        return rows_.size() > 1 ? text : std::string{};
    }

  private:
    [[nodiscard]] std::size_t width(std::size_t column) const
    {
        std::size_t widest = 0;
        for (auto const& row : rows_)
            widest = std::max(widest, row[column].size());
        return widest;
    }
};

std::string money(double value)
{
    return fmt::format("{:.2f}", value);
}
std::string amount(double value)
{
    return fmt::format("{:.8g}", value);
}
std::string price(std::optional<double> value)
{
    return value ? fmt::format("{:.8g}", *value) : "none";
}
std::string health(double value)
{
    return std::isinf(value) ? "no requirement" : fmt::format("{:.4f}", value);
}

std::string holdings_of(AccountReport const& account)
{
    TextTable table{{"holding", "balance", "debt", "price", "market value", "collateral value"}};
    for (HoldingLine const& line : account.holdings)
        table.add({line.asset, amount(line.balance), amount(line.debt), amount(line.price),
                   money(line.market_value), money(line.collateral_value)});
    return table.text();
}

std::string positions_of(AccountReport const& account)
{
    TextTable table{
        {"position", "size", "entry", "mark", "notional", "P&L", "IM", "MM", "bracket"}};
    for (PositionLine const& line : account.positions)
        table.add({line.instrument, amount(line.size),
                   line.entry_price > 0.0 ? amount(line.entry_price) : "-", amount(line.mark_price),
                   money(line.notional), money(line.unrealised_pnl),
                   line.is_on_grid ? "grid" : money(line.initial_margin),
                   line.is_on_grid ? "grid" : money(line.maintenance_margin),
                   line.bracket > 0 ? std::to_string(line.bracket) : "-"});
    return table.text();
}

std::string prices_of(AccountReport const& account)
{
    TextTable table{
        {"asset", "price", "call below", "call above", "liquidation below", "liquidation above"}};
    for (PriceLine const& line : account.prices)
        table.add({line.asset, price(line.price), price(line.call.below), price(line.call.above),
                   price(line.liquidation.below), price(line.liquidation.above)});
    return table.text();
}

std::string top_ups_of(AccountReport const& account)
{
    TextTable table{{"top-up to target", "health", "amount", "value", "reserve", "covered"}};
    for (TopUpLine const& line : account.top_ups)
        table.add({line.asset, fmt::format("{:g}", line.target_health),
                   line.amount ? amount(*line.amount) : "no amount does",
                   line.amount ? money(line.value) : "", amount(line.reserve),
                   line.is_covered ? "yes" : "no"});
    return table.text();
}

std::string required_cash_of(RequiredCash const& cash)
{
    if (!cash.amount)
        return fmt::format("  cash to the call level: no amount of {} or its other coins does\n",
                           cash.asset);
    return fmt::format("  cash to the call level: {}{} {}, worth {}\n",
                       cash.is_exclusive ? "more than " : "", amount(*cash.amount), cash.asset,
                       money(cash.value));
}

/// Each total with its terms, and what health is made of.
std::string terms_of(AccountReport const& account)
{
    TextTable table{{"part", "value", "of", "computed as"}, 2};
    for (TermLine const& line : account.terms)
        table.add({std::string{name_of(line.part)}, money(line.value), line.subject, line.formula});
    if (!(account.maintenance_margin > 0.0))
        return table.text();
    return table.text()
           + fmt::format("  health = {} / {} = {}\n", money(account.margin_equity),
                         money(account.maintenance_margin), health(account.health));
}

std::string block_of(AccountReport const& account, AssessDetail detail)
{
    std::string text = fmt::format(
        "\n{} ({} at {}): {}\n  health {}  margin equity {}  IM {}  MM {}  nav {}\n",
        account.account, account.owner, account.venue, name_of(account.status),
        health(account.health), money(account.margin_equity), money(account.initial_margin),
        money(account.maintenance_margin), money(account.nav));
    return text + required_cash_of(account.required_cash) + holdings_of(account)
           + positions_of(account) + (detail == AssessDetail::terms ? terms_of(account) : "")
           + prices_of(account) + top_ups_of(account);
}

}  // namespace

std::string assess_table(AssessReport const& report, AssessDetail detail)
{
    std::string text =
        fmt::format("{} at {}, in {}: nav {}, reserve {}\n", report.name, report.as_of,
                    report.numeraire, money(report.nav), money(report.reserve));
    for (AccountReport const& account : report.accounts)
        text += block_of(account, detail);
    for (std::string const& assumption : report.assumptions)
        text += fmt::format("\nassumption: {}", assumption);
    return text + (report.assumptions.empty() ? "" : "\n");
}

}  // namespace brink
