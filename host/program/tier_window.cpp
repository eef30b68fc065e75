// SPDX-License-Identifier: Apache-2.0
#include "host/program/tier_window.hpp"

#include <limits>

namespace brink {
namespace {

constexpr double margin =
    1e-3;  ///< relative distance to a floor beyond which rounding cannot reach

}  // namespace

TierWindow<double> make_tier_window(std::span<MarginTier<double> const> tiers, double x,
                                    double factor)
{
    std::size_t const size = tiers.size();
    std::size_t first = 0;
    while (first + 1 < size && tiers[first + 1].floor * (1.0 + margin) < x / factor)
        ++first;
    std::size_t end = first + 1;
    while (end < size && tiers[end].floor * (1.0 - margin) < x * factor)
        ++end;
    double const low = first == 0 ? 0.0 : tiers[first].floor * (1.0 + margin);
    double const high =
        end == size ? std::numeric_limits<double>::infinity() : tiers[end].floor * (1.0 - margin);
    return {static_cast<std::int32_t>(first), static_cast<std::int32_t>(end - first), low, high};
}

}  // namespace brink
