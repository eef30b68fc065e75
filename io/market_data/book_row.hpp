// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"
#include "io/market_data/csv.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// Columns of a book that have a meaning; every other is a group.
enum class BookColumn : std::size_t {
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
};

inline constexpr std::size_t num_book_columns = 13;

/// What the column is called, in the order of BookColumn.
[[nodiscard]] std::string_view name_of(BookColumn column);

/// Where the columns of one file are.
class BookColumns {
    std::array<std::optional<std::size_t>, num_book_columns> at_;
    std::vector<std::size_t> groups_;

  public:
    /// Warns of groups that are nearly called like a missing column.
    BookColumns(CsvTable const& table, Problems& problems);

    [[nodiscard]] std::optional<std::size_t> operator[](BookColumn column) const
    {
        return at_[static_cast<std::size_t>(column)];
    }
    [[nodiscard]] std::vector<std::size_t> const& groups() const { return groups_; }
};

/// One row of a book, seen through its columns. All arguments must outlive it.
class BookRow {
    CsvTable const& table_;
    CsvRow const& row_;
    BookColumns const& columns_;
    Problems& problems_;

  public:
    BookRow(CsvTable const& table, CsvRow const& row, BookColumns const& columns,
            Problems& problems)
        : table_{table}, row_{row}, columns_{columns}, problems_{problems}
    {}

    [[nodiscard]] bool has(BookColumn column) const;
    /// Text of a column that the file has.
    [[nodiscard]] std::string const& text(BookColumn column) const;
    /// Place of the cell; of the kind where the file has no such column.
    [[nodiscard]] Where where(BookColumn column) const;
    /// Text and place of the cell.
    [[nodiscard]] ConfigNode node(BookColumn column) const { return {text(column), where(column)}; }
    /// The number in `column`, or nothing with a problem that names `wanted`.
    [[nodiscard]] std::optional<ConfigNode> number(BookColumn column, BookColumn wanted) const;
    void report(BookColumn column, std::string reason, std::string suggestion = {}) const;

    /// Whether the kind is known and every cell that it does not use is empty; else reported (an
    /// unknown kind returns false).
    [[nodiscard]] bool check_kind() const;

    [[nodiscard]] std::string const& cell(std::size_t column) const
    {
        return row_.cells[column].text;
    }
    [[nodiscard]] std::string const& header(std::size_t column) const
    {
        return table_.header[column];
    }
    [[nodiscard]] Where cell_where(std::size_t column) const { return table_.where(row_, column); }
};

}  // namespace brink
