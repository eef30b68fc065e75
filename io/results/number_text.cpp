// SPDX-License-Identifier: Apache-2.0
#include "io/results/number_text.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace brink {
namespace {

/// Empty for a finite number.
std::string not_finite_text(double value)
{
    if (std::isnan(value))
        return "n/a";
    if (std::isinf(value))
        return value > 0 ? "inf" : "-inf";
    return {};
}

/// \param number an optional sign, decimal digits, and possibly a point with more digits
std::string with_separators(std::string number)
{
    std::ptrdiff_t const first = number.starts_with('-') ? 1 : 0;
    auto const end = static_cast<std::ptrdiff_t>(std::min(number.find('.'), number.size()));
    for (std::ptrdiff_t at = end - 3; at > first; at -= 3)
        number.insert(static_cast<std::size_t>(at), 1, ',');
    return number;
}

/// Decimals that show two significant digits of a standard error > 0.
int decimals_of(double se)
{
    return 1 - static_cast<int>(std::floor(std::log10(se)));
}

bool is_known(double se)
{
    return std::isfinite(se) && se > 0;
}

}  // namespace

std::string money_text(double value, double se)
{
    if (std::string const text = not_finite_text(value); !text.empty())
        return text;
    double const size = std::abs(value);
    if (is_known(se))
        return with_separators(fmt::format("{:.{}f}", value, std::clamp(decimals_of(se), 0, 6)));
    if (size >= 999.995)
        return with_separators(fmt::format("{:.0f}", value));
    if (size >= 1 || size == 0)
        return fmt::format("{:.2f}", size == 0 ? 0.0 : value);
    return fmt::format("{:.4g}", value);
}

std::string count_text(std::uint64_t value)
{
    return with_separators(std::to_string(value));
}

std::string percent_text(double share, double se)
{
    if (std::string const text = not_finite_text(share); !text.empty())
        return text;
    int const decimals = is_known(se) ? std::clamp(decimals_of(100 * se), 2, 6) : 2;
    return fmt::format("{:.{}f} %", 100 * share, decimals);
}

std::string duration_text(double seconds)
{
    if (std::string const text = not_finite_text(seconds); !text.empty())
        return text;
    if (seconds >= 172'800)
        return fmt::format("{:.1f} d", seconds / 86'400);
    if (seconds >= 3'600)
        return fmt::format("{:.1f} h", seconds / 3'600);
    if (seconds >= 60)
        return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.0f} s", seconds);
}

}  // namespace brink
