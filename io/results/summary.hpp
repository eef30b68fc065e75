// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"

#include <string>

namespace brink {

/// What a person wants to see of a result, within 100 columns and about one screen: probabilities,
/// loss with VaR and ES, reserve needed, time to the first call, parts of the loss, accounts, worst
/// paths, limits breached, warnings and assumptions; each estimate with its standard error and 95 %
/// interval. Ends with a line break.
[[nodiscard]] std::string summary_text(Result const& result);

}  // namespace brink
