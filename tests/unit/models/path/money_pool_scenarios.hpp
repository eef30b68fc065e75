// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/unit/models/path/money_scenarios.hpp"

namespace brink::test {

/// Loans that a stability pool and the other borrowers take over, with deposits for gas; the pool
/// is too small for either. `system`: tables of the venue.
inline std::string money_pools(std::string const& liquidation, std::string const& system)
{
    return daily_market() + R"(
[[venue]]
name = "v"
health = "collateral_over_debt"
call_health = 1.1
liquidation = { price = "pool", pool = 300_000, gas_deposit = 200, )"
           + liquidation + R"( }
collateral = [
    { asset = "ETH", tiers = [{ floor = 0, ratio = 0.95 }] },
    { asset = "BTC", tiers = [{ floor = 0, ratio = 0.95 }] },
    { asset = "USDT", tiers = [{ floor = 0, ratio = 0 }] },
]
borrow = [{ asset = "USDT", rate = 0.08 }, { asset = "USD", rate = 0.01 }]
)" + system + R"(
[[owner]]
name = "first"
reserve = { ETH = 40 }
[[owner.response]]
action = "post"
asset = "ETH"
probability = 0.3
delay = { distribution = "fixed", value = "PT12H" }
target_health = 1.25
limit = 1
[[owner]]
name = "second"
[[account]]
name = "l1"
owner = "first"
venue = "v"
balances = { ETH = 500 }
loans = [{ asset = "USDT", amount = 650_000 }]
[[account]]
name = "l2"
owner = "second"
venue = "v"
balances = { ETH = 100, BTC = 4 }
loans = [{ asset = "USDT", amount = 130_000, rate = 0.3 }, { asset = "USD", amount = 146_000 }]
)";
}

}  // namespace brink::test
