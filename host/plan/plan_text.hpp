// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/plan/plan.hpp"
#include "kernels/executor.hpp"

namespace brink {

/// A plan for people; ends with a line break.
[[nodiscard]] std::string plan_text(Plan const& plan, ExecutorInfo const& info);

/// The same as one line of JSON with a line break; sizes in bytes.
[[nodiscard]] std::string plan_json(Plan const& plan, ExecutorInfo const& info);

}  // namespace brink
