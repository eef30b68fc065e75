// SPDX-License-Identifier: Apache-2.0
// Windows and delays: values that are small tables of their own.
#include "io/config/config_words.hpp"
#include "io/config/instant.hpp"
#include "io/config/table_reader.hpp"
#include "io/config/value_reader.hpp"

#include <fmt/format.h>

#include <cmath>

namespace brink {
namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t week_seconds = 7 * day_seconds;
constexpr std::string_view window_example =
    "write { from = \"Sat 00:00\", until = \"Mon 00:00\" }, { from = \"18:00\", until = \"08:00\" "
    "} for "
    "every day, or two UTC date-times";

void add_clock_windows(ConfigNode const& node, WindowConfig window, ClockTime from, ClockTime until,
                       std::vector<WindowConfig>& windows, Problems& problems)
{
    if (from.has_weekday != until.has_weekday) {
        problems.add(node.where, "one end names a weekday and the other does not",
                     std::string{window_example});
        return;
    }
    std::int64_t const period = from.has_weekday ? week_seconds : day_seconds;
    if (from.seconds % period == until.seconds % period) {
        problems.add(node.where, "begins and ends at the same time, so its length is unclear",
                     "leave it out, or name two different times");
        return;
    }
    window.weekly = true;
    std::int64_t const length = (until.seconds - from.seconds + period) % period;
    for (std::int64_t day = 0; day < (from.has_weekday ? 1 : 7); ++day) {
        window.from = (from.seconds + day * day_seconds) % week_seconds;
        window.until = (window.from + length) % week_seconds;
        windows.push_back(window);
    }
}

void add_dated_window(ConfigNode const& node, WindowConfig window, ConfigNode const& from,
                      ConfigNode const& until, std::vector<WindowConfig>& windows,
                      Problems& problems)
{
    auto const begin = read_instant(from, problems);
    auto const end = read_instant(until, problems);
    if (!begin || !end)
        return;
    if (*end <= *begin) {
        problems.add(node.where, "ends before it begins", "swap from and until");
        return;
    }
    window.from = *begin;
    window.until = *end;
    windows.push_back(window);
}

/// Keys of the table form of a delay; `distribution` decides which of the others count.
struct DelayKeys : Located {
    DelayKind distribution{DelayKind::fixed};
    std::optional<Seconds> value, min, max, mean, median;
    std::optional<double> sigma;
};

void fill_delay(DelayKeys const& keys, DelayConfig& delay)
{
    delay.kind = keys.distribution;
    switch (keys.distribution) {
        case DelayKind::fixed:
            delay.a = keys.value.value_or(0);
            break;
        case DelayKind::uniform:
            delay.a = keys.min.value_or(0);
            delay.b = keys.max.value_or(0);
            break;
        case DelayKind::exponential:
            delay.a = keys.mean.value_or(0);
            break;
        case DelayKind::lognormal:
            delay.a = keys.median.value_or(0);
            delay.b = keys.sigma.value_or(0);
            break;
    }
}

/// Only the keys of the chosen distribution are known; any other is reported by the reader.
void visit_delay(TableVisitor& visitor, DelayKeys& keys)
{
    switch (keys.distribution) {
        case DelayKind::fixed:
            visitor.maybe_duration("value", keys.value, not_negative);
            break;
        case DelayKind::uniform:
            visitor.maybe_duration("min", keys.min, not_negative);
            visitor.maybe_duration("max", keys.max, not_negative);
            break;
        case DelayKind::exponential:
            visitor.maybe_duration("mean", keys.mean, positive);
            break;
        case DelayKind::lognormal:
            visitor.maybe_duration("median", keys.median, positive);
            visitor.maybe_number("sigma", keys.sigma, positive);
            break;
    }
}

void require_delay_keys(DelayKeys const& keys, Problems& problems)
{
    auto const require = [&](std::string_view key, bool given, std::string_view example) {
        if (!given && !keys.has(key))
            problems.add(keys.at(key), "required key is missing",
                         fmt::format("write {} = {}", key, example));
    };
    switch (keys.distribution) {
        case DelayKind::fixed:
            require("value", keys.value.has_value(), "\"PT2H\"");
            break;
        case DelayKind::uniform:
            require("min", keys.min.has_value(), "\"PT1H\"");
            require("max", keys.max.has_value(), "\"PT6H\"");
            if (keys.min && keys.max && *keys.max < *keys.min)
                problems.add(keys.at("max"), "is shorter than min", "swap min and max");
            break;
        case DelayKind::exponential:
            require("mean", keys.mean.has_value(), "\"PT2H\"");
            break;
        case DelayKind::lognormal:
            require("median", keys.median.has_value(), "\"PT2H\"");
            require("sigma", keys.sigma.has_value(), "0.5");
            break;
    }
}

}  // namespace

std::vector<WindowConfig> read_window(ConfigNode const& node, Problems& problems)
{
    std::vector<WindowConfig> windows;
    ConfigNode const* const from = node.find("from");
    ConfigNode const* const until = node.find("until");
    if (from == nullptr || until == nullptr) {
        problems.add(node.where, "must be a table with the keys from and until",
                     std::string{window_example});
        return windows;
    }
    WindowConfig window;
    window.where = node.where;
    window.keys = {{"from", from->where}, {"until", until->where}};
    auto const from_clock = from->text() ? parse_clock(*from->text()) : std::nullopt;
    auto const until_clock = until->text() ? parse_clock(*until->text()) : std::nullopt;
    for (ConfigEntry const& entry : *node.table())
        if (entry.key != "from" && entry.key != "until")
            problems.add(entry.node.where, "unknown key", std::string{window_example});
    if (from_clock && until_clock)
        add_clock_windows(node, window, *from_clock, *until_clock, windows, problems);
    else if (from_clock || until_clock || (from->text() && !parse_instant(*from->text())))
        problems.add(from_clock ? until->where : from->where, "is not a time of the week in UTC",
                     std::string{window_example});
    else
        add_dated_window(node, window, *from, *until, windows, problems);
    return windows;
}

std::optional<DelayConfig> read_delay(ConfigNode const& node, Problems& problems)
{
    DelayConfig delay;
    delay.where = node.where;
    if (node.table() == nullptr) {
        auto const seconds = read_duration(node, not_negative, problems);
        delay.a = seconds.value_or(0);
        return seconds ? std::optional{delay} : std::nullopt;
    }
    std::size_t const before = problems.problems().size();
    DelayKeys keys;
    TableReader reader{node, keys, problems};
    reader.choice("distribution", keys.distribution, Need::required);
    if (problems.problems().size() != before)
        return std::nullopt;
    visit_delay(reader, keys);
    reader.finish();
    require_delay_keys(keys, problems);
    if (problems.problems().size() != before)
        return std::nullopt;
    delay.keys = keys.keys;
    fill_delay(keys, delay);
    return delay;
}

}  // namespace brink
