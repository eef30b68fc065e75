// SPDX-License-Identifier: Apache-2.0
#include "io/config/instant.hpp"
#include "io/market_data/history_layout.hpp"
#include "io/market_data/history_time.hpp"
#include "io/market_data/raw_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace brink {
namespace {

/// Cells that say that there is no price.
constexpr std::array<std::string_view, 6> missing_words{"", "nan", "NaN", "null", "NA", "N/A"};

/// Collects the problems of one file; beyond a number they are only counted.
class FileProblems {
    HistorySource const& source_;
    Problems& problems_;
    std::size_t count_{0};

  public:
    FileProblems(HistorySource const& source, Problems& problems)
        : source_{source}, problems_{problems}
    {}
    FileProblems(FileProblems const&) = delete;
    FileProblems& operator=(FileProblems const&) = delete;
    ~FileProblems()
    {
        if (count_ > most_problems_per_file)
            problems_.add({source_.file, 0, 0, {}},
                          fmt::format("{} more like these", count_ - most_problems_per_file), "",
                          ExitCode::data);
    }

    void add(std::int32_t line, std::int32_t column, std::string key, std::string reason,
             std::string suggestion = {})
    {
        if (++count_ <= most_problems_per_file)
            problems_.add({source_.file, line, column, std::move(key)}, std::move(reason),
                          std::move(suggestion), ExitCode::data);
    }
};

/// Takes lines off a text; counts them from 1.
class LineReader {
    std::string_view text_;
    std::int32_t number_{0};
    bool ended_{true};

  public:
    explicit LineReader(std::string_view text) : text_{text}
    {
        if (text_.starts_with("\xEF\xBB\xBF"))
            text_.remove_prefix(3);
    }

    /// The next line that is neither blank nor a comment, without its line break.
    std::optional<std::string_view> operator()()
    {
        while (!text_.empty()) {
            std::size_t const end = std::min(text_.find('\n'), text_.size());
            std::string_view line = text_.substr(0, end);
            ended_ = end < text_.size();
            text_.remove_prefix(std::min(end + 1, text_.size()));
            ++number_;
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            if (line.find_first_not_of(" \t") != std::string_view::npos && line.front() != '#')
                return line;
        }
        return std::nullopt;
    }

    std::int32_t number() const { return number_; }
    /// Whether the last line taken ended with a line break.
    bool ended() const { return ended_; }
};

class RowReader {
    HistoryLayout const& layout_;
    HistorySelection const& selection_;
    RawHistories& histories_;
    FileProblems& problems_;
    std::uint32_t file_idx_;
    std::vector<std::size_t> empty_;  ///< cells without a price since the last price, per column
    std::optional<UnixSeconds> before_;
    std::size_t rows_{0}, local_times_{0};

  public:
    RowReader(HistoryLayout const& layout, HistorySelection const& selection,
              RawHistories& histories, FileProblems& problems, std::uint32_t file_idx)
        : layout_{layout},
          selection_{selection},
          histories_{histories},
          problems_{problems},
          file_idx_{file_idx},
          empty_(layout.prices.size(), 0)
    {}

    std::size_t rows() const { return rows_; }
    std::size_t local_times() const { return local_times_; }

    void operator()(std::string_view line, LineReader const& lines)
    {
        ++rows_;
        auto const cells = split_csv_line(line, layout_.delimiter);
        if (!cells || cells->size() != layout_.num_columns) {
            report_shape(cells ? cells->size() : 0, lines);
            return;
        }
        auto const time = read_time((*cells)[layout_.time_column], lines.number());
        if (!time)
            return;
        bool const unsorted = before_ && *time < *before_;
        before_ = *time;
        for (std::size_t i = 0; i < layout_.prices.size(); ++i) {
            RawSeries& series = histories_.series_of(layout_.prices[i].asset);
            series.counts.unsorted += unsorted ? 1 : 0;
            add_price(series, i, *cells, *time, lines.number());
        }
    }

  private:
    void report_shape(std::size_t num_cells, LineReader const& lines)
    {
        if (!lines.ended())
            problems_.add(lines.number(), 1, {},
                          fmt::format("the last line is cut off: it has no line break and not {} "
                                      "whole cells",
                                      layout_.num_columns),
                          "get the file again, or delete the line");
        else if (num_cells == 0)
            problems_.add(lines.number(), 1, {}, "a quote does not end where its cell does");
        else
            problems_.add(
                lines.number(), 1, {},
                fmt::format("has {} cells, the first line has {}", num_cells, layout_.num_columns),
                "leave unused cells empty, but keep the delimiters");
    }

    /// The time of a row inside the window.
    std::optional<UnixSeconds> read_time(CsvCell const& cell, std::int32_t line)
    {
        auto const read = parse_history_time(cell.text);
        if (!read) {
            problems_.add(line, cell.column, "time", fmt::format("\"{}\" is no time", cell.text),
                          "write 2025-06-30T23:00:00Z, 2025-06-30, or a Unix time of whole seconds "
                          "in s, ms or us");
            return std::nullopt;
        }
        local_times_ += read->style == TimeStyle::local ? 1 : 0;
        if ((selection_.from && read->time < *selection_.from)
            || (selection_.to && read->time > *selection_.to))
            return std::nullopt;
        if (read->time > selection_.now) {
            problems_.add(line, cell.column, "time",
                          fmt::format("{} lies in the future", format_instant(read->time)),
                          "now is " + format_instant(selection_.now));
            return std::nullopt;
        }
        return read->time;
    }

    void add_price(RawSeries& series, std::size_t i, std::vector<CsvCell> const& cells,
                   UnixSeconds time, std::int32_t line)
    {
        CsvCell const& cell = cells[layout_.prices[i].column];
        if (std::find(missing_words.begin(), missing_words.end(), cell.text)
            != missing_words.end()) {
            empty_[i] += series.points.empty() ? 0 : 1;
            return;
        }
        auto const price = read_price(cell, series.asset, line);
        if (!price)
            return;
        series.counts.missing += std::exchange(empty_[i], 0);
        series.points.push_back({time, *price, line, file_idx_});
        check_bar(cells, *price, line);
    }

    std::optional<double> read_price(CsvCell const& cell, std::string const& asset,
                                     std::int32_t line)
    {
        double value = 0;
        char const* const end = cell.text.data() + cell.text.size();
        auto const [stop, error] = std::from_chars(cell.text.data(), end, value);
        if (error == std::errc{} && stop == end && std::isfinite(value) && value > 0)
            return value;
        if (error != std::errc{} || stop != end)
            problems_.add(line, cell.column, asset,
                          fmt::format("\"{}\" is not a number", cell.text),
                          cell.text.find(',') != std::string::npos
                              ? "write a decimal point and no thousands separators"
                              : "leave the cell empty where there is no price");
        else
            problems_.add(line, cell.column, asset,
                          fmt::format("a price must be > 0 and finite, is {}", cell.text),
                          "leave the cell empty where there is no price");
        return std::nullopt;
    }

    /// The close of a bar lies between its low and its high, where both are numbers.
    void check_bar(std::vector<CsvCell> const& cells, double close, std::int32_t line)
    {
        auto const number = [&](std::optional<std::size_t> column) {
            double value = std::nan("");
            if (column) {
                std::string const& text = cells[*column].text;
                std::from_chars(text.data(), text.data() + text.size(), value);
            }
            return value;
        };
        double const low = number(layout_.low), high = number(layout_.high);
        if (close < low || close > high)
            problems_.add(
                line, 1, "close",
                fmt::format("{} lies outside of the bar's low {} and high {}", close, low, high));
    }
};

bool is_text(std::string_view text, FileProblems& problems)
{
    std::size_t const zero = text.find('\0');
    if (zero == std::string_view::npos)
        return true;
    auto const line =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(zero), '\n');
    problems.add(static_cast<std::int32_t>(line) + 1, 1, {}, "is no text: it has a zero byte",
                 "unpack the file, or save it as UTF-8");
    return false;
}

}  // namespace

RawSeries& RawHistories::series_of(std::string const& asset)
{
    auto const found = std::find_if(series.begin(), series.end(),
                                    [&](RawSeries const& one) { return one.asset == asset; });
    if (found != series.end())
        return *found;
    series.push_back({asset, {}, {}});
    return series.back();
}

void read_history_text(std::string_view text, HistorySource const& source, std::uint32_t file_idx,
                       HistorySelection const& selection, RawHistories& histories,
                       Problems& problems)
{
    FileProblems found{source, problems};
    LineReader next_line{text};
    auto line = is_text(text, found) ? next_line() : std::nullopt;
    if (!line) {
        if (text.find('\0') == std::string_view::npos)
            found.add(1, 1, {}, "the file is empty", "a price history begins with a header");
        return;
    }
    auto const layout = find_layout(*line, next_line.number(), source, selection.assets, problems);
    if (!layout)
        return;
    histories.known.insert(histories.known.end(), layout->known.begin(), layout->known.end());
    for (PriceColumn const& column : layout->prices)
        static_cast<void>(histories.series_of(column.asset));
    RowReader read_row{*layout, selection, histories, found, file_idx};
    if (layout->first_line == HistoryLayout::FirstLine::row)
        read_row(*line, next_line);
    while ((line = next_line()))
        read_row(*line, next_line);
    if (read_row.rows() == 0)
        found.add(next_line.number(), 1, {}, "no row follows the header");
    if (read_row.local_times() > 0)
        problems.warn(
            {source.file, 0, 0, {}},
            fmt::format("{} times have no offset; they are taken as UTC", read_row.local_times()),
            "");
}

}  // namespace brink
