// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

namespace brink {

/// A parameter and its standard error; NaN: the data do not determine it.
struct FittedValue {
    double value{0};
    double se{std::numeric_limits<double>::quiet_NaN()};
};

}  // namespace brink
