// SPDX-License-Identifier: Apache-2.0
#include "host/program/history_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "io/config/duration.hpp"
#include "io/config/history_loader.hpp"
#include "io/market_data/garch_filter.hpp"

namespace brink {
namespace {

/// Shocks over their filtered deviations, of mean 0 and variance 1.
std::vector<double> standardised(AssetConfig const& asset, std::vector<double> const& returns)
{
    ReturnMoments const sample = moments_of(returns);
    auto const variances = filter_variances(*asset.garch, sample, returns);
    std::vector<double> shocks;
    for (std::size_t i = 0; i < returns.size(); ++i)
        shocks.push_back((returns[i] - sample.mean) / std::sqrt(variances[i]));
    ReturnMoments const found = moments_of(shocks);
    for (double& shock : shocks)
        shock = (shock - found.mean) / std::sqrt(found.variance);
    return shocks;
}

/// Natural logs over `stride` rows each, at the asset's volatility; overlapping.
std::vector<double> over_steps(AssetConfig const& asset, HistoryConfig const& history,
                               std::vector<double> const& returns, std::size_t stride)
{
    double const years = history.interval / seconds_per_year;
    double const scale = asset.volatility / std::sqrt(moments_of(returns).variance / years);
    std::vector<double> sums;
    for (std::size_t i = 0; i + stride <= returns.size(); ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < stride; ++k)
            sum += returns[i + k];
        sums.push_back(scale * sum);
    }
    return sums;
}

/// Takes off what lets the expected price move.
void centre(std::vector<double>& returns)
{
    double growth = 0;
    for (double const r : returns)
        growth += std::expm1(r) / static_cast<double>(returns.size());
    for (double& r : returns)
        r -= std::log1p(growth);
}

std::vector<double> column_of(AssetConfig const& asset, HistoryConfig const& history,
                              std::size_t stride)
{
    auto const returns = history_of(history, asset.name);
    if (asset.garch)
        return standardised(asset, returns);
    auto steps = over_steps(asset, history, returns, stride);
    if (history.method == HistoryMethod::bootstrap)
        centre(steps);
    for (double& r : steps)
        r /= std::numbers::ln2;
    return steps;
}

}  // namespace

AssetConfig with_filter(AssetConfig asset, HistoryConfig const& history)
{
    double const years = history.interval / seconds_per_year;
    if (asset.garch && !asset.garch->long_run_volatility)
        asset.garch->long_run_volatility =
            std::sqrt(moments_of(history_of(history, asset.name)).variance / years);
    return asset;
}

HistoryTable build_history(Scenario const& scenario)
{
    HistoryTable table;
    auto const places = historical_assets(scenario);
    if (places.empty())
        return table;
    HistoryConfig const& history = *scenario.market.history;
    auto const stride = static_cast<std::size_t>(std::lround(scenario.run.step / history.interval));
    std::size_t const num_rows = history.returns.size() - stride + 1;
    std::size_t const num_columns = scenario.assets.size();
    table.returns.resize(num_rows * num_columns);
    for (std::size_t const i : places) {
        auto const column = column_of(scenario.assets[i], history, stride);
        for (std::size_t row = 0; row < num_rows; ++row)
            table.returns[row * num_columns + i] = column[row];
        table.terms.mask |= 1u << i;
    }
    table.terms.num_rows = static_cast<std::int32_t>(num_rows);
    table.terms.num_columns = static_cast<std::int32_t>(num_columns);
    table.terms.stride = static_cast<std::int32_t>(stride);
    double const rows_of_block = std::max(1.0, std::round(std::cbrt(history.returns.size())));
    double const block = history.block_length.value_or(rows_of_block * history.interval);
    bool const is_bootstrap = history.method == HistoryMethod::bootstrap;
    if (is_bootstrap)
        table.terms.chance = static_cast<float>(std::min(1.0, scenario.run.step / block));
    std::string const what = history.window.empty()
                                 ? fmt::format("{} returns over {}", history.returns.size(),
                                               format_duration(history.interval))
                                 : history.window;
    table.assumptions.push_back(is_bootstrap
                                    ? fmt::format("history: blocks of {} on average from {}",
                                                  format_duration(std::round(block)), what)
                                    : fmt::format("history: every path replays {}", what));
    return table;
}

}  // namespace brink
