// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/book_row.hpp"

#include "io/config/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace brink {
namespace {

using enum BookColumn;

constexpr std::array<std::string_view, num_book_columns> column_names{
    "account", "kind", "owner",       "venue",    "mode",   "asset", "instrument",
    "amount",  "size", "entry_price", "leverage", "margin", "rate"};

constexpr std::uint32_t bits(std::initializer_list<BookColumn> columns)
{
    std::uint32_t mask = 0;
    for (BookColumn const column : columns)
        mask |= 1U << static_cast<std::size_t>(column);
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

}  // namespace

std::string_view name_of(BookColumn column)
{
    return column_names[static_cast<std::size_t>(column)];
}

BookColumns::BookColumns(CsvTable const& table, Problems& problems)
{
    std::vector<std::string> absent;
    for (std::size_t i = 0; i < num_book_columns; ++i) {
        at_[i] = table.column_of(column_names[i]);
        if (!at_[i])
            absent.emplace_back(column_names[i]);
    }
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        std::string const& name = table.header[i];
        if (std::find(column_names.begin(), column_names.end(), name) != column_names.end())
            continue;
        groups_.push_back(i);
        if (std::string const near = nearest(name, absent); !near.empty())
            problems.warn({table.file, table.header_line, 1, name}, "is taken as a group",
                          fmt::format("did you mean the column {}?", near));
    }
}

bool BookRow::has(BookColumn column) const
{
    auto const at = columns_[column];
    return at && !row_.cells[*at].text.empty();
}

std::string const& BookRow::text(BookColumn column) const
{
    return row_.cells[*columns_[column]].text;
}

Where BookRow::where(BookColumn column) const
{
    Where place = table_.where(row_, *columns_[columns_[column] ? column : kind]);
    place.key = name_of(column);
    return place;
}

std::optional<ConfigNode> BookRow::number(BookColumn column, BookColumn wanted) const
{
    if (!has(column)) {
        report(wanted, fmt::format("a {} needs {}", text(kind), name_of(wanted)));
        return std::nullopt;
    }
    auto const value = read_csv_number(table_, row_, *columns_[column], problems_);
    return value ? std::optional{ConfigNode{*value, where(column)}} : std::nullopt;
}

void BookRow::report(BookColumn column, std::string reason, std::string suggestion) const
{
    problems_.add(where(column), std::move(reason), std::move(suggestion), ExitCode::data);
}

bool BookRow::check_kind() const
{
    auto const found = std::find_if(kinds.begin(), kinds.end(),
                                    [&](Kind const& known) { return known.name == text(kind); });
    if (found == kinds.end()) {
        std::vector<std::string> known;
        for (Kind const& candidate : kinds)
            known.emplace_back(candidate.name);
        report(kind, fmt::format("unknown kind \"{}\"", text(kind)),
               advise(text(kind), known, "kind"));
        return false;
    }
    for (std::size_t i = 0; i < num_book_columns; ++i) {
        auto const column = static_cast<BookColumn>(i);
        if ((found->columns >> i & 1U) == 0 && has(column))
            report(column, fmt::format("a {} has no {}", found->name, name_of(column)),
                   "leave the cell empty");
    }
    return true;
}

}  // namespace brink
