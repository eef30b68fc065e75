// SPDX-License-Identifier: Apache-2.0
#include "io/config/history_loader.hpp"

#include "io/config/duration.hpp"
#include "io/config/instant.hpp"
#include "io/config/text_file.hpp"
#include "io/market_data/aligned_returns.hpp"
#include "io/market_data/garch_filter.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace brink {
namespace {

/// `ASSET=FILE`, or a file that says itself what it has.
HistorySource history_source(std::string const& text, std::string const& base)
{
    std::size_t const at = text.find('=');
    if (at == std::string::npos)
        return {relative_to_file(text, base), {}};
    return {relative_to_file(text.substr(at + 1), base), text.substr(0, at)};
}

/// Every series at every time from the latest first price to the earliest last one, with the price
/// before where it has none.
void carry_prices(std::vector<PriceSeries>& series)
{
    UnixSeconds from = std::numeric_limits<UnixSeconds>::min();
    UnixSeconds to = std::numeric_limits<UnixSeconds>::max();
    std::set<UnixSeconds> times;
    for (PriceSeries const& one : series) {
        from = std::max(from, one.times.front());
        to = std::min(to, one.times.back());
        times.insert(one.times.begin(), one.times.end());
    }
    for (PriceSeries& one : series) {
        std::vector<UnixSeconds> carried_times;
        std::vector<double> carried_prices;
        std::size_t i = 0;
        for (UnixSeconds const time : times) {
            if (time < from || time > to)
                continue;
            while (i + 1 < one.times.size() && one.times[i + 1] <= time)
                ++i;
            carried_times.push_back(time);
            carried_prices.push_back(one.prices[i]);
        }
        one.times = std::move(carried_times);
        one.prices = std::move(carried_prices);
    }
}

void take_returns(HistoryConfig& history, AlignedReturns const& aligned,
                  std::vector<std::string> const& assets)
{
    history.window = fmt::format(
        "{} log returns over {}, {} to {}, of {}; left out: {} pairs of prices further apart, {} "
        "times that not every asset has",
        aligned.size(), format_duration(aligned.interval), format_instant(aligned.from),
        format_instant(aligned.to), fmt::join(history.prices, ", "), aligned.skipped,
        aligned.one_sided);
    history.interval = aligned.interval;
    history.assets = assets;
    history.returns.assign(aligned.size(), std::vector<double>(assets.size()));
    for (std::size_t a = 0; a < assets.size(); ++a)
        for (std::size_t i = 0; i < aligned.size(); ++i)
            history.returns[i][a] = aligned.returns[a][i];
    history.prices.clear();
    history.columns.clear();
    history.from = history.to = std::nullopt;
}

/// \return false where problems were added
bool read_prices(HistoryConfig& history, std::vector<std::string> const& assets,
                 std::vector<SourceFile>& files, Problems& problems)
{
    Where const where = history.at("prices");
    std::string const& near = where.line > 0 ? where.file : files.front().path;
    std::vector<HistorySource> sources;
    for (std::string const& text : history.prices)
        sources.push_back(history_source(text, near));
    HistorySelection selection;
    selection.from = history.from;
    selection.to = history.to;
    selection.now = std::numeric_limits<std::int32_t>::max();
    for (std::string const& asset : assets) {
        auto const column = history.columns.find(asset);
        selection.assets.push_back(column == history.columns.end() ? asset : column->second);
    }
    Problems found;
    auto series = read_price_histories(sources, selection, found, &files);
    AlignedReturns aligned;
    if (found.empty() && history.missing == MissingPrices::carry)
        carry_prices(series);
    if (found.empty())
        aligned = align_returns(series, found);
    if (found.empty() && history.missing == MissingPrices::refuse
        && aligned.skipped + aligned.one_sided > 0)
        problems.add(
            history.at("missing"),
            fmt::format("{} pairs of prices are further apart than {}, and {} times are "
                        "not in every series",
                        aligned.skipped, format_duration(aligned.interval), aligned.one_sided),
            "write missing = \"drop\" or \"carry\", or narrow from and to", ExitCode::data);
    for (Problem const& problem : found.problems()) {
        bool const is_selection = problem.code == ExitCode::usage;
        problems.add(is_selection ? history.at("columns") : problem.where, problem.reason,
                     problem.suggestion, is_selection ? ExitCode::config : problem.code);
    }
    if (problems.empty() && found.empty())
        take_returns(history, aligned, assets);
    return found.empty();
}

}  // namespace

std::vector<std::size_t> historical_assets(Scenario const& scenario)
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < scenario.assets.size(); ++i)
        if (scenario.assets[i].model.value_or(scenario.market.model) == MarginalModel::historical)
            places.push_back(i);
    return places;
}

std::vector<double> history_of(HistoryConfig const& history, std::string const& asset)
{
    auto const found = std::find(history.assets.begin(), history.assets.end(), asset);
    auto const column = static_cast<std::size_t>(found - history.assets.begin());
    std::vector<double> returns;
    for (auto const& row : history.returns)
        if (column < row.size())
            returns.push_back(row[column]);
    return returns;
}

void load_history(Scenario& scenario, std::vector<SourceFile>& files, Problems& problems)
{
    auto const places = historical_assets(scenario);
    if (!scenario.market.history || places.empty())
        return;
    HistoryConfig& history = *scenario.market.history;
    std::vector<std::string> assets;
    for (std::size_t const i : places)
        assets.push_back(scenario.assets[i].name);
    if (!history.prices.empty() && !read_prices(history, assets, files, problems))
        return;
    for (std::size_t const i : places) {
        AssetConfig& asset = scenario.assets[i];
        auto const returns = history_of(history, asset.name);
        if (asset.volatility > 0 || returns.size() < 2 || !(history.interval > 0))
            continue;
        double const years = history.interval / seconds_per_year;
        ReturnMoments const sample = moments_of(returns);
        double const variance =
            asset.garch ? filter_variances(*asset.garch, sample, returns).back() : sample.variance;
        asset.volatility = std::sqrt(variance / years);
    }
}

}  // namespace brink
