// SPDX-License-Identifier: Apache-2.0
#include "io/config/value_reader.hpp"

#include "io/config/duration.hpp"
#include "io/config/instant.hpp"
#include "io/config/spelling.hpp"

#include <fmt/format.h>

#include <cmath>

namespace brink {
namespace {

constexpr std::string_view duration_example =
    "write an ISO-8601 duration such as \"PT5M\" or \"P10D\"";
constexpr std::string_view instant_example = "write UTC such as 2025-06-30T00:00:00Z";

std::string describe_range(Range range)
{
    std::string const low = fmt::format("{} {}", range.open_low ? ">" : ">=", range.low);
    std::string const high = fmt::format("{} {}", range.open_high ? "<" : "<=", range.high);
    if (std::isinf(range.high))
        return low;
    return std::isinf(range.low) ? high : fmt::format("{} and {}", low, high);
}

bool inside(double value, Range range)
{
    return (range.open_low ? value > range.low : value >= range.low)
           && (range.open_high ? value < range.high : value <= range.high);
}

std::nullopt_t mismatch(ConfigNode const& node, std::string_view wanted, Problems& problems,
                        std::string suggestion = {})
{
    problems.add(node.where, fmt::format("must be {}, is {}", wanted, describe_type(node)),
                 std::move(suggestion));
    return std::nullopt;
}

std::optional<double> as_number(ConfigNode const& node)
{
    if (auto const* const number = std::get_if<double>(&node.value))
        return *number;
    if (auto const* const integer = std::get_if<std::int64_t>(&node.value))
        return static_cast<double>(*integer);
    return std::nullopt;
}

}  // namespace

std::optional<std::string> read_text(ConfigNode const& node, Problems& problems)
{
    if (std::string const* const text = node.text())
        return *text;
    return mismatch(node, "a string", problems, "put it in double quotes");
}

std::optional<double> read_number(ConfigNode const& node, Range range, Problems& problems)
{
    auto const value = as_number(node);
    if (!value) {
        bool const is_text = node.text() != nullptr;
        return mismatch(node, "a number", problems, is_text ? "write it without quotes" : "");
    }
    if (!std::isfinite(*value)) {
        problems.add(node.where, fmt::format("must be a finite number, is {}", *value));
        return std::nullopt;
    }
    if (!inside(*value, range)) {
        problems.add(node.where, fmt::format("must be {}, is {}", describe_range(range),
                                             format_number(*value)));
        return std::nullopt;
    }
    return value;
}

std::optional<std::uint64_t> read_count(ConfigNode const& node, CountRange range,
                                        Problems& problems)
{
    auto const value = as_number(node);
    if (!value)
        return mismatch(node, "a whole number", problems,
                        node.text() != nullptr ? "write it without quotes" : "");
    auto const* const integer = std::get_if<std::int64_t>(&node.value);
    if (integer == nullptr && (!std::isfinite(*value) || *value != std::floor(*value))) {
        problems.add(node.where, fmt::format("must be a whole number, is {}", *value));
        return std::nullopt;
    }
    // Both bounds of the comparison are exact: counts beyond 2^53 come as integers only.
    bool const too_low = *value < 0 || *value < static_cast<double>(range.low);
    bool const too_high = integer != nullptr
                              ? *integer > 0 && static_cast<std::uint64_t>(*integer) > range.high
                              : *value > static_cast<double>(range.high) || *value > 0x1p53;
    if (too_low || too_high) {
        problems.add(node.where, fmt::format("must be from {} to {}, is {}", range.low, range.high,
                                             integer != nullptr ? fmt::format("{}", *integer)
                                                                : format_number(*value)));
        return std::nullopt;
    }
    return integer != nullptr ? static_cast<std::uint64_t>(*integer)
                              : static_cast<std::uint64_t>(*value);
}

std::optional<std::string> read_decimal(ConfigNode const& node, Problems& problems)
{
    std::string text;
    if (std::string const* const written = node.text())
        text = *written;
    else if (auto const value = as_number(node))
        text = format_number(*value);
    else
        return mismatch(node, "a decimal such as 0.99", problems);
    bool const is_decimal = text.size() > 2 && text.size() < 20 && text.starts_with("0.")
                            && text.find_first_not_of("0123456789", 2) == std::string::npos
                            && text.find_first_of("123456789") != std::string::npos;
    if (!is_decimal) {
        problems.add(node.where,
                     fmt::format("must be a decimal strictly between 0 and 1, is {}", text),
                     "write a level such as 0.99");
        return std::nullopt;
    }
    text.erase(text.find_last_not_of('0') + 1);  // 0.990 and 0.99 are one level
    return text;
}

std::optional<Seconds> read_duration(ConfigNode const& node, Range range, Problems& problems)
{
    std::string const* const text = node.text();
    if (text == nullptr) {
        auto const number = as_number(node);
        bool const usable = number && std::isfinite(*number) && *number > 0;
        return mismatch(
            node, "a duration in quotes, with its unit", problems,
            usable ? fmt::format("if seconds are meant, write \"{}\"", format_duration(*number))
                   : std::string{duration_example});
    }
    auto const seconds = parse_duration(*text);
    if (!seconds) {
        std::string const guess = guess_duration(*text);
        problems.add(
            node.where, fmt::format("\"{}\" is not an ISO-8601 duration", *text),
            guess.empty() ? std::string{duration_example} : fmt::format("write \"{}\"?", guess));
        return std::nullopt;
    }
    if (!inside(*seconds, range)) {
        std::string const bound =
            range.open_low && range.low == 0 && *seconds <= 0
                ? "longer than zero"
                : fmt::format("from \"{}\" to \"{}\"", format_duration(range.low),
                              std::isinf(range.high) ? "any" : format_duration(range.high));
        problems.add(node.where, fmt::format("must be {}, is \"{}\"", bound, *text));
        return std::nullopt;
    }
    return seconds;
}

std::optional<UnixSeconds> read_instant(ConfigNode const& node, Problems& problems)
{
    if (auto const* const instant = std::get_if<InstantValue>(&node.value)) {
        if (!instant->has_fraction)
            return instant->seconds;
        problems.add(node.where, "must be a whole second", std::string{instant_example});
        return std::nullopt;
    }
    if (auto const* const local = std::get_if<LocalTime>(&node.value)) {
        problems.add(node.where,
                     fmt::format("{} has no offset from UTC, so it is no instant", local->text),
                     std::string{instant_example});
        return std::nullopt;
    }
    std::string const* const text = node.text();
    if (text == nullptr)
        return mismatch(node, "a date-time", problems, std::string{instant_example});
    auto const parsed = parse_instant(*text);
    if (!parsed)
        problems.add(node.where,
                     fmt::format("\"{}\" is not a date-time in UTC or with an offset", *text),
                     std::string{instant_example});
    return parsed;
}

std::vector<double> read_numbers(ConfigNode const& array, Range range, Problems& problems)
{
    std::vector<double> numbers;
    for (ConfigNode const& element : *array.array())
        numbers.push_back(read_number(element, range, problems).value_or(0));
    return numbers;
}

void report_type(ConfigNode const& node, std::string_view wanted, Problems& problems)
{
    problems.add(node.where, fmt::format("must be {}, is {}", wanted, describe_type(node)));
}

std::string format_number(double value)
{
    std::string text = fmt::format("{}", value);
    if (text.find_first_of(".en") == std::string::npos)
        text += ".0";
    return text;
}

}  // namespace brink
