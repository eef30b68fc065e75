// SPDX-License-Identifier: Apache-2.0
#include "host/run/deadline.hpp"

#include <ctime>
#include <stdexcept>

namespace brink {
namespace {

constexpr std::int64_t day = 86'400;
constexpr int days_ahead = 8;  // a weekday comes again within a week

/// Days since Monday.
int weekday_of(std::tm const& local)
{
    return (local.tm_wday + 6) % 7;
}

}  // namespace

UnixSeconds next_deadline(std::string const& text, UnixSeconds now)
{
    if (auto const instant = parse_instant(text))
        return *instant;
    auto const clock = parse_clock(text);
    if (!clock)
        throw std::logic_error{"deadline '" + text + "' passed the checks"};
    auto const start = static_cast<std::time_t>(now);
    std::tm today{};
    ::localtime_r(&start, &today);
    for (int ahead = 0; ahead <= days_ahead; ++ahead) {
        std::tm local = today;
        local.tm_mday += ahead;
        local.tm_hour = static_cast<int>(clock->seconds % day / 3600);
        local.tm_min = static_cast<int>(clock->seconds % 3600 / 60);
        local.tm_sec = static_cast<int>(clock->seconds % 60);
        local.tm_isdst = -1;  // as the time zone has it on that day
        std::time_t const candidate = ::mktime(&local);
        bool const is_day = !clock->has_weekday || weekday_of(local) == clock->seconds / day;
        if (is_day && candidate > start)
            return static_cast<UnixSeconds>(candidate);
    }
    throw std::logic_error{"no such time of day ahead"};
}

}  // namespace brink
