// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

namespace brink {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace brink
