// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/history_layout.hpp"

#include "io/config/references.hpp"
#include "io/market_data/history_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace brink {
namespace {

/// open time, open, high, low, close, volume, close time, quote volume, trades, two taker volumes
/// and an unused one. Source: Binance, Public API, "Kline/Candlestick data", 2025-06.
constexpr std::size_t kline_columns = 12;
constexpr std::size_t kline_high = 2, kline_low = 3, kline_close = 4;

constexpr std::array<std::string_view, 8> time_names{"time",      "timestamp", "date", "datetime",
                                                     "open_time", "open time", "day",  "unix"};

std::string lower_case(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

class HeaderReader {
    HistorySource const& source_;
    std::int32_t line_;
    std::vector<CsvCell> const& cells_;
    std::vector<std::string> names_;
    Problems& problems_;

  public:
    HeaderReader(HistorySource const& source, std::int32_t line, std::vector<CsvCell> const& cells,
                 Problems& problems)
        : source_{source}, line_{line}, cells_{cells}, problems_{problems}
    {
        for (CsvCell const& cell : cells_)
            names_.push_back(lower_case(cell.text));
    }

    std::optional<std::size_t> find(std::string_view name) const
    {
        auto const found = std::find(names_.begin(), names_.end(), name);
        return found == names_.end() ? std::nullopt : std::optional{place(found)};
    }

    /// By name, else a first column without one.
    std::optional<std::size_t> time_column() const
    {
        auto const found = std::find_if(names_.begin(), names_.end(), [](std::string const& name) {
            return std::find(time_names.begin(), time_names.end(), name) != time_names.end();
        });
        if (found != names_.end())
            return place(found);
        return names_.front().empty() ? std::optional<std::size_t>{0} : std::nullopt;
    }

    void report(std::size_t column, std::string reason, std::string suggestion = {}) const
    {
        problems_.add({source_.file, line_, cells_[column].column, cells_[column].text},
                      std::move(reason), std::move(suggestion), ExitCode::data);
    }

    /// Every column but the time is an asset; the selected ones must have names of their own.
    void add_assets(HistoryLayout& layout, std::vector<std::string> const& selected) const
    {
        for (std::size_t column = 0; column < cells_.size(); ++column) {
            std::string const& name = cells_[column].text;
            if (column == layout.time_column)
                continue;
            bool const repeated =
                std::find(layout.known.begin(), layout.known.end(), name) != layout.known.end();
            layout.known.push_back(name);
            if (!selected.empty()
                && std::find(selected.begin(), selected.end(), name) == selected.end())
                continue;
            if (repeated)
                report(column, fmt::format("column \"{}\" stands twice", name));
            else if (is_asset(column))
                layout.prices.push_back({name, column});
        }
        if (layout.known.empty())
            report(layout.time_column, "no column has prices",
                   "the header is time,BTC,ETH or time,open,high,low,close");
    }

  private:
    std::size_t place(std::vector<std::string>::const_iterator at) const
    {
        return static_cast<std::size_t>(at - names_.begin());
    }

    bool is_asset(std::size_t column) const
    {
        if (cells_[column].text.empty()) {
            report(column, "a column has no name");
            return false;
        }
        Problems found;
        check_name(cells_[column].text, {}, found);
        for (Problem const& problem : found.problems())
            report(column, problem.reason, problem.suggestion);
        return found.empty();
    }
};

void add_bars(HistoryLayout& layout, HistorySource const& source, std::size_t close,
              std::vector<std::string> const& selected)
{
    layout.known = {asset_of_bars(source)};
    if (selected.empty()
        || std::find(selected.begin(), selected.end(), layout.known[0]) != selected.end())
        layout.prices.push_back({layout.known[0], close});
}

std::optional<HistoryLayout> layout_without_header(HistoryLayout layout,
                                                   std::vector<CsvCell> const& cells,
                                                   std::int32_t line, HistorySource const& source,
                                                   std::vector<std::string> const& selected,
                                                   Problems& problems)
{
    if (cells.size() != kline_columns) {
        problems.add({source.file, line, 1, {}}, "the header is missing: the first line has a time",
                     "begin with time,BTC,ETH or time,open,high,low,close; without a header only "
                     "the 12 columns of a Binance kline are known",
                     ExitCode::data);
        return std::nullopt;
    }
    layout.first_line = HistoryLayout::FirstLine::row;
    layout.high = kline_high;
    layout.low = kline_low;
    add_bars(layout, source, kline_close, selected);
    return layout;
}

}  // namespace

char find_delimiter(std::string_view line)
{
    std::array<std::pair<std::ptrdiff_t, char>, 3> counts{{{0, ','}, {0, ';'}, {0, '\t'}}};
    bool quoted = false;
    for (char const c : line) {
        quoted = quoted != (c == '"');
        for (auto& [count, delimiter] : counts)
            count += !quoted && c == delimiter ? 1 : 0;
    }
    auto const fewer = [](auto const& a, auto const& b) { return a.first < b.first; };
    return std::max_element(counts.begin(), counts.end(), fewer)->second;
}

std::string asset_of_bars(HistorySource const& source)
{
    if (!source.asset.empty())
        return source.asset;
    std::string const stem = std::filesystem::path{source.file}.stem().string();
    return stem.substr(0, stem.find('-'));
}

std::optional<HistoryLayout> find_layout(std::string_view first_line, std::int32_t line,
                                         HistorySource const& source,
                                         std::vector<std::string> const& selected,
                                         Problems& problems)
{
    HistoryLayout layout;
    layout.delimiter = find_delimiter(first_line);
    auto const cells = split_csv_line(first_line, layout.delimiter);
    if (!cells) {
        problems.add({source.file, line, 1, {}}, "a quote does not end where its cell does", "",
                     ExitCode::data);
        return std::nullopt;
    }
    layout.num_columns = cells->size();
    if (parse_history_time(cells->front().text))
        return layout_without_header(std::move(layout), *cells, line, source, selected, problems);
    HeaderReader const header{source, line, *cells, problems};
    auto const time = header.time_column();
    if (!time) {
        header.report(0, "the header has no column of times",
                      "name it time, timestamp, date or open_time");
        return std::nullopt;
    }
    layout.time_column = *time;
    layout.high = header.find("high");
    layout.low = header.find("low");
    if (auto const close = header.find("close"))
        add_bars(layout, source, *close, selected);
    else if (header.find("open") && layout.high && layout.low)
        header.report(*layout.low, "bars have no column close");
    else
        header.add_assets(layout, selected);
    return layout;
}

}  // namespace brink
