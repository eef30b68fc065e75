// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "io/config/scenario.hpp"
#include "io/results/result.hpp"

namespace brink {

/// What `[limits]` say about a result.
struct LimitReport {
    std::vector<std::string> breached;   ///< one sentence per breached limit
    std::vector<std::string> undecided;  ///< limits on statistics without a value, with the reason
};

/// A limit is breached where the estimate exceeds it; with `confident`, where the near end of its
/// interval does.
[[nodiscard]] LimitReport judge_limits(std::vector<LimitConfig> const& limits,
                                       Result const& result);

}  // namespace brink
