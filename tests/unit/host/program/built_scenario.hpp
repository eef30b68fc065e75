// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/build_program.hpp"
#include "io/config/scenario_reader.hpp"

#include <string>
#include <vector>

namespace brink::test {

/// A scenario read from text and turned into a program, with all that was said about it.
template<class T = double>
struct BuiltScenario {
    Problems problems;
    ReadResult read;
    std::optional<BuiltProgram<T>> built;

    explicit BuiltScenario(std::string const& text, std::vector<std::string> const& options = {})
        : read{read_scenario_text(text, "test.toml", options, problems)}
    {
        if (problems.empty())
            built = build_program<T>(read.scenario, problems);
    }

    [[nodiscard]] Program<T> program() const { return built.value().tables.view(); }
    [[nodiscard]] std::string said() const
    {
        std::string text;
        for (Problem const& problem : problems.problems())
            text += format_problem(problem, "error") + '\n';
        for (Problem const& warning : problems.warnings())
            text += format_problem(warning, "warning") + '\n';
        return text;
    }
};

/// One day in three steps; BTC at 20,000 and USDT at 1; a venue that takes USDT in full and BTC at
/// 90 %; linear and inverse perpetuals with 100 USD contracts.
inline std::string const market_and_venue = R"(
[run]
name = "test"
as_of = 2025-01-01T00:00:00Z
seed = 4294967303
paths = 64
horizon = "P1D"
step = "PT8H"
[[asset]]
name = "BTC"
price = 20_000
volatility = 0.5
execution = { half_spread = 0.001, adv_usd = 1e9 }
[[asset]]
name = "USDT"
price = 1.0
model = "fixed"
[[venue]]
name = "exchange"
[[venue.collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1 }]
[[venue.collateral]]
asset = "BTC"
tiers = [{ floor = 0, ratio = 0.9 }]
[[venue.schedules]]
instruments = ["BTCUSDT", "BTCUSD"]
tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }]
[[instrument]]
name = "BTCUSDT"
venue = "exchange"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
[[instrument]]
name = "BTCUSD"
venue = "exchange"
kind = "inverse_perp"
base = "BTC"
quote = "USDT"
contract_size = 100
)";

}  // namespace brink::test
