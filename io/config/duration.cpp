// SPDX-License-Identifier: Apache-2.0
#include "io/config/duration.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace brink {
namespace {

struct Designator {
    char letter;
    bool of_time;  ///< stands after the T
    double seconds;
};

// In the order in which ISO 8601 wants them.
constexpr std::array<Designator, 5> designators{{
    {'W', false, 604'800},
    {'D', false, 86'400},
    {'H', true, 3'600},
    {'M', true, 60},
    {'S', true, 1},
}};

/// Number at the start of `text`, which is shortened by it. Digits with one point, no sign.
std::optional<double> take_number(std::string_view& text)
{
    std::size_t const length = std::min(text.find_first_not_of("0123456789."), text.size());
    if (length == 0 || text.front() == '.')
        return std::nullopt;
    double value = 0;
    auto const result = std::from_chars(text.data(), text.data() + length, value);
    if (result.ec != std::errc{} || result.ptr != text.data() + length)
        return std::nullopt;
    text.remove_prefix(length);
    return value;
}

}  // namespace

std::optional<double> parse_duration(std::string_view text)
{
    if (text.size() < 3 || text.front() != 'P')
        return std::nullopt;
    text.remove_prefix(1);

    double seconds = 0;
    bool in_time = false;
    std::size_t next = 0;
    while (!text.empty()) {
        if (text.front() == 'T' && !in_time) {
            in_time = true;
            text.remove_prefix(1);
        }
        auto const number = take_number(text);
        if (!number || text.empty())
            return std::nullopt;
        while (
            next < designators.size()
            && (designators[next].letter != text.front() || designators[next].of_time != in_time))
            ++next;
        if (next == designators.size())
            return std::nullopt;
        seconds += *number * designators[next++].seconds;
        text.remove_prefix(1);
    }
    return std::isfinite(seconds) ? std::optional{seconds} : std::nullopt;
}

std::string format_duration(double seconds)
{
    if (seconds == 0)
        return "PT0S";
    std::string text = "P";
    double const days = std::floor(seconds / 86'400);
    double rest = seconds - days * 86'400;
    if (days > 0)
        text += fmt::format("{:.0f}D", days);
    if (rest == 0)
        return text;
    text += 'T';
    double const hours = std::floor(rest / 3'600);
    rest -= hours * 3'600;
    double const minutes = std::floor(rest / 60);
    rest -= minutes * 60;
    if (hours > 0)
        text += fmt::format("{:.0f}H", hours);
    if (minutes > 0)
        text += fmt::format("{:.0f}M", minutes);
    if (rest > 0)
        text += fmt::format("{}S", rest);
    return text;
}

std::string guess_duration(std::string_view text)
{
    auto const number = take_number(text);
    if (!number)
        return {};
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    // Minutes are the likely meaning of "m": months are refused anyhow.
    char const unit = text.empty() ? 's' : text.front();
    for (Designator const& designator : designators)
        if (static_cast<char>(designator.letter | 0x20) == static_cast<char>(unit | 0x20))
            return format_duration(*number * designator.seconds);
    return {};
}

}  // namespace brink
