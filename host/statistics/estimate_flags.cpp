// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/estimate_flags.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace brink {
namespace {

struct FlagText {
    std::string_view name;
    std::string_view reason;
};

/// In the order of EstimateFlag.
constexpr std::array<FlagText, 9> flag_texts{{
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
}};

FlagText const& text_of(EstimateFlag flag)
{
    return flag_texts[static_cast<std::size_t>(flag)];
}

}  // namespace

std::string_view flag_name(EstimateFlag flag)
{
    return text_of(flag).name;
}

std::string_view flag_reason(EstimateFlag flag)
{
    return text_of(flag).reason;
}

bool has_flag(Estimate const& estimate, EstimateFlag flag)
{
    // No name is part of another's.
    return estimate.flag.find(flag_name(flag)) != std::string::npos;
}

void flag_if(bool condition, Estimate& estimate, EstimateFlag flag)
{
    if (!condition || has_flag(estimate, flag))
        return;
    if (!estimate.flag.empty())
        estimate.flag += ',';
    estimate.flag += flag_name(flag);
}

}  // namespace brink
