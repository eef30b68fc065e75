// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario_reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace brink::test {

/// A small correct scenario: one perpetual on margin, one owner, two assets.
inline std::string const small_scenario = R"(
[run]
as_of = 2025-07-01T00:00:00Z
paths = 1000
horizon = "P1D"
step = "PT1H"

[[asset]]
name = "BTC"
price = 100_000
volatility = 0.6

[[asset]]
name = "USDT"
model = "fixed"
price = 1.0

[[venue]]
name = "exchange"
collateral = [
    { asset = "BTC", tiers = [{ floor = 0, ratio = 0.95 }, { floor = 1e6, ratio = 0.9 }] },
    { asset = "USDT", tiers = [{ floor = 0, ratio = 1 }] },
]
[[venue.schedules]]
instruments = ["BTCUSDT"]
tiers = [
    { floor = 0, maintenance_rate = 0.004, max_leverage = 125 },
    { floor = 50_000, maintenance_rate = 0.005, max_leverage = 100 },
    { floor = 600_000, maintenance_rate = 0.0065, max_leverage = 75 },
]

[[instrument]]
name = "BTCUSDT"
venue = "exchange"
kind = "linear_perp"
base = "BTC"
quote = "USDT"

[[owner]]
name = "fund"
reserve = { USDT = 10_000, BTC = 0.5 }
[[owner.response]]
action = "post"
asset = "USDT"
target_health = 2

[[account]]
name = "main"
owner = "fund"
venue = "exchange"
balances = { USDT = 20_000, BTC = 1 }
positions = [{ instrument = "BTCUSDT", size = 2, entry_price = 99_000, leverage = 10 }]
)";

inline std::string all_messages(Problems const& problems)
{
    std::string text;
    for (Problem const& problem : problems.problems())
        text += format_problem(problem, "error") + '\n';
    return text;
}

/// Read text that must be correct.
inline ReadResult read_good(std::string const& text, std::vector<std::string> const& overrides = {},
                            std::string const& file = "test.toml")
{
    Problems problems;
    ReadResult result = read_scenario_text(text, file, overrides, problems);
    EXPECT_TRUE(problems.empty()) << all_messages(problems);
    return result;
}

/// The messages for text that must be refused.
inline std::string messages_for(std::string const& text,
                                std::vector<std::string> const& overrides = {})
{
    Problems problems;
    (void)read_scenario_text(text, "test.toml", overrides, problems);
    EXPECT_FALSE(problems.empty());
    return all_messages(problems);
}

/// `text` with the first `from` replaced by `to`; the test fails where there is none.
inline std::string replaced(std::string text, std::string const& from, std::string const& to)
{
    std::size_t const at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos)
        text.replace(at, from.size(), to);
    return text;
}

}  // namespace brink::test
