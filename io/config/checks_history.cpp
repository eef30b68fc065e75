// SPDX-License-Identifier: Apache-2.0
// Returns drawn from history.
#include "io/config/duration.hpp"
#include "io/config/history_loader.hpp"
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"
#include "io/config/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

constexpr std::size_t fewest_rows = 2;
constexpr std::size_t most_history_rows = std::size_t{1} << 18;
constexpr std::size_t few_rows = 250;  ///< a bootstrap of fewer has no tail
constexpr std::string_view history_example =
    "write [market.history] prices = [\"daily.csv\"], or another model";

/// Whether the steps of the run are whole numbers of rows.
bool check_steps(HistoryConfig const& history, RunConfig const& run, Problems& problems)
{
    double const rows = run.step / history.interval;
    if (std::abs(rows - std::round(rows)) < 1e-9 && rows >= 1)
        return true;
    problems.add(run.at("step"),
                 fmt::format("\"{}\" is no whole number of the history's intervals of \"{}\"",
                             format_duration(run.step), format_duration(history.interval)),
                 fmt::format("write step = \"{}\", or take prices of a shorter interval",
                             format_duration(history.interval)));
    return false;
}

void check_rows(HistoryConfig const& history, Problems& problems)
{
    std::size_t const num_rows = history.returns.size();
    if (num_rows < fewest_rows || num_rows > most_history_rows)
        problems.add(
            history.at("returns"),
            fmt::format("{} rows; {} to {} can be", num_rows, fewest_rows, most_history_rows),
            num_rows > most_history_rows ? "narrow from and to, or take a longer interval"
                                         : "widen from and to");
    for (std::size_t i = 0; i < num_rows; ++i)
        if (history.returns[i].size() != history.assets.size()) {
            problems.add(history.at("returns"),
                         fmt::format("row {} has {} entries for {} assets", i,
                                     history.returns[i].size(), history.assets.size()),
                         "write one return per asset");
            return;
        }
    if (num_rows < few_rows && history.method == HistoryMethod::bootstrap)
        problems.warn(history.at("prices"),
                      fmt::format("{} rows: no loss can be worse than what they hold", num_rows));
}

void check_replay(HistoryConfig const& history, Scenario const& scenario, Problems& problems)
{
    double const rows = scenario.run.horizon / history.interval;
    if (rows > static_cast<double>(history.returns.size()) + 1e-9)
        problems.add(scenario.run.at("horizon"),
                     fmt::format("\"{}\" is longer than the {} rows of \"{}\" to be replayed",
                                 format_duration(scenario.run.horizon), history.returns.size(),
                                 format_duration(history.interval)),
                     fmt::format("write horizon = \"{}\" or less",
                                 format_duration(history.interval
                                                 * static_cast<double>(history.returns.size()))));
    if (history.block_length)
        problems.add(history.at("block_length"), "a replay has no blocks", "remove it");
    for (std::size_t const i : historical_assets(scenario)) {
        AssetConfig const& asset = scenario.assets[i];
        if (asset.drift != 0)
            problems.add(asset.at("drift"), "a replay moves as the history did",
                         "remove it, or write method = \"bootstrap\"");
        if (asset.garch)
            problems.add(asset.at("garch"), "a replay is not filtered",
                         "remove it, or write method = \"bootstrap\"");
    }
}

void check_filter(AssetConfig const& asset, HistoryConfig const& history, RunConfig const& run,
                  Problems& problems)
{
    if (asset.garch->interval != history.interval || run.step != history.interval)
        problems.add(asset.garch->at("interval"),
                     fmt::format("is \"{}\", rows of history are \"{}\" and steps \"{}\" long: "
                                 "all three must be the same",
                                 format_duration(asset.garch->interval),
                                 format_duration(history.interval), format_duration(run.step)),
                     "fit the parameters to prices of the step");
}

void check_asset(AssetConfig const& asset, HistoryConfig const& history, Scenario const& scenario,
                 Problems& problems)
{
    auto const& names = history.assets;
    if (std::find(names.begin(), names.end(), asset.name) == names.end())
        problems.add(asset.at("model"), fmt::format("the history has no column {}", asset.name),
                     advise(asset.name, names, "column"));
    if (asset.garch)
        check_filter(asset, history, scenario.run, problems);
    auto const& correlated = scenario.market.correlation.assets;
    if (std::find(correlated.begin(), correlated.end(), asset.name) != correlated.end())
        problems.warn(scenario.market.correlation.at("assets"),
                      fmt::format("returns of {} are drawn from history: its correlations with "
                                  "assets of other models have no effect",
                                  asset.name));
}

}  // namespace

void check_history(Scenario const& scenario, Problems& problems)
{
    auto const places = historical_assets(scenario);
    if (!scenario.market.history) {
        for (std::size_t const i : places)
            problems.add(scenario.assets[i].at("model"),
                         fmt::format("{} has no history to draw from", scenario.assets[i].name),
                         std::string{history_example});
        return;
    }
    HistoryConfig const& history = *scenario.market.history;
    if (places.empty()) {
        problems.warn(history.where, "no asset has the model historical: it has no effect");
        return;
    }
    if (history.returns.empty()) {
        if (history.prices.empty())
            problems.add(history.at("prices"), "required key is missing",
                         "write prices = [\"daily.csv\"]");
        return;  // reported by the files otherwise
    }
    if (!(history.interval > 0)) {
        problems.add(history.at("interval"), "required key is missing beside returns",
                     "write interval = \"P1D\"");
        return;
    }
    check_rows(history, problems);
    bool const fits = check_steps(history, scenario.run, problems);
    if (fits && history.method == HistoryMethod::replay)
        check_replay(history, scenario, problems);
    if (history.block_length && *history.block_length < scenario.run.step)
        problems.add(
            history.at("block_length"),
            fmt::format("\"{}\" is shorter than a step", format_duration(*history.block_length)),
            "write the step, for independent draws, or more");
    for (std::size_t const i : places)
        check_asset(scenario.assets[i], history, scenario, problems);
}

}  // namespace brink
