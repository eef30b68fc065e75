// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/estimate_flags.hpp"

#include "io/results/flags.hpp"

#include <cstddef>
#include <string>

namespace brink {
namespace {

/// flag_list is in the order of EstimateFlag.
FlagInfo const& text_of(EstimateFlag flag)
{
    return flag_list[static_cast<std::size_t>(flag)];
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

void add_flag(Estimate& estimate, EstimateFlag flag)
{
    if (has_flag(estimate, flag))
        return;
    if (!estimate.flag.empty())
        estimate.flag += ',';
    estimate.flag += flag_name(flag);
}

}  // namespace brink
