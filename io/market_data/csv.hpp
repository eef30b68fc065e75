// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/problem.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// One cell: its text without surrounding blanks and quotes, and where it begins.
struct CsvCell {
    std::string text;
    std::int32_t column{0};  ///< 1-based character of the line
};

struct CsvRow {
    std::int32_t line{0};
    std::vector<CsvCell> cells;  ///< as many as the header has
};

/// A table with a header. Comma separated, quotes as in RFC 4180; empty lines and lines that begin
/// with `#` are skipped; UTF-8 byte order mark and CRLF are accepted.
struct CsvTable {
    std::string file;
    std::int32_t header_line{0};
    std::vector<std::string> header;
    std::vector<CsvRow> rows;

    [[nodiscard]] std::optional<std::size_t> column_of(std::string_view name) const;
    /// Place of a cell; `key` names the column.
    [[nodiscard]] Where where(CsvRow const& row, std::size_t column) const;
};

/// Cells of one line, quotes as in RFC 4180; nothing where a quote does not end or text follows
/// one.
[[nodiscard]] std::optional<std::vector<CsvCell>> split_csv_line(std::string_view line,
                                                                 char delimiter);

/// Rows with too few or too many cells and columns named twice are problems with code 65; such rows
/// are left out.
[[nodiscard]] CsvTable parse_csv(std::string_view text, std::string const& file,
                                 Problems& problems);

/// The finite number of a cell, or a problem with code 65.
[[nodiscard]] std::optional<double> read_csv_number(CsvTable const& table, CsvRow const& row,
                                                    std::size_t column, Problems& problems);

}  // namespace brink
