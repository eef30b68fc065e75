// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/book_csv.hpp"

#include "io/market_data/book_row.hpp"
#include "io/market_data/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace brink {
namespace {

using enum BookColumn;

void put(ConfigNode& node, BookColumn key, std::optional<ConfigNode> value)
{
    if (value)
        node.set(name_of(key), std::move(*value));
}

/// Balances of an account or the reserve of an owner: each asset once.
void add_amount(BookRow const& row, ConfigNode& node, std::string_view table)
{
    auto value = row.number(amount, amount);
    if (!row.has(asset))
        row.report(asset, "names no asset");
    if (!value || !row.has(asset))
        return;
    ConfigNode& amounts = node.get_or_add(table, row.where(asset));
    if (ConfigNode const* const before = amounts.find(row.text(asset)))
        row.report(asset, fmt::format("{} is listed twice", row.text(asset)),
                   fmt::format("first in line {}", before->where.line));
    else
        amounts.set(row.text(asset), std::move(*value));
}

ConfigNode::Array& list(ConfigNode& node, std::string_view key, BookRow const& row)
{
    ConfigNode& found = node.get_or_add(key, row.where(kind));
    if (found.array() == nullptr)
        found.value = ConfigNode::Array{};
    return *found.array();
}

void add_position(BookRow const& row, ConfigNode& node)
{
    ConfigNode position{ConfigNode::Table{}, row.where(account)};
    BookColumn const name = row.has(instrument) || !row.has(asset) ? instrument : asset;
    BookColumn const quantity = row.has(size) || !row.has(amount) ? size : amount;
    if (row.has(instrument) && row.has(asset))
        row.report(asset, "a position names its instrument once", "leave the cell empty");
    if (row.has(size) && row.has(amount))
        row.report(amount, "a position gives its size once", "leave the cell empty");
    if (row.has(name))
        position.set("instrument", row.node(name));
    else
        row.report(instrument, "names no instrument");
    put(position, size, row.number(quantity, size));
    if (row.has(entry_price))
        put(position, entry_price, row.number(entry_price, entry_price));
    for (BookColumn const column : {leverage, margin})
        if (row.has(column))
            put(position, column, row.number(column, column));
    list(node, "positions", row).push_back(std::move(position));
}

void add_loan(BookRow const& row, ConfigNode& node)
{
    ConfigNode loan{ConfigNode::Table{}, row.where(account)};
    if (row.has(asset))
        loan.set("asset", row.node(asset));
    else
        row.report(asset, "names no asset");
    put(loan, amount, row.number(amount, amount));
    if (row.has(rate))
        put(loan, rate, row.number(rate, rate));
    list(node, "loans", row).push_back(std::move(loan));
}

/// Turns the rows of one table into accounts and reserves.
class BookParser {
    CsvTable const& table_;
    Problems& problems_;
    BookColumns columns_;
    Book book_;
    std::unordered_map<std::string, std::size_t> accounts_, owners_;

  public:
    BookParser(CsvTable const& table, Problems& problems)
        : table_{table}, problems_{problems}, columns_{table, problems}
    {}

    Book operator()()
    {
        for (BookColumn const required : {account, kind})
            if (!columns_[required])
                problems_.add({table_.file, std::max(table_.header_line, 1), 1,
                               std::string{name_of(required)}},
                              "column is missing",
                              "a book begins with a header such as account,kind,asset,amount",
                              ExitCode::data);
        if (columns_[account] && columns_[kind])
            for (CsvRow const& row : table_.rows)
                add_row({table_, row, columns_, problems_});
        return std::move(book_);
    }

  private:
    void add_row(BookRow const& row)
    {
        if (!row.check_kind())
            return;
        bool const is_reserve = row.text(kind) == "reserve";
        BookColumn const key = is_reserve && row.has(owner) ? owner : account;
        if (!row.has(key))
            row.report(account, "names no account");
        else if (is_reserve)
            add_amount(row, named_node(book_.reserves, owners_, row, key), "reserve");
        else
            add_holding(row, account_node(row));
    }

    static void add_holding(BookRow const& row, ConfigNode& node)
    {
        if (row.text(kind) == "balance")
            add_amount(row, node, "balances");
        else if (row.text(kind) == "position")
            add_position(row, node);
        else
            add_loan(row, node);
    }

    /// The node called like the cell, made on its first row.
    static ConfigNode& named_node(std::vector<ConfigNode>& nodes,
                                  std::unordered_map<std::string, std::size_t>& index,
                                  BookRow const& row, BookColumn key)
    {
        auto const [found, is_new] = index.emplace(row.text(key), nodes.size());
        if (is_new) {
            nodes.push_back({ConfigNode::Table{}, row.where(key)});
            nodes.back().set("name", row.node(key));
        }
        return nodes[found->second];
    }

    ConfigNode& account_node(BookRow const& row)
    {
        ConfigNode& node = named_node(book_.accounts, accounts_, row, account);
        for (BookColumn const column : {owner, venue, mode})
            if (row.has(column))
                set_once(row, node, *columns_[column]);
        for (std::size_t const column : columns_.groups())
            if (!row.cell(column).empty())
                set_once(row, node.get_or_add("groups", row.cell_where(column)), column);
        return node;
    }

    /// A cell that speaks of the whole account: the same in each row that fills it.
    void set_once(BookRow const& row, ConfigNode& node, std::size_t column)
    {
        ConfigNode const* const before = node.find(row.header(column));
        if (before == nullptr)
            node.set(row.header(column), {row.cell(column), row.cell_where(column)});
        else if (*before->text() != row.cell(column))
            problems_.add(row.cell_where(column),
                          fmt::format("\"{}\" contradicts \"{}\" of line {} of the same account",
                                      row.cell(column), *before->text(), before->where.line),
                          "", ExitCode::data);
    }
};

void give_defaults(ConfigNode& account_node, BookDefaults const& defaults)
{
    account_node.set("named", {false, account_node.where});
    auto const give = [&](std::string_view key, ConfigNode const* value) {
        if (value != nullptr && account_node.find(key) == nullptr)
            account_node.set(key, *value);
    };
    give("owner", defaults.owner);
    give("venue", defaults.venue);
    give("mode", defaults.mode);
}

}  // namespace

Book parse_book(std::string_view text, std::string const& file, BookDefaults const& defaults,
                Problems& problems)
{
    CsvTable const table = parse_csv(text, file, problems);
    Book book = BookParser{table, problems}();
    for (ConfigNode& node : book.accounts)
        give_defaults(node, defaults);
    return book;
}

}  // namespace brink
