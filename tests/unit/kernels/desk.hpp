// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <fmt/format.h>

namespace brink::test {

/// A perpetual on COIN, held by one account, in a market with regimes, jumps, a rate that moves and
/// a shock; each key can be changed.
struct Desk {
    std::string seed{"7"};
    std::string horizon{"P2D"};
    std::string as_of{"2025-01-06T00:00:00Z"};
    std::string volatility{"0.9"};
    std::string correlation{"0.5"};
    std::string jump_rate{"20"};
    std::string stormy_volatility{"2.0"};
    std::string stormy_depth{"0.5"};
    std::string shock{"-0.05"};
    std::string depth{"0.7"};
    std::string borrow_cap{"0.4"};
    std::string borrow_half_life{"P3D"};
    std::string balance{"150"};
    std::string haircut{"0.8"};
    std::string fund{"10.0"};
    std::string fee{"0.01"};
    std::string owner{};
    std::string oracles{};

    [[nodiscard]] std::string text() const
    {
        return fmt::format(
            R"(
[run]
name = "desk"
as_of = {as_of}
horizon = "{horizon}"
step = "PT1H"
seed = {seed}
[market]
regimes = [
    {{ name = "calm", mean_duration = "P2D" }},
    {{ name = "stormy", mean_duration = "P1D", volatility = {stormy}, depth = {stormy_depth} }},
]
shocks = [
    {{ begin = "PT6H", assets = ["COIN"], price = {shock} }},
    {{ begin = "PT7H", depth = {depth} }},
]
[market.correlation]
assets = ["COIN", "STAKED"]
matrix = [[1.0, {correlation}], [{correlation}, 1.0]]
[[asset]]
name = "COIN"
price = 100
volatility = {volatility}
model = "merton"
jumps = {{ rate = {jump_rate}, mean = -0.02, sd = 0.05 }}
[[asset]]
name = "STAKED"
price = 110
volatility = 0.8
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
borrow = {{ mean = 0.1, sd = 0.05, half_life = "{half_life}", cap = {cap} }}
[[venue]]
name = "v"
call = "health"
call_health = 1.5
insurance_fund = {fund}
liquidation = {{ price = "market", fee = {fee} }}
schedules = [{{ instruments = ["COINUSD"], tiers = [{{ floor = 0, maintenance_rate = 0.05, max_leverage = 10 }}] }}]
collateral = [
    {{ asset = "USD", tiers = [{{ floor = 0, ratio = 1.0 }}] }},
    {{ asset = "STAKED", tiers = [{{ floor = 0, ratio = {haircut} }}] }},
]
borrow = [{{ asset = "USD", rate = 0.1 }}]
oracle = [{oracles}]
[[instrument]]
name = "COINUSD"
venue = "v"
kind = "linear_perp"
base = "COIN"
quote = "USD"
funding_rate_per_interval = 0.0005
[[owner]]
name = "o"
{owner}
[[account]]
name = "a"
owner = "o"
venue = "v"
balances = {{ USD = {balance}, STAKED = 0.5 }}
positions = [{{ instrument = "COINUSD", size = 10.0, entry_price = 100.0 }}]
)",
            fmt::arg("seed", seed), fmt::arg("horizon", horizon), fmt::arg("as_of", as_of),
            fmt::arg("volatility", volatility), fmt::arg("correlation", correlation),
            fmt::arg("jump_rate", jump_rate), fmt::arg("stormy", stormy_volatility),
            fmt::arg("stormy_depth", stormy_depth), fmt::arg("shock", shock),
            fmt::arg("depth", depth), fmt::arg("cap", borrow_cap),
            fmt::arg("half_life", borrow_half_life), fmt::arg("balance", balance),
            fmt::arg("haircut", haircut), fmt::arg("fund", fund), fmt::arg("fee", fee),
            fmt::arg("owner", owner), fmt::arg("oracles", oracles));
    }
};

/// Keys of an owner that posts.
inline std::string const posting =
    "reserve = { USD = 200 }\nresponse = [{ action = \"post\", asset = \"USD\", target_health = 2 "
    "}]";

}  // namespace brink::test
