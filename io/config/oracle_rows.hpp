// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

#include <string>

namespace brink {

/// What the prices of an oracle go by: `<asset>@<venue>`, with all venues whose oracles are alike
/// and so have the same prices, `<asset>@<venue>,<venue>`.
[[nodiscard]] std::string oracle_row_name(OracleConfig const& oracle, Scenario const& scenario);

}  // namespace brink
