// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace brink {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text)
{
    std::size_t const begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// Quoted cell at `at` (which stands on the quote); moves `at` behind it. Nothing without an end.
std::optional<std::string> take_quoted(std::string_view line, std::size_t& at)
{
    std::string text;
    for (++at; at < line.size(); ++at) {
        if (line[at] != '"') {
            text += line[at];
        } else if (at + 1 < line.size() && line[at + 1] == '"') {
            text += line[at++];
        } else {
            ++at;
            return text;
        }
    }
    return std::nullopt;
}

void set_header(CsvTable& table, std::vector<CsvCell> const& cells, std::int32_t line,
                Problems& problems)
{
    table.header_line = line;
    for (CsvCell const& cell : cells) {
        Where const where{table.file, line, cell.column, cell.text};
        if (cell.text.empty())
            problems.add(where, "a column has no name", "", ExitCode::data);
        else if (table.column_of(cell.text))
            problems.add(where, fmt::format("column \"{}\" stands twice", cell.text), "",
                         ExitCode::data);
        table.header.push_back(cell.text);
    }
}

void add_row(CsvTable& table, std::vector<CsvCell> cells, std::int32_t line, Problems& problems)
{
    if (cells.size() == table.header.size())
        table.rows.push_back({line, std::move(cells)});
    else
        problems.add(
            {table.file, line, 1, {}},
            fmt::format("has {} cells, the header has {}", cells.size(), table.header.size()),
            "leave unused cells empty, but keep the commas", ExitCode::data);
}

}  // namespace

std::optional<std::vector<CsvCell>> split_csv_line(std::string_view line, char delimiter)
{
    std::vector<CsvCell> cells;
    std::size_t at = 0;
    while (true) {
        std::size_t const start =
            std::min(line.find_first_not_of(delimiter == '\t' ? " " : " \t", at), line.size());
        CsvCell cell{{}, static_cast<std::int32_t>(start) + 1};
        std::size_t end = std::min(line.find(delimiter, start), line.size());
        if (start < line.size() && line[start] == '"') {
            at = start;
            auto text = take_quoted(line, at);
            end = std::min(line.find(delimiter, at), line.size());
            if (!text || !trimmed(line.substr(at, end - at)).empty())
                return std::nullopt;
            cell.text = std::move(*text);
        } else {
            cell.text = trimmed(line.substr(start, end - start));
        }
        cells.push_back(std::move(cell));
        if (end == line.size())
            return cells;
        at = end + 1;
    }
}

std::optional<std::size_t> CsvTable::column_of(std::string_view name) const
{
    auto const found = std::find(header.begin(), header.end(), name);
    if (found == header.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

Where CsvTable::where(CsvRow const& row, std::size_t column) const
{
    return {file, row.line, row.cells[column].column, header[column]};
}

CsvTable parse_csv(std::string_view text, std::string const& file, Problems& problems)
{
    CsvTable table;
    table.file = file;
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    for (std::int32_t number = 1; !text.empty(); ++number) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        std::string_view const line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (trimmed(line).empty() || line.front() == '#')
            continue;
        auto cells = split_csv_line(line, ',');
        if (!cells)
            problems.add({file, number, 1, {}}, "a quote does not end where its cell does", "",
                         ExitCode::data);
        else if (table.header.empty())
            set_header(table, *cells, number, problems);
        else
            add_row(table, std::move(*cells), number, problems);
    }
    return table;
}

std::optional<double> read_csv_number(CsvTable const& table, CsvRow const& row, std::size_t column,
                                      Problems& problems)
{
    std::string const& text = row.cells[column].text;
    double value = 0;
    char const* const begin = text.data() + (text.starts_with('+') ? 1 : 0);
    auto const result = std::from_chars(begin, text.data() + text.size(), value);
    if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) {
        problems.add(table.where(row, column), fmt::format("\"{}\" is not a number", text), "",
                     ExitCode::data);
        return std::nullopt;
    }
    if (!std::isfinite(value)) {
        problems.add(table.where(row, column), fmt::format("must be a finite number, is {}", text),
                     "", ExitCode::data);
        return std::nullopt;
    }
    return value;
}

}  // namespace brink
