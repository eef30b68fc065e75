// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace brink::test {

/// Violent markets, so that a few hundred paths show every kind of event.
inline std::string const money_market = R"(
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
[[asset]]
name = "ETH"
price = 2_000.0
volatility = 2.0
execution = { half_spread = 0.002, depth_2pct_usd = 5e7 }
[[asset]]
name = "USDT"
price = 1.0
volatility = 0.05
execution = { half_spread = 0.0005 }
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
)";

/// Cross margin: haircuts, tier by tier at market, posts, reductions, swaps, funding.
inline std::string const money_cross = money_market + R"(
[[venue]]
name = "v"
call = "health"
call_health = 2.0
insurance_fund = 20_000
liquidation = { reduction = "tier_by_tier", price = "market", residual = "owner", fee = 0.005, bid_haircut = 0.01 }
collateral = [
    { asset = "BTC", tiers = [{ floor = 0, ratio = 0.95 }, { floor = 500_000, ratio = 0.8 }] },
    { asset = "USDT", tiers = [{ floor = 0, ratio = 1.0 }] },
]
schedules = [
    { instruments = ["BTCUSDT", "ETHUSDT"], tiers = [
        { floor = 0, maintenance_rate = 0.02, max_leverage = 20 },
        { floor = 1_000_000, maintenance_rate = 0.04, max_leverage = 10 },
        { floor = 3_000_000, maintenance_rate = 0.08, max_leverage = 5 } ] },
]
borrow = [{ asset = "USDT", rate = 0.1 }]
[[instrument]]
name = "BTCUSDT"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
funding_rate_per_interval = 0.0003
[[instrument]]
name = "ETHUSDT"
venue = "v"
kind = "linear_perp"
base = "ETH"
quote = "USDT"
contract_size = 0.1
funding_rate_per_interval = -0.0002
funding_interval = "PT4H"
[[owner]]
name = "o"
reserve = { USDT = 200_000, BTC = 1 }
[[owner.response]]
action = "post"
asset = "USDT"
probability = 0.8
delay = { distribution = "uniform", min = "PT0H", max = "PT20H" }
target_health = 3.0
fee = 0.001
[[owner.response]]
action = "swap"
from = "BTC"
asset = "USDT"
probability = 0.5
target_health = 2.5
fee = 0.001
slippage = 0.003
limit = 4
[[owner.response]]
action = "reduce"
probability = 0.3
target_health = 2.2
fee = 0.0005
slippage = 0.001
[[account]]
name = "a"
owner = "o"
venue = "v"
balances = { USDT = 300_000, BTC = 6 }
positions = [
    { instrument = "BTCUSDT", size = 70, entry_price = 49_000 },
    { instrument = "ETHUSDT", size = -6_000, entry_price = 2_100 },
]
[[account]]
name = "b"
owner = "o"
venue = "v"
balances = { USDT = 150_000 }
positions = [{ instrument = "ETHUSDT", size = 8_000, entry_price = 1_950 }]
)";

/// The same book where owners owe what their accounts lack.
inline std::string money_recourse()
{
    std::string text = money_cross;
    text.insert(text.find("call = \"health\""), "recourse = true\n");
    return text;
}

/// The same book reduced to a target, at fees that freed margin bounds and time in breach raises,
/// with ETH sold to a pool.
inline std::string money_bounded_fees()
{
    std::string text = money_cross;
    auto const replace = [&text](std::string const& from, std::string const& to) {
        text.replace(text.find(from), from.size(), to);
    };
    replace("depth_2pct_usd = 5e7", "amm_depth_usd = 5e7, amm_fee = 0.003");
    replace("reduction = \"tier_by_tier\"", "reduction = \"target_health\", target_health = 1.2");
    replace("fee = 0.005", "fee = 0.002, fee_of = \"freed_margin\", fee_growth_hourly = 0.0005");
    return text;
}

/// Coin-margined contracts taken over at the bankruptcy price.
inline std::string const money_inverse = money_market + R"(
[[venue]]
name = "v"
call = "health"
call_health = 1.5
insurance_fund = 50_000
liquidation = { reduction = "full", price = "bankruptcy", residual = "fund", fee = 0.01 }
collateral = [{ asset = "BTC", tiers = [{ floor = 0, ratio = 1.0 }] }]
schedules = [{ instruments = ["BTCUSD"], tiers = [
    { floor = 0, maintenance_rate = 0.02, max_leverage = 25 },
    { floor = 40, maintenance_rate = 0.05, max_leverage = 10 } ] }]
borrow = [{ asset = "BTC", rate = 0.05 }]
[[instrument]]
name = "BTCUSD"
venue = "v"
kind = "inverse_perp"
base = "BTC"
quote = "USD"
contract_size = 100
funding_rate_per_interval = 0.0005
[[owner]]
name = "o"
reserve = { BTC = 2 }
[[owner.response]]
action = "post"
asset = "BTC"
probability = 0.7
delay = { distribution = "exponential", mean = "PT6H" }
target_health = 2.0
fee = 0.002
[[owner.response]]
action = "reduce"
probability = 0.3
target_health = 2.0
slippage = 0.002
[[account]]
name = "long"
owner = "o"
venue = "v"
balances = { BTC = 5 }
positions = [{ instrument = "BTCUSD", size = 20_000, entry_price = 50_000 }]
[[account]]
name = "short"
owner = "o"
venue = "v"
balances = { BTC = 12 }
positions = [{ instrument = "BTCUSD", size = -30_000, entry_price = 51_000 }]
)";

/// The cross accounts with a debt at t_0, funding that adds to it, and coins that are sold for it.
/// \param keys of the venue's auto_exchange
inline std::string money_exchange(std::string const& keys)
{
    std::string text = money_cross;
    auto const replace = [&](std::string const& from, std::string const& to) {
        text.replace(text.find(from), from.size(), to);
    };
    replace("call_health = 2.0\n",
            "call_health = 2.0\nauto_exchange = { threshold = 20_000, bid_haircut = 0.02, " + keys
                + " }\n");
    replace("    { asset = \"USDT\",",
            "    { asset = \"ETH\", tiers = [{ floor = 0, ratio = 0.9 }] },\n    { asset = "
            "\"USDT\",");
    replace("{ USDT = 300_000, BTC = 6 }", "{ USDT = -15_000, BTC = 9, ETH = 60 }");
    return text;
}

/// Isolated positions, nobody answers, and a fund that is soon empty.
inline std::string const money_isolated = money_market + R"(
[[venue]]
name = "v"
call = "health"
call_health = 1.0
insurance_fund = 10_000
liquidation = { reduction = "full", price = "bankruptcy", residual = "owner", fee = 0.01 }
collateral = [{ asset = "USDT", tiers = [{ floor = 0, ratio = 1.0 }] }]
schedules = [{ instruments = ["BTCUSDT", "ETHUSDT"], tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }] }]
borrow = [{ asset = "USDT", rate = 0.0 }]
[[instrument]]
name = "BTCUSDT"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
funding_rate_per_interval = 0.001
[[instrument]]
name = "ETHUSDT"
venue = "v"
kind = "linear_perp"
base = "ETH"
quote = "USDT"
[[owner]]
name = "o"
[[account]]
name = "iso"
owner = "o"
venue = "v"
mode = "isolated"
balances = { USDT = 10_000 }
positions = [
    { instrument = "BTCUSDT", size = 4, entry_price = 50_000, margin = 12_000 },
    { instrument = "ETHUSDT", size = -80, entry_price = 2_000, margin = 15_000 },
]
)";

/// The market seen once a day only: prices gap through bankruptcy.
inline std::string daily_market()
{
    std::string text = money_market;
    return text.replace(text.find("PT6H"), 4, "P1D");
}

/// Loans: interest, swaps, forced sales of collateral, deficits.
inline std::string const money_loans = daily_market() + R"(
[[venue]]
name = "v"
health = "collateral_over_debt"
call_health = 1.1
insurance_fund = 5_000
liquidation = { reduction = "full", price = "market", residual = "fund", fee = 0.05, bid_haircut = 0.02 }
collateral = [
    { asset = "BTC", tiers = [{ floor = 0, ratio = 0.9 }] },
    { asset = "ETH", tiers = [{ floor = 0, ratio = 0.88 }] },
    { asset = "USDT", tiers = [{ floor = 0, ratio = 1.0 }] },
]
borrow = [{ asset = "USDT", rate = 0.08 }]
[[owner]]
name = "first"
reserve = { BTC = 2 }
[[owner.response]]
action = "post"
asset = "BTC"
probability = 0.7
delay = { distribution = "fixed", value = "PT12H" }
target_health = 1.25
limit = 1
[[owner.response]]
action = "swap"
from = "BTC"
asset = "USDT"
probability = 0.5
target_health = 1.2
slippage = 0.001
[[owner]]
name = "second"
[[account]]
name = "l1"
owner = "first"
venue = "v"
balances = { BTC = 20 }
loans = [{ asset = "USDT", amount = 650_000 }]
[[account]]
name = "l2"
owner = "second"
venue = "v"
balances = { ETH = 400, BTC = 1 }
loans = [{ asset = "USDT", amount = 520_000, rate = 0.3 }]
)";

/// Loans whose collateral goes to liquidators at a bonus, by one rule or another; two kinds of
/// collateral, two debts, one of them in a coin that is held as well.
inline std::string money_seizures(std::string const& liquidation, std::string const& bonus,
                                  std::string const& price = "bonus")
{
    std::string const share = price == "bonus" ? ", protocol_share = 0.02" : "";
    return daily_market() + R"(
[[venue]]
name = "v"
health = "collateral_over_debt"
call_health = 1.1
insurance_fund = 100
liquidation = { price = ")"
           + price + "\", " + liquidation + R"( }
collateral = [
    { asset = "BTC", tiers = [{ floor = 0, ratio = 0.8 }], )"
           + bonus + share + R"( },
    { asset = "ETH", tiers = [{ floor = 0, ratio = 0.78 }], )"
           + bonus + share + R"( },
    { asset = "USDT", tiers = [{ floor = 0, ratio = 0.8 }], )"
           + bonus + share + R"( },
]
borrow = [{ asset = "USDT", rate = 0.08 }, { asset = "BTC", rate = 0.02 }]
[[owner]]
name = "first"
reserve = { BTC = 2 }
[[owner.response]]
action = "post"
asset = "BTC"
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
balances = { BTC = 20 }
loans = [{ asset = "USDT", amount = 650_000 }]
[[account]]
name = "l2"
owner = "second"
venue = "v"
balances = { ETH = 400, BTC = 1, USDT = 5_000 }
loans = [{ asset = "USDT", amount = 500_000, rate = 0.3 }, { asset = "BTC", amount = 1.5 }]
)";
}

/// Loans whose collateral lies in bands: sold and bought back, posts of the debt's coin, hard
/// liquidations.
inline std::string const money_bands = daily_market() + R"(
[[venue]]
name = "v"
health = "collateral_over_debt"
call_health = 1.02
insurance_fund = 100
liquidation = { price = "bands", call_cost = 50 }
bands = { amplification = 50, count = 4, fee = 0.004, loan_discount = 0.05 }
collateral = [
    { asset = "BTC", tiers = [{ floor = 0, ratio = 0.96 }] },
    { asset = "ETH", tiers = [{ floor = 0, ratio = 0.96 }] },
    { asset = "USDT", tiers = [{ floor = 0, ratio = 0 }] },
]
borrow = [{ asset = "USDT", rate = 0.08 }]
[[owner]]
name = "first"
reserve = { USDT = 20_000 }
[[owner.response]]
action = "post"
asset = "USDT"
probability = 0.6
delay = { distribution = "fixed", value = "PT12H" }
target_health = 1.05
[[owner]]
name = "second"
[[account]]
name = "l1"
owner = "first"
venue = "v"
balances = { BTC = 20 }
loans = [{ asset = "USDT", amount = 880_000 }]
[[account]]
name = "l2"
owner = "second"
venue = "v"
balances = { ETH = 400 }
loans = [{ asset = "USDT", amount = 680_000, rate = 0.3 }]
bands = 10
)";

/// A scenario with what its venue sees of prices: late, seldom, smoothed.
inline std::string with_oracles(std::string text)
{
    return text.insert(text.find("\nborrow = ["), R"(
oracle = [
    { asset = "BTC", deviation = 0.05, delay = "P1D" },
    { asset = "ETH", deviation = 0.2, heartbeat = "P2D" },
    { asset = "USDT", smoothing = "P2D" },
])");
}

}  // namespace brink::test
