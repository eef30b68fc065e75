// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"
#include "models/market/narrow_market.hpp"

namespace brink {

/// The scenario's [[market.failures]], checked by the reader.
void set_failures(WideMarket& market, Scenario const& scenario);

}  // namespace brink
