// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace brink {

/// Why the error of an estimate must be read with care, or the estimate itself.
struct FlagInfo {
    std::string_view name;  ///< in `Estimate::flag`, joined by commas; no name is part of another's
    std::string_view reason;  ///< a sentence for the reader
};

/// The one list of flags: host/statistics sets them, results, JSON, summary and docs name them.
inline constexpr std::array<FlagInfo, 10> flag_list{{
    {"no_observation", "no path has a value"},
    {"one_observation", "a single value has no measurable error"},
    {"no_variation",
     "all values that the number rests on are equal; the error is that of this sample and bounds "
     "nothing unseen"},
    {"few_tail_paths",
     "fewer than 100 paths lie in the tail; the interval covers less often than stated"},
    {"open_interval", "too few paths to bound the number on this side"},
    {"heavy_tail",
     "by the tail index the error rests on an infinite moment (index at most 2, for sd at most 4); "
     "the standard error and interval cannot be trusted"},
    {"histogram_resolution",
     "read from the body histogram; lo and hi contain the width of its bins"},
    {"one_sided",
     "no event, or nothing but events; the far end is the one-sided exact bound (rule of three)"},
    {"infinite_left_out", "paths with an infinite value are not in this number"},
    {"overflow", "the values are so large that the number or its error cannot be represented"},
}};

/// The sentence behind a flag's name; the name itself where it is not in the list.
constexpr std::string_view flag_reason(std::string_view name)
{
    auto const* const found = std::find_if(flag_list.begin(), flag_list.end(),
                                           [&](FlagInfo const& flag) { return flag.name == name; });
    return found == flag_list.end() ? name : found->reason;
}

}  // namespace brink
