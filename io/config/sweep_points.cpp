// SPDX-License-Identifier: Apache-2.0
#include "io/config/sweep_points.hpp"

#include "io/config/canonical.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <random>

namespace brink {
namespace {

/// Without the noise of the arithmetic behind the digits that anybody writes.
double rounded(double number)
{
    return std::strtod(fmt::format("{:.12g}", number).c_str(), nullptr);
}

SweepValue number_value(double number, Where const& where)
{
    SweepValue value;
    value.number = rounded(number);
    value.text = inline_text(ConfigNode{*value.number, {}});
    value.where = where;
    return value;
}

/// \param share of the way from one end to the other
SweepValue value_between(SweepAxisConfig const& axis, double share)
{
    double const from = *axis.from;
    double const to = *axis.to;
    double const number = axis.scale == AxisScale::log ? from * std::pow(to / from, share)
                                                       : from + share * (to - from);
    return number_value(share == 1 ? to : number, axis.at("from"));
}

std::vector<SweepValue> listed_values(SweepAxisConfig const& axis)
{
    if (!axis.from)
        return axis.values;
    std::vector<SweepValue> values;
    for (std::uint64_t i = 0; i < axis.count; ++i) {
        double const share =
            axis.count > 1 ? static_cast<double>(i) / static_cast<double>(axis.count - 1) : 0;
        values.push_back(value_between(axis, share));
    }
    return values;
}

/// Even on [0, 1), from the bits of the generator: distributions of the library differ by platform.
double even(std::mt19937_64& generator)
{
    return static_cast<double>(generator() >> 11) * 0x1p-53;
}

std::vector<SweepValue> drawn_values(SweepAxisConfig const& axis, std::uint64_t points,
                                     std::mt19937_64& generator)
{
    std::vector<std::uint64_t> parts(points);
    std::iota(parts.begin(), parts.end(), std::uint64_t{0});
    for (std::uint64_t i = points; i > 1; --i)
        std::swap(parts[i - 1],
                  parts[static_cast<std::size_t>(even(generator) * static_cast<double>(i))]);
    std::vector<SweepValue> values;
    for (std::uint64_t const part : parts) {
        double const share =
            (static_cast<double>(part) + even(generator)) / static_cast<double>(points);
        auto const place =
            static_cast<std::size_t>(share * static_cast<double>(axis.values.size()));
        values.push_back(axis.from ? value_between(axis, share)
                                   : axis.values[std::min(place, axis.values.size() - 1)]);
    }
    return values;
}

void add_value(SweepPoint& point, SweepAxis const& axis, std::size_t place)
{
    SweepValue const& value = axis.values[place];
    point.places.push_back(place);
    point.label +=
        fmt::format("{}{} = {}", point.label.empty() ? "" : ", ", axis.name, value.label());
    point.settings.insert(point.settings.end(), value.settings.begin(), value.settings.end());
    if (value.name.empty())
        for (std::string const& key : axis.keys)
            point.settings.push_back({key, value.text, value.where});
}

SweepPoint point_at(SweepKind kind, std::vector<SweepAxis> const& axes, std::size_t index)
{
    std::vector<std::size_t> places(axes.size(), index);
    if (kind == SweepKind::grid)
        for (std::size_t a = axes.size(); a-- > 0;) {
            places[a] = index % axes[a].values.size();
            index /= axes[a].values.size();
        }
    SweepPoint point;
    for (std::size_t a = 0; a < axes.size(); ++a)
        add_value(point, axes[a], places[a]);
    return point;
}

}  // namespace

bool SweepAxis::is_numeric() const
{
    return std::all_of(values.begin(), values.end(),
                       [](SweepValue const& value) { return value.number.has_value(); });
}

std::uint64_t num_sweep_points(SweepConfig const& sweep)
{
    if (sweep.kind == SweepKind::latin_hypercube)
        return sweep.points;
    std::uint64_t points = sweep.axes.empty() ? 0 : 1;
    for (SweepAxisConfig const& axis : sweep.axes) {
        std::uint64_t const values = axis.from ? axis.count : axis.values.size();
        if (sweep.kind == SweepKind::zip)
            return values;
        if (values > 0 && points > std::numeric_limits<std::uint64_t>::max() / values)
            return std::numeric_limits<std::uint64_t>::max();
        points *= values;
    }
    return points;
}

SweepPoints expand_sweep(SweepConfig const& sweep)
{
    SweepPoints expanded;
    std::mt19937_64 generator{sweep.seed};
    for (SweepAxisConfig const& axis : sweep.axes)
        expanded.axes.push_back({axis.name, axis.keys,
                                 sweep.kind == SweepKind::latin_hypercube
                                     ? drawn_values(axis, sweep.points, generator)
                                     : listed_values(axis)});
    std::uint64_t const points = num_sweep_points(sweep);
    for (std::uint64_t i = 0; i < points; ++i)
        expanded.points.push_back(point_at(sweep.kind, expanded.axes, i));
    return expanded;
}

}  // namespace brink
