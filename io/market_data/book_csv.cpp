// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/book_csv.hpp"

#include "io/config/spelling.hpp"
#include "io/market_data/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <unordered_map>
#include <utility>

namespace brink {
namespace {

enum Column : std::size_t {
    account,
    kind,
    owner,
    venue,
    mode,
    asset,
    instrument,
    amount,
    size,
    entry_price,
    leverage,
    margin,
    rate,
    num_columns,
};

constexpr std::array<std::string_view, num_columns> column_names{
    "account", "kind", "owner",       "venue",    "mode",   "asset", "instrument",
    "amount",  "size", "entry_price", "leverage", "margin", "rate"};

constexpr std::uint32_t bits(std::initializer_list<Column> columns)
{
    std::uint32_t mask = 0;
    for (Column const column : columns)
        mask |= 1U << column;
    return mask;
}

struct Kind {
    std::string_view name;
    std::uint32_t columns;  ///< bit per column that may be filled
};

constexpr std::uint32_t of_account = bits({account, kind, owner, venue, mode});
constexpr std::array<Kind, 4> kinds{{
    {"balance", of_account | bits({asset, amount})},
    {"position",
     of_account | bits({asset, instrument, amount, size, entry_price, leverage, margin})},
    {"loan", of_account | bits({asset, amount, rate})},
    {"reserve", bits({account, kind, owner, asset, amount})},
}};

/// Turns the rows of one table into accounts.
class BookParser {
    CsvTable const& table_;
    BookDefaults const& defaults_;
    Problems& problems_;
    std::array<std::optional<std::size_t>, num_columns> at_;
    std::vector<std::size_t> groups_;
    Book book_;
    std::unordered_map<std::string, std::size_t> accounts_, owners_;

  public:
    BookParser(CsvTable const& table, BookDefaults const& defaults, Problems& problems)
        : table_{table}, defaults_{defaults}, problems_{problems}
    {
        for (std::size_t i = 0; i < num_columns; ++i)
            at_[i] = table.column_of(column_names[i]);
        find_groups();
    }

    Book operator()()
    {
        for (Column const required : {account, kind})
            if (!at_[required])
                problems_.add({table_.file, std::max(table_.header_line, 1), 1,
                               std::string{column_names[required]}},
                              "column is missing",
                              "a book begins with a header such as account,kind,asset,amount",
                              ExitCode::data);
        if (!at_[account] || !at_[kind])
            return {};
        for (CsvRow const& row : table_.rows)
            add_row(row);
        for (ConfigNode& node : book_.accounts)
            give_defaults(node);
        return std::move(book_);
    }

  private:
    void find_groups()
    {
        std::vector<std::string> absent;
        for (std::size_t i = 0; i < num_columns; ++i)
            if (!at_[i])
                absent.emplace_back(column_names[i]);
        for (std::size_t i = 0; i < table_.header.size(); ++i) {
            std::string const& name = table_.header[i];
            if (std::find(column_names.begin(), column_names.end(), name) != column_names.end())
                continue;
            groups_.push_back(i);
            if (std::string const near = nearest(name, absent); !near.empty())
                problems_.warn({table_.file, table_.header_line, 1, name}, "is taken as a group",
                               fmt::format("did you mean the column {}?", near));
        }
    }

    [[nodiscard]] bool filled(CsvRow const& row, Column column) const
    {
        return at_[column] && !row.cells[*at_[column]].text.empty();
    }
    [[nodiscard]] std::string const& text(CsvRow const& row, Column column) const
    {
        return row.cells[*at_[column]].text;
    }
    [[nodiscard]] Where where(CsvRow const& row, Column column) const
    {
        Column const present = at_[column] ? column : kind;
        Where place = table_.where(row, *at_[present]);
        place.key = column_names[column];
        return place;
    }

    void report(CsvRow const& row, Column column, std::string reason, std::string suggestion = {})
    {
        problems_.add(where(row, column), std::move(reason), std::move(suggestion), ExitCode::data);
    }

    Kind const* kind_of(CsvRow const& row)
    {
        std::vector<std::string> known;
        for (Kind const& candidate : kinds) {
            if (candidate.name == text(row, kind))
                return &candidate;
            known.emplace_back(candidate.name);
        }
        report(row, kind, fmt::format("unknown kind \"{}\"", text(row, kind)),
               advise(text(row, kind), known, "kind"));
        return nullptr;
    }

    void add_row(CsvRow const& row)
    {
        Kind const* const row_kind = kind_of(row);
        if (row_kind == nullptr)
            return;
        for (std::size_t i = 0; i < num_columns; ++i)
            if ((row_kind->columns >> i & 1U) == 0 && filled(row, static_cast<Column>(i)))
                report(row, static_cast<Column>(i),
                       fmt::format("a {} has no {}", row_kind->name, column_names[i]),
                       "leave the cell empty");
        bool const is_reserve = row_kind->name == "reserve";
        Column const key = is_reserve && filled(row, owner) ? owner : account;
        if (!filled(row, key)) {
            report(row, account, "names no account");
            return;
        }
        if (is_reserve) {
            add_amount(row, owner_node(row, key), "reserve");
            return;
        }
        ConfigNode& node = account_node(row);
        if (row_kind->name == "balance")
            add_amount(row, node, "balances");
        else if (row_kind->name == "position")
            add_position(row, node);
        else
            add_loan(row, node);
    }

    ConfigNode& account_node(CsvRow const& row)
    {
        auto const [found, is_new] = accounts_.emplace(text(row, account), book_.accounts.size());
        if (is_new) {
            book_.accounts.push_back({ConfigNode::Table{}, where(row, account)});
            book_.accounts.back().set("name", {text(row, account), where(row, account)});
        }
        ConfigNode& node = book_.accounts[found->second];
        for (Column const column : {owner, venue, mode})
            if (filled(row, column))
                set_once(row, node, *at_[column]);
        for (std::size_t const column : groups_)
            if (!row.cells[column].text.empty())
                set_once(row, node.get_or_add("groups", table_.where(row, column)), column);
        return node;
    }

    /// A cell that speaks of the whole account: the same in each row that fills it.
    void set_once(CsvRow const& row, ConfigNode& node, std::size_t column)
    {
        std::string const& key = table_.header[column];
        ConfigNode const* const before = node.find(key);
        if (before == nullptr)
            node.set(key, {row.cells[column].text, table_.where(row, column)});
        else if (*before->text() != row.cells[column].text)
            problems_.add(table_.where(row, column),
                          fmt::format("\"{}\" contradicts \"{}\" of line {} of the same account",
                                      row.cells[column].text, *before->text(), before->where.line),
                          "", ExitCode::data);
    }

    ConfigNode& owner_node(CsvRow const& row, Column key)
    {
        auto const [found, is_new] = owners_.emplace(text(row, key), book_.reserves.size());
        if (is_new) {
            book_.reserves.push_back({ConfigNode::Table{}, where(row, key)});
            book_.reserves.back().set("name", {text(row, key), where(row, key)});
        }
        return book_.reserves[found->second];
    }

    void add_amount(CsvRow const& row, ConfigNode& node, std::string_view table)
    {
        auto value = number(row, amount, amount);
        if (!filled(row, asset))
            report(row, asset, "names no asset");
        if (!value || !filled(row, asset))
            return;
        ConfigNode& amounts = node.get_or_add(table, where(row, asset));
        if (ConfigNode const* const before = amounts.find(text(row, asset)))
            report(row, asset, fmt::format("{} is listed twice", text(row, asset)),
                   fmt::format("first in line {}", before->where.line));
        else
            amounts.set(text(row, asset), std::move(*value));
    }

    void add_position(CsvRow const& row, ConfigNode& node)
    {
        ConfigNode position{ConfigNode::Table{}, where(row, account)};
        Column const name = filled(row, instrument) || !filled(row, asset) ? instrument : asset;
        Column const quantity = filled(row, size) || !filled(row, amount) ? size : amount;
        if (filled(row, instrument) && filled(row, asset))
            report(row, asset, "a position names its instrument once", "leave the cell empty");
        if (filled(row, size) && filled(row, amount))
            report(row, amount, "a position gives its size once", "leave the cell empty");
        if (filled(row, name))
            position.set("instrument", {text(row, name), where(row, name)});
        else
            report(row, instrument, "names no instrument");
        put(row, position, "size", number(row, quantity, size));
        put(row, position, "entry_price", number(row, entry_price, entry_price));
        for (Column const column : {leverage, margin})
            if (filled(row, column))
                put(row, position, column_names[column], number(row, column, column));
        list(node, "positions", row).push_back(std::move(position));
    }

    void add_loan(CsvRow const& row, ConfigNode& node)
    {
        ConfigNode loan{ConfigNode::Table{}, where(row, account)};
        if (filled(row, asset))
            loan.set("asset", {text(row, asset), where(row, asset)});
        else
            report(row, asset, "names no asset");
        put(row, loan, "amount", number(row, amount, amount));
        if (filled(row, rate))
            put(row, loan, "rate", number(row, rate, rate));
        list(node, "loans", row).push_back(std::move(loan));
    }

    static void put(CsvRow const&, ConfigNode& node, std::string_view key,
                    std::optional<ConfigNode> value)
    {
        if (value)
            node.set(key, std::move(*value));
    }

    ConfigNode::Array& list(ConfigNode& node, std::string_view key, CsvRow const& row)
    {
        ConfigNode& found = node.get_or_add(key, where(row, kind));
        if (found.array() == nullptr)
            found.value = ConfigNode::Array{};
        return *found.array();
    }

    std::optional<ConfigNode> number(CsvRow const& row, Column column, Column wanted)
    {
        if (!filled(row, column)) {
            report(row, wanted,
                   fmt::format("a {} needs {}", text(row, kind), column_names[wanted]));
            return std::nullopt;
        }
        auto const value = read_csv_number(table_, row, *at_[column], problems_);
        return value ? std::optional{ConfigNode{*value, where(row, column)}} : std::nullopt;
    }

    void give_defaults(ConfigNode& node) const
    {
        node.set("named", {false, node.where});
        auto const give = [&](std::string_view key, ConfigNode const* value) {
            if (value != nullptr && node.find(key) == nullptr)
                node.set(key, *value);
        };
        give("owner", defaults_.owner);
        give("venue", defaults_.venue);
        give("mode", defaults_.mode);
    }
};

}  // namespace

Book parse_book(std::string_view text, std::string const& file, BookDefaults const& defaults,
                Problems& problems)
{
    CsvTable const table = parse_csv(text, file, problems);
    return BookParser{table, defaults, problems}();
}

}  // namespace brink
