// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "io/config/problem.hpp"

namespace brink {

/// Run `work`; where it throws, tell the user on stderr and return the exit code that fits.
int guarded(std::function<int()> const& work);

/// Print warnings and problems to stderr, one line each.
/// \return exit code of the problems; 0 where there are none
int report_problems(Problems const& problems);

}  // namespace brink
