// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/price_history.hpp"

#include "io/config/duration.hpp"
#include "io/config/instant.hpp"
#include "io/config/spelling.hpp"
#include "io/config/text_file.hpp"
#include "io/market_data/raw_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace brink {
namespace {

/// Of the interval: how far a difference may be from a multiple of it.
constexpr double grid_tolerance = 0.01;
/// Shares of all differences above which the intervals of a series count as mixed.
constexpr double most_off_grid = 0.01;
constexpr double most_gaps = 0.25;

/// Drop prices that repeat the one before them; those that contradict it are problems.
void drop_repetitions(RawSeries& raw, std::vector<HistorySource> const& sources, Problems& problems)
{
    std::vector<PricePoint> kept;
    std::size_t conflicts = 0;
    for (PricePoint const& point : raw.points) {
        if (kept.empty() || kept.back().time != point.time) {
            kept.push_back(point);
        } else if (kept.back().price == point.price) {
            ++raw.counts.duplicates;
        } else if (++conflicts <= most_problems_per_file) {
            problems.add({sources[point.file].file, point.line, 1, raw.asset},
                         fmt::format("{} has two prices: {} here, {} at {}:{}",
                                     format_instant(point.time), point.price, kept.back().price,
                                     sources[kept.back().file].file, kept.back().line),
                         "delete one of them", ExitCode::data);
        }
    }
    raw.points = std::move(kept);
}

/// The most frequent difference; of equally frequent ones the shortest.
Seconds find_interval(std::vector<PricePoint> const& points)
{
    std::map<UnixSeconds, std::size_t> counts;
    for (std::size_t i = 1; i < points.size(); ++i)
        ++counts[points[i].time - points[i - 1].time];
    auto const found =
        std::max_element(counts.begin(), counts.end(),
                         [](auto const& a, auto const& b) { return a.second < b.second; });
    return static_cast<Seconds>(found->first);
}

/// Count gaps. \return index of the first point that is off the grid, or of the first after a gap
std::size_t count_gaps(RawSeries& raw, Seconds interval)
{
    std::size_t first_gap = 0, first_off = 0;
    for (std::size_t i = 1; i < raw.points.size(); ++i) {
        double const multiple =
            static_cast<double>(raw.points[i].time - raw.points[i - 1].time) / interval;
        double const whole = std::round(multiple);
        if (whole < 1 || std::abs(multiple - whole) > grid_tolerance) {
            ++raw.counts.off_grid;
            first_off = first_off == 0 ? i : first_off;
        } else if (whole > 1) {
            ++raw.counts.gaps;
            raw.counts.missing_prices += static_cast<std::size_t>(whole) - 1;
            first_gap = first_gap == 0 ? i : first_gap;
        }
    }
    return first_off != 0 ? first_off : first_gap;
}

void count_stale_runs(RawSeries& raw)
{
    std::size_t run = 0;
    for (std::size_t i = 0; i < raw.points.size(); ++i) {
        run = i > 0 && raw.points[i].price == raw.points[i - 1].price ? run + 1 : 1;
        raw.counts.stale_runs += run == stale_length ? 1 : 0;
        if (run >= stale_length)
            raw.counts.longest_stale = std::max(raw.counts.longest_stale, run);
    }
}

void check_intervals(RawSeries const& raw, Seconds interval, PricePoint const& first,
                     std::vector<HistorySource> const& sources, Problems& problems)
{
    auto const differences = static_cast<double>(raw.points.size() - 1);
    bool const off_grid = static_cast<double>(raw.counts.off_grid) > most_off_grid * differences;
    if (!off_grid && static_cast<double>(raw.counts.gaps) <= most_gaps * differences)
        return;
    problems.add(
        {sources[first.file].file, first.line, 1, raw.asset},
        fmt::format("intervals are mixed: {} is the most frequent, and of {} differences {} are "
                    "longer and {} no multiple of it; the first of them ends here",
                    format_duration(interval), raw.points.size() - 1, raw.counts.gaps,
                    raw.counts.off_grid),
        "bring the prices to one grid, or choose a window of one with --from and --to",
        ExitCode::data);
}

/// The selected assets in their order; without a selection all that have prices.
std::vector<RawSeries> ordered(RawHistories histories, HistorySelection const& selection,
                               Problems& problems)
{
    if (selection.assets.empty())
        return std::move(histories.series);
    std::vector<RawSeries> series;
    for (std::string const& asset : selection.assets) {
        auto const known = std::find(histories.known.begin(), histories.known.end(), asset);
        if (known != histories.known.end())
            series.push_back(histories.series_of(asset));
        else if (!histories.known.empty())
            problems.add({"--assets", 0, 0, {}}, fmt::format("no file has prices of {}", asset),
                         advise(asset, histories.known, "asset"), ExitCode::usage);
    }
    return series;
}

}  // namespace

PriceSeries finish_series(RawSeries raw, std::vector<HistorySource> const& sources,
                          Problems& problems)
{
    std::stable_sort(raw.points.begin(), raw.points.end(),
                     [](PricePoint const& a, PricePoint const& b) { return a.time < b.time; });
    drop_repetitions(raw, sources, problems);
    PriceSeries series;
    series.asset = raw.asset;
    if (raw.points.size() < 2) {
        PricePoint const at = raw.points.empty() ? PricePoint{} : raw.points.front();
        problems.add({sources[at.file].file, at.line, at.line > 0 ? 1 : 0, raw.asset},
                     fmt::format("{} in the window: a return needs two",
                                 raw.points.empty() ? "has no price" : "has one price"),
                     "widen --from and --to, or leave the asset out of --assets", ExitCode::data);
        return series;
    }
    series.file = sources[raw.points.front().file].file;
    series.interval = find_interval(raw.points);
    std::size_t const first = count_gaps(raw, series.interval);
    check_intervals(raw, series.interval, raw.points[first], sources, problems);
    count_stale_runs(raw);
    for (PricePoint const& point : raw.points) {
        series.times.push_back(point.time);
        series.prices.push_back(point.price);
    }
    series.counts = raw.counts;
    return series;
}

std::vector<PriceSeries> read_price_histories(std::vector<HistorySource> const& sources,
                                              HistorySelection const& selection, Problems& problems,
                                              std::vector<SourceFile>* read)
{
    RawHistories histories;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        auto text = read_text_file(sources[i].file, {sources[i].file, 0, 0, {}}, problems);
        if (!text)
            continue;
        read_history_text(*text, sources[i], static_cast<std::uint32_t>(i), selection, histories,
                          problems);
        if (read != nullptr)
            read->push_back({sources[i].file, "history", std::move(*text)});
    }
    std::vector<PriceSeries> series;
    bool const rows_are_good = problems.empty();
    for (RawSeries& raw : ordered(std::move(histories), selection, problems))
        if (rows_are_good || raw.points.size() > 1)
            series.push_back(finish_series(std::move(raw), sources, problems));
    return series;
}

}  // namespace brink
