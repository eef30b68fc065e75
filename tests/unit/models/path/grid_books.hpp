// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace brink::test {

/// Random books of options, futures and perpetuals under a random grid, as scenario texts.
class GridBooks {
    std::mt19937_64 draws_;

  public:
    explicit GridBooks(unsigned seed) : draws_{seed} {}

    /// Two coins and a stablecoin; contracts that expire within the horizon, at its end and later;
    /// accounts from well off to nearly called, of which some top up.
    std::string next()
    {
        std::string text = fmt::format(market, number(0.2, 1.5), number(0.1, 1.8));
        text += pick({"",
                      "implied_volatility = { mean = 0.9, half_life = \"P5D\", sd = 0.6, "
                      "spot_correlation = -0.5 }\n"})
                + std::string{rest} + grid() + instruments();
        for (char const* const name : {"a", "b", "c"})
            text += account(name);
        return text;
    }

  private:
    static constexpr char const* market = R"([run]
name = "book"
as_of = 2025-01-06T00:00:00Z
horizon = "P6D"
step = "PT6H"
[[asset]]
name = "ETH"
price = 2_500.0
volatility = {}
execution = {{ half_spread = 0.001, adv_usd = 1e9 }}
[[asset]]
name = "BTC"
price = 50_000.0
volatility = {}
execution = {{ half_spread = 0.001, adv_usd = 1e9 }}
)";
    static constexpr char const* rest = R"([[asset]]
name = "USDC"
price = 1.0
volatility = 0.02
[[owner]]
name = "o"
reserve = { USDC = 100_000 }
response = [{ action = "post", asset = "USDC", target_health = 2.0, probability = 0.7, delay = "PT9H" }]
[[venue]]
name = "v"
requirement = "grid"
insurance_fund = 5_000
liquidation = { reduction = "target_health", target_health = 1.1, price = "market", fee = 0.002 }
collateral = [{ asset = "USDC", tiers = [{ floor = 0, ratio = 1.0 }] }, { asset = "BTC", tiers = [{ floor = 0, ratio = 0.9 }] }]
borrow = [{ asset = "USDC", rate = 0.1 }, { asset = "BTC", rate = 0.1 }]
)";

    double number(double low, double high)
    {
        return std::uniform_real_distribution<double>{low, high}(draws_);
    }
    std::string pick(std::vector<std::string> const& texts)
    {
        return texts[draws_() % texts.size()];
    }
    std::vector<double> moves(std::size_t count, double low, double high)
    {
        std::vector<double> values(count);
        for (double& value : values)
            value = number(low, high);
        return values;
    }

    std::string grid()
    {
        std::string text =
            pick({"call = \"initial_margin\"\n", "call = \"health\"\ncall_health = 1.6\n"})
            + "[venue.grid]\nmaintenance_factor = 0.5\n"
            + pick({"", "short_power = 0.3\nlong_power = 0.13\n"});
        std::string const near = pick({"-0.16, -0.08, 0.0, 0.08, 0.16", "0.0, 0.1, -0.1", "0.0",
                                       fmt::format("{}", fmt::join(moves(6, -0.3, 0.3), ", "))});
        std::string const volatility = pick({"0.0", "-0.22, 0.4", "-0.5, 0.0, 0.5", "-0.9, 1.5"});
        std::string const far = fmt::format("{}", fmt::join(moves(3, -0.8, 3.0), ", "));
        return text
               + fmt::format(
                   "scenarios = [{{ spot = [{}], volatility = [{}] }}, {{ spot = [{}], "
                   "volatility = [0.4], weight = {} }}]\n",
                   near, volatility, far, number(0.05, 1.0))
               + pick({"",
                       "contingencies = [{ of = \"short_options\", rate = 0.01 }, { of = "
                       "\"net_delta\", rate = 0.02, use = \"least\" }]\n",
                       "contingencies = [{ of = \"hedged_delta\", rate = 0.01 }, { of = "
                       "\"futures\", rate = 0.005, use = \"least\" }]\n"});
    }

    /// At most 5 dated contracts, so that the prices are 8.
    std::string instruments()
    {
        std::string text;
        for (char const* const coin : {"ETH", "BTC"})
            text += fmt::format(
                "[[instrument]]\nname = \"{0}-PERP\"\nvenue = \"v\"\nkind = "
                "\"linear_perp\"\nbase = \"{0}\"\nquote = \"USDC\"\n",
                coin);
        for (int i = 0; i < 5; ++i) {
            bool const is_btc = i != 3;
            std::string const expiry =
                pick({"2025-01-06T05:00:00Z", "2025-01-08T08:00:00Z", "2025-01-12T00:00:00Z",
                      "2025-01-12T00:01:00Z", "2025-01-31T08:00:00Z", "2025-12-26T08:00:00Z"});
            text += fmt::format(
                "[[instrument]]\nname = \"C{}\"\nvenue = \"v\"\nbase = "
                "\"{}\"\nquote = \"USDC\"\nexpiry = {}\n",
                i, is_btc ? "BTC" : "ETH", expiry);
            if (i == 4) {
                text += "kind = \"linear_future\"\nbasis = 0.08\n";
                continue;
            }
            double const reach = draws_() % 3 == 0 ? 1.5 : 0.15;
            text += fmt::format(
                "kind = \"{}\"\nstrike = {:.2f}\nvolatility = {:.4f}\nexecution = "
                "{{ half_spread = 0.02 }}\n",
                pick({"call", "put"}), (is_btc ? 50'000 : 2'500) * std::exp(number(-reach, reach)),
                number(0.01, 2.0));
        }
        return text;
    }

    std::string account(char const* name)
    {
        std::string positions;
        double notional = 0;
        double const bias = number(-1, 1);
        for (std::string const instrument :
             {"ETH-PERP", "BTC-PERP", "C0", "C1", "C2", "C3", "C4"}) {
            if (draws_() % 3 == 0)
                continue;
            bool const is_eth = instrument == "ETH-PERP" || instrument == "C3";
            double const size = (number(-1, 1) + bias) * (is_eth ? 40 : 2);
            double const price = is_eth ? 2'500 : 50'000;
            notional += std::abs(size) * price;
            positions +=
                fmt::format("{{ instrument = \"{}\", size = {:.4f}{} }}, ", instrument, size,
                            instrument[0] == 'C' && instrument != "C4"
                                ? ""
                                : fmt::format(", entry_price = {}", price));
        }
        return fmt::format(
            "[[account]]\nname = \"{}\"\n{}venue = \"v\"\nbalances = {{ USDC = {:.0f}, BTC = {} "
            "}}\npositions = [{}]\n",
            name, name[0] == 'a' ? "owner = \"o\"\n" : "", 1'000 + notional * number(0.05, 0.6),
            draws_() % 2, positions);
    }
};

}  // namespace brink::test
