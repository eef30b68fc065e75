// SPDX-License-Identifier: Apache-2.0
// The tables [sweep] and [[sweep.axis]] themselves; what their points say is found by reading each.
#include "io/config/overrides.hpp"
#include "io/config/scenario_checks.hpp"
#include "io/config/sweep_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace brink {
namespace {

/// Names that datasets of the group have already.
constexpr auto taken_names = std::to_array<std::string_view>({"point",
                                                              "scope",
                                                              "outcome",
                                                              "statistic",
                                                              "unit",
                                                              "value",
                                                              "se",
                                                              "lo",
                                                              "hi",
                                                              "n_tail",
                                                              "flag",
                                                              "computed",
                                                              "difference",
                                                              "difference_se",
                                                              "count",
                                                              "paths",
                                                              "invalid_paths",
                                                              "reported",
                                                              "scenario_hash",
                                                              "axis_name",
                                                              "axis_keys",
                                                              "axis_size",
                                                              "axis_numeric",
                                                              "axis_label",
                                                              "axis_label_row"});

void check_values(SweepAxisConfig const& axis, Problems& problems)
{
    std::map<std::string, Where> seen;
    for (SweepValue const& value : axis.values) {
        auto const [first, is_new] = seen.emplace(value.label(), value.where);
        if (!is_new)
            problems.add(value.where,
                         fmt::format("{} is a value of the axis already", first->first),
                         "remove one of the two");
        bool const has_settings = !value.name.empty();
        if (has_settings && value.settings.empty())
            problems.add(value.where, "the value sets nothing",
                         "write { name = \"slow\", set = { \"owner.fund.response.post.delay\" = "
                         "\"PT6H\" } }");
        if (has_settings && !axis.keys.empty())
            problems.add(value.where, "the value names its keys itself, and so does the axis",
                         "remove key of the axis, or write the value alone");
    }
    bool const needs_keys = std::any_of(axis.values.begin(), axis.values.end(),
                                        [](SweepValue const& value) { return value.name.empty(); });
    if (needs_keys && axis.keys.empty())
        problems.add(axis.at("key"), "required key is missing",
                     "write key = \"market.volatility_scale\"");
}

void check_interval(SweepAxisConfig const& axis, SweepKind kind, Problems& problems)
{
    if (!axis.from || !axis.to) {
        problems.add(axis.at(axis.from ? "to" : "from"), "required key is missing",
                     "an interval has two ends: from = 0.5, to = 2");
        return;
    }
    if (axis.keys.empty())
        problems.add(axis.at("key"), "required key is missing",
                     "write key = \"market.volatility_scale\"");
    if (*axis.from == *axis.to)
        problems.add(axis.at("to"), "both ends are the same", "write values = [...] for one value");
    if (axis.scale == AxisScale::log && !(*axis.from > 0 && *axis.to > 0))
        problems.add(axis.at("scale"), "a logarithmic axis has two ends above 0",
                     "write scale = \"linear\"");
    bool const is_drawn = kind == SweepKind::latin_hypercube;
    if (is_drawn && axis.has("count") && axis.count > 0)
        problems.add(axis.at("count"), "a Latin hypercube has as many values as points",
                     "remove it, and write sweep.points");
    if (!is_drawn && axis.count < 2)
        problems.add(
            axis.at("count"),
            axis.has("count") ? "an interval has 2 values at least" : "required key is missing",
            "write count = 10, the number of values from one end to the other");
}

void check_axis(SweepAxisConfig const& axis, SweepKind kind, Problems& problems)
{
    bool const is_interval = axis.from || axis.to;
    if (is_interval && !axis.values.empty())
        problems.add(axis.at("values"),
                     "from and to are given too: an axis is a list or an interval",
                     "remove one of the two");
    else if (is_interval)
        check_interval(axis, kind, problems);
    else if (axis.values.empty())
        problems.add(axis.at("values"), "the axis has no values",
                     "write values = [0.5, 1, 2], or from = 0.5, to = 2 and count = 7");
    else
        check_values(axis, problems);
    if (!is_interval && (axis.count > 0 || axis.scale != AxisScale::linear))
        problems.add(axis.at(axis.count > 0 ? "count" : "scale"), "the axis is a list of values",
                     "remove it, or write from and to in place of values");
    if (axis.name.empty() && axis.keys.empty())
        problems.add(axis.at("name"), "required key is missing",
                     "write name = \"policy\", the dimension of the result");
    if (axis.name == "." || axis.name == ".." || axis.name.find('/') != std::string::npos)
        problems.add(axis.at("name"),
                     fmt::format("\"{}\" cannot name a dimension of the result", axis.name),
                     "write a word such as \"volatility\"");
    if (std::find(taken_names.begin(), taken_names.end(), axis.name) != taken_names.end())
        problems.add(axis.at("name"),
                     fmt::format("\"{}\" is a name of the result's own", axis.name),
                     "write another name");
}

void check_kind(SweepConfig const& sweep, Problems& problems)
{
    bool const is_drawn = sweep.kind == SweepKind::latin_hypercube;
    if (is_drawn && sweep.points < 2)
        problems.add(sweep.at("points"),
                     sweep.has("points") ? "a Latin hypercube has 2 points at least"
                                         : "required key is missing",
                     "write points = 64");
    if (!is_drawn && sweep.points > 0)
        problems.add(sweep.at("points"), "the number of points follows from the axes",
                     "remove it, or write kind = \"latin_hypercube\"");
    if (sweep.kind != SweepKind::zip)
        return;
    auto const size = [](SweepAxisConfig const& axis) {
        return axis.from ? axis.count : axis.values.size();
    };
    for (SweepAxisConfig const& axis : sweep.axes)
        if (size(axis) != size(sweep.axes.front()))
            problems.add(axis.at(axis.from ? "count" : "values"),
                         fmt::format("has {} values, the first axis {}: zipped axes move together",
                                     size(axis), size(sweep.axes.front())),
                         "write as many, or kind = \"grid\" for all combinations");
}

void check_keys(SweepAxisConfig const& axis, Problems& problems)
{
    std::map<std::string, Where> keys;
    for (std::string const& key : axis.keys)
        keys.emplace(key, axis.at("key"));
    for (SweepValue const& value : axis.values)
        for (Setting const& setting : value.settings)
            keys.emplace(setting.key, setting.where);
    for (auto const& [key, where] : keys)
        check_swept_key(key, where, problems);
}

}  // namespace

void check_swept_key(std::string const& key, Where const& where, Problems& problems)
{
    // What is not the scenario's, or would take away what makes points comparable.
    constexpr std::array<std::string_view, 6> tables{"sweep",  "scenario",   "limits",
                                                     "output", "statistics", "stop"};
    constexpr std::array<std::string_view, 3> keys{"paths", "seed", "name"};
    std::vector<std::string> const steps = key_steps(key);
    if (steps.empty())
        return;  // told of where a point is read
    auto const is_among = [](auto const& list, std::string const& step) {
        return std::find(list.begin(), list.end(), step) != list.end();
    };
    bool const is_run = steps.front() == "run";
    if (is_among(tables, steps.front()) || (is_run && steps.size() > 1 && is_among(keys, steps[1])))
        problems.add(where, fmt::format("{} is the same for all points", key),
                     "run the scenario again with --set to change it");
    else if (is_run && steps.size() == 1)
        problems.add(where, "run holds paths, seed and name, which are the same for all points",
                     "write its keys one by one, such as \"run.horizon\"");
}

void check_settings(std::vector<Setting> const& settings, Problems& problems)
{
    for (Setting const& setting : settings)
        check_swept_key(setting.key, setting.where, problems);
}

void check_sweep(Scenario const& scenario, Problems& problems)
{
    if (!scenario.sweep)
        return;
    SweepConfig const& sweep = *scenario.sweep;
    if (sweep.axes.empty())
        problems.add(sweep.at("axis"), "the sweep has no axes",
                     "write [[sweep.axis]] with key and values");
    check_names(sweep.axes, "axis", problems);
    for (SweepAxisConfig const& axis : sweep.axes)
        check_axis(axis, sweep.kind, problems);
    check_kind(sweep, problems);
    for (SweepAxisConfig const& axis : sweep.axes)
        check_keys(axis, problems);
    check_settings(sweep.base, problems);
    if (std::uint64_t const points = num_sweep_points(sweep); points > most_sweep_points)
        problems.add(sweep.where,
                     fmt::format("{} points; {} are the most", points, most_sweep_points),
                     "take fewer values, or kind = \"latin_hypercube\" for a sample of the space");
}

}  // namespace brink
