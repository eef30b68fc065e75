// SPDX-License-Identifier: Apache-2.0
#include "io/config/instant.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>

namespace brink {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

/// Exactly `digits` decimal digits at the start of `text`, which is shortened by them.
std::optional<int> take_digits(std::string_view& text, std::size_t digits)
{
    if (text.size() < digits || text.substr(0, digits).find_first_not_of("0123456789") != text.npos)
        return std::nullopt;
    int value = 0;
    std::from_chars(text.data(), text.data() + digits, value);
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char expected)
{
    if (text.empty() || text.front() != expected)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Offset from UTC in seconds: `Z`, `+hh:mm`, `-hh:mm`, and nothing after it.
std::optional<int> take_offset(std::string_view text)
{
    if (text == "Z" || text == "z")
        return 0;
    if (text.size() != 6 || (text.front() != '+' && text.front() != '-'))
        return std::nullopt;
    int const sign = text.front() == '+' ? 1 : -1;
    text.remove_prefix(1);
    auto const hours = take_digits(text, 2);
    bool const colon = take(text, ':');
    auto const minutes = take_digits(text, 2);
    if (!hours || !colon || !minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    return sign * (*hours * 3'600 + *minutes * 60);
}

std::optional<CivilTime> take_civil(std::string_view& text)
{
    auto const year = take_digits(text, 4);
    bool separated = take(text, '-');
    auto const month = take_digits(text, 2);
    separated = take(text, '-') && separated;
    auto const day = take_digits(text, 2);
    separated = (take(text, 'T') || take(text, 't') || take(text, ' ')) && separated;
    auto const hour = take_digits(text, 2);
    separated = take(text, ':') && separated;
    auto const minute = take_digits(text, 2);
    std::optional<int> second = 0;
    if (take(text, ':'))
        second = take_digits(text, 2);
    if (!separated || !year || !month || !day || !hour || !minute || !second)
        return std::nullopt;
    return CivilTime{*year, *month, *day, *hour, *minute, *second};
}

}  // namespace

std::optional<UnixSeconds> to_unix(CivilTime const& time)
{
    namespace chrono = std::chrono;
    chrono::year_month_day const date{chrono::year{time.year},
                                      chrono::month{static_cast<unsigned>(time.month)},
                                      chrono::day{static_cast<unsigned>(time.day)}};
    if (!date.ok() || time.hour > 23 || time.minute > 59 || time.second > 59)
        return std::nullopt;
    auto const days = chrono::sys_days{date}.time_since_epoch().count();
    return UnixSeconds{days} * 86'400 + time.hour * 3'600 + time.minute * 60 + time.second;
}

std::optional<UnixSeconds> parse_instant(std::string_view text)
{
    auto const civil = take_civil(text);
    if (!civil)
        return std::nullopt;
    if (take(text, '.')) {
        std::size_t const length = std::min(text.find_first_not_of('0'), text.size());
        if (length == 0)
            return std::nullopt;
        text.remove_prefix(length);
    }
    auto const offset = take_offset(text);
    auto const unix = to_unix(*civil);
    if (!offset || !unix)
        return std::nullopt;
    return *unix - *offset;
}

std::string format_instant(UnixSeconds instant)
{
    namespace chrono = std::chrono;
    auto const days = chrono::floor<chrono::days>(chrono::sys_seconds{chrono::seconds{instant}});
    chrono::year_month_day const date{days};
    auto const rest = instant - UnixSeconds{days.time_since_epoch().count()} * 86'400;
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       rest / 3'600, rest / 60 % 60, rest % 60);
}

std::optional<ClockTime> parse_clock(std::string_view text)
{
    ClockTime clock;
    for (std::size_t day = 0; day < weekdays.size(); ++day) {
        if (text.substr(0, 3) == weekdays[day] && text.size() > 4 && text[3] == ' ') {
            clock = {true, static_cast<std::int64_t>(day) * 86'400};
            text.remove_prefix(4);
            break;
        }
    }
    auto const hour = take_digits(text, 2);
    bool const colon = take(text, ':');
    auto const minute = take_digits(text, 2);
    if (!hour || !colon || !minute || !text.empty() || *minute > 59)
        return std::nullopt;
    std::int64_t const of_day = *hour * 3'600 + *minute * 60;
    if (of_day > 86'400)
        return std::nullopt;
    clock.seconds += of_day;
    return clock;
}

std::string format_weekly(std::int64_t seconds)
{
    seconds %= 604'800;
    return fmt::format("{} {:02}:{:02}", weekdays[static_cast<std::size_t>(seconds / 86'400)],
                       seconds / 3'600 % 24, seconds / 60 % 60);
}

}  // namespace brink
