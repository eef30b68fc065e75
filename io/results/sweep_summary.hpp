// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"
#include "io/results/summary_page.hpp"

#include <string>

namespace brink {

/// The points of a sweep, by the expected shortfall of their loss; of many, those at both ends.
void add_sweep(SummaryPage& page, SweepResult const& sweep, std::string const& numeraire);

}  // namespace brink
