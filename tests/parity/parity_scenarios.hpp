// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace brink::test {

/// A scenario that both backends run: a text, or a file of the project, read from the working
/// folder (the checkout, or an unpacked gpu-check).
struct ParityScenario {
    std::string name;
    std::string file;  ///< also where included files are looked for
    std::string given_text{};

    std::string text() const
    {
        if (!given_text.empty())
            return given_text;
        std::ifstream stream{file};
        std::ostringstream content;
        content << stream.rdbuf();
        if (!stream)
            throw std::runtime_error{"cannot read " + file
                                     + ": run this from the project's folder"};
        return content.str();
    }
};

inline void PrintTo(ParityScenario const& scenario, std::ostream* os)
{
    *os << scenario.name;
}

/// One asset, geometric Brownian motion, a leveraged long: calls, posts after hours, a weekend
/// without transfers, funding, liquidation at a cost.
inline std::string one_asset_text(std::string const& precision)
{
    return "[run]\nname = \"one\"\nas_of = 2025-01-06T00:00:00Z\nhorizon = \"P5D\"\nstep = "
           "\"PT1H\"\n"
           "precision = \""
           + precision + R"("
[market]
model = "gbm"
[[asset]]
name = "BTC"
price = 1000.0
volatility = 0.9
[[asset]]
name = "USDT"
price = 1.0
model = "fixed"
[[venue]]
name = "v"
source = "made up"
date = "2025-01-01"
call = "health"
call_health = 8.0
insurance_fund = 100.0
[venue.liquidation]
price = "market"
fee = 0.01
[[venue.schedules]]
instruments = ["BTCUSDT"]
tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }]
[[venue.collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1.0 }]
[[instrument]]
name = "BTCUSDT"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
funding_rate_per_interval = 0.0005
funding_interval = "P1D"
execution = { half_spread = 0.0005 }
[[owner]]
name = "o"
reserve = { USDT = 400.0 }
[[owner.response]]
action = "post"
asset = "USDT"
probability = 0.9
delay = { distribution = "lognormal", median = "PT3H", sigma = 0.7 }
target_health = 10
limit = 150
outages = [{ from = "Wed 06:00", until = "Thu 00:00" }]
[[owner.response]]
action = "reduce"
probability = 0.5
target_health = 9
[[account]]
name = "a"
owner = "o"
venue = "v"
balances = { USDT = 1500.0 }
positions = [{ instrument = "BTCUSDT", size = 10.0, entry_price = 1000.0 }]
)";
}

/// The same venue exchanging a debt of the settlement coin, which grows by funding, for bitcoin.
inline std::string auto_exchange_text()
{
    std::string text = one_asset_text("float");
    auto const replace = [&](std::string const& from, std::string const& to) {
        text.replace(text.find(from), from.size(), to);
    };
    replace("[venue.liquidation]",
            "[venue.auto_exchange]\nthreshold = 40\nat_liquidation = true\nbid_haircut = 0.02\n"
            "[[venue.borrow]]\nasset = \"USDT\"\nrate = 0.1\n"
            "[[venue.collateral]]\nasset = \"BTC\"\ntiers = [{ floor = 0, ratio = 0.95 }]\n"
            "[venue.liquidation]");
    replace("balances = { USDT = 1500.0 }", "balances = { BTC = 1.8, USDT = -30.0 }");
    return text;
}

/// Every kind of rule that the examples show: Student-t returns, haircuts, marginal and whole
/// brackets, cross and isolated margin, inverse perpetuals, loans, a book of clients.
inline std::vector<ParityScenario> all_parity_scenarios()
{
    std::vector<ParityScenario> scenarios{
        {"one_asset", "test.toml", one_asset_text("float")},
        {"one_asset_double", "test.toml", one_asset_text("double")},
        {"auto_exchange", "test.toml", auto_exchange_text()},
        {"quickstart", "configs/quickstart.toml"}};
    for (std::string const name :
         {"client_book", "inverse_hedge", "isolated_perps", "loan_desk", "tiered_liquidation"})
        scenarios.push_back({name, "configs/examples/" + name + ".toml"});
    return scenarios;
}

}  // namespace brink::test
