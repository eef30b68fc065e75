// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/history_time.hpp"

#include "io/config/instant.hpp"

#include <charconv>
#include <cstdint>
#include <string>

namespace brink {
namespace {

/// Unix times: the least (1973-03-03) and the first that is none (2286-11-20), in seconds.
constexpr std::int64_t unix_begin = 100'000'000;
constexpr std::int64_t unix_end = 10'000'000'000;

bool is_digits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<HistoryTime> from_iso(std::string const& text, TimeStyle style)
{
    if (auto const instant = parse_instant(text))
        return HistoryTime{*instant, style};
    return std::nullopt;
}

std::optional<HistoryTime> from_unix(std::string_view digits)
{
    std::int64_t value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc{})
        return std::nullopt;
    for (std::int64_t const unit : {1, 1'000, 1'000'000})
        if (value >= unix_begin * unit && value < unix_end * unit && value % unit == 0)
            return HistoryTime{value / unit, TimeStyle::epoch};
    return std::nullopt;
}

/// Digits without a fraction of zeros: `1609459200.0`, as tables of numbers write it.
std::string_view without_zero_fraction(std::string_view text)
{
    std::size_t const point = text.find('.');
    if (point == std::string_view::npos || point + 1 == text.size()
        || text.find_first_not_of('0', point + 1) != std::string_view::npos)
        return text;
    return text.substr(0, point);
}

}  // namespace

std::optional<HistoryTime> parse_history_time(std::string_view text)
{
    std::string const whole{text};
    if (is_digits(text) && text.size() == 8)
        return from_iso(
            whole.substr(0, 4) + "-" + whole.substr(4, 2) + "-" + whole.substr(6) + "T00:00:00Z",
            TimeStyle::instant);
    if (std::string_view const digits = without_zero_fraction(text); is_digits(digits))
        return from_unix(digits);
    if (auto const instant = from_iso(whole, TimeStyle::instant))
        return instant;
    if (text.size() == 10)
        return from_iso(whole + "T00:00:00Z", TimeStyle::instant);
    return from_iso(whole + "Z", TimeStyle::local);
}

}  // namespace brink
