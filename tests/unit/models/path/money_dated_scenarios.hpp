// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace brink::test {

/// Two coins, so that there is room for three dated contracts.
inline std::string const money_dated_market = R"(
[run]
name = "money"
as_of = 2025-01-06T00:00:00Z
horizon = "P10D"
step = "PT6H"
[[asset]]
name = "BTC"
price = 50_000.0
volatility = 1.5
execution = { half_spread = 0.001, adv_usd = 1e9 }
implied_volatility = { mean = 1.2, half_life = "P10D", sd = 0.3, spot_correlation = -0.4 }
[[asset]]
name = "USDC"
price = 1.0
volatility = 0.05
execution = { half_spread = 0.0005 }
[[owner]]
name = "o"
reserve = { USDC = 200_000 }
response = [{ action = "post", asset = "USDC", target_health = 2.0, probability = 0.6, delay = "PT3H" }]
)";

/// Futures of both kinds and an option sold, of which the last two expire on the way.
inline std::string const money_dated = money_dated_market + R"(
[[venue]]
name = "v"
call = "health"
call_health = 1.5
insurance_fund = 20_000
liquidation = { reduction = "target_health", target_health = 1.2, price = "market", fee = 0.005 }
collateral = [
    { asset = "BTC", tiers = [{ floor = 0, ratio = 0.95 }] },
    { asset = "USDC", tiers = [{ floor = 0, ratio = 1.0 }] },
]
schedules = [
    { instruments = ["LINEAR", "INVERSE"], tiers = [{ floor = 0, maintenance_rate = 0.05 }] },
    { instruments = ["CALL"], kind = "short_option", option = { initial_rate = 0.15, initial_least = 0.1, maintenance_rate = 0.075 } },
]
borrow = [{ asset = "USDC", rate = 0.1 }, { asset = "BTC", rate = 0.05 }]
[[instrument]]
name = "LINEAR"
venue = "v"
kind = "linear_future"
base = "BTC"
quote = "USDC"
expiry = 2025-03-28T08:00:00Z
basis = 0.1
[[instrument]]
name = "INVERSE"
venue = "v"
kind = "inverse_future"
base = "BTC"
quote = "USDC"
contract_size = 100
expiry = 2025-01-12T08:00:00Z
basis = 0.05
[[instrument]]
name = "CALL"
venue = "v"
kind = "call"
base = "BTC"
quote = "USDC"
settlement = "BTC"
strike = 52_000
expiry = 2025-01-10T08:00:00Z
execution = { half_spread = 0.02 }
[[account]]
name = "a"
owner = "o"
venue = "v"
balances = { USDC = 120_000, BTC = 2.0 }
positions = [
    { instrument = "LINEAR", size = 8, entry_price = 51_000 },
    { instrument = "INVERSE", size = -1_000, entry_price = 50_300 },
    { instrument = "CALL", size = -10 },
]
[[account]]
name = "b"
venue = "v"
balances = { USDC = 40_000 }
positions = [{ instrument = "CALL", size = 5 }, { instrument = "LINEAR", size = -5, entry_price = 50_000 }]
)";

/// Options and a perpetual on a scenario grid; the account is taken over where it is nearly worth
/// nothing.
inline std::string const money_grid = money_dated_market + R"(
[[venue]]
name = "v"
call = "health"
call_health = 1.5
requirement = "grid"
insurance_fund = 5_000
liquidation = { reduction = "target_health", target_health = 1.1, price = "market", fee = 0.002, takeover_health = 0.3 }
collateral = [{ asset = "USDC", tiers = [{ floor = 0, ratio = 1.0 }] }]
borrow = [{ asset = "USDC", rate = 0.1 }]
[venue.grid]
maintenance_factor = 0.2
short_power = 0.3
scenarios = [{ spot = [-0.15, 0.0, 0.15], volatility = [-0.2, 0.4] }, { spot = [0.5], weight = 0.3 }]
contingencies = [{ of = "short_options", rate = 0.01 }, { of = "net_delta", rate = 0.02, use = "least" }]
[[instrument]]
name = "PERP"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDC"
funding_rate_per_interval = 0.0003
[[instrument]]
name = "CALL"
venue = "v"
kind = "call"
base = "BTC"
quote = "USDC"
strike = 53_000
expiry = 2025-01-31T08:00:00Z
execution = { half_spread = 0.02 }
[[instrument]]
name = "PUT"
venue = "v"
kind = "put"
base = "BTC"
quote = "USDC"
strike = 47_000
volatility = 1.3
expiry = 2025-01-11T08:00:00Z
execution = { half_spread = 0.02 }
[[account]]
name = "a"
owner = "o"
venue = "v"
balances = { USDC = 95_000 }
positions = [
    { instrument = "PERP", size = 2, entry_price = 50_000 },
    { instrument = "CALL", size = -10 },
    { instrument = "PUT", size = -10 },
]
[[account]]
name = "b"
venue = "v"
balances = { USDC = 75_000 }
positions = [{ instrument = "CALL", size = -10 }, { instrument = "PERP", size = -2, entry_price = 50_000 }]
)";

}  // namespace brink::test
