// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace brink::test {

/// A scenario small enough for arithmetic by hand: one long linear perpetual on BTC, settled and
/// margined in USD-like USDT at a fixed price of 1, where BTC moves by its drift alone.
/// The maintenance rate is 1 % flat, so health = (balance + size (S - entry)) / (0.01 size S).
struct DriftingAccount {
    double drift_per_day{0};  ///< log growth of BTC per day
    double volatility{0};     ///< annual
    std::string horizon{"P4D"};
    std::string step{"P1D"};
    double size{10};       ///< BTC
    double entry{1000};    ///< USDT per BTC
    double balance{1000};  ///< USDT
    double reserve{0};     ///< USDT
    double call_health{2};
    double funding{0};
    std::string venue{};  ///< further keys of the venue
    std::string liquidation{"price = \"market\""};
    std::string response{};  ///< whole [[owner.response]] tables
    double fund{0};
    double half_spread{0};
    std::string precision{"float"};
    std::string run{};     ///< further keys of [run]
    std::string market{};  ///< further keys of [market]
    std::string asset{};   ///< further keys of BTC
    std::string usdt{};    ///< further keys of USDT
    std::string impact{};  ///< further keys of its execution costs, after a comma

    std::string text() const
    {
        auto const num = [](double x) {
            std::string s = std::to_string(x);
            return s;
        };
        return "[run]\nname = \"t\"\nas_of = 2025-01-06T00:00:00Z\nhorizon = \"" + horizon
               + "\"\nstep = \"" + step + "\"\nprecision = \"" + precision + "\"\n" + run
               + "[market]\nmodel = \"gbm\"\n" + market
               + "[[asset]]\nname = \"BTC\"\nprice = 1000.0\nvolatility = " + num(volatility)
               + "\ndrift = " + num(drift_per_day * 365) + "\n" + asset + "\n"
               + "[[asset]]\nname = \"USDT\"\nprice = 1.0\nmodel = \"fixed\"\n" + usdt
               + "[[venue]]\nname = \"v\"\nsource = \"made up\"\ndate = \"2025-01-01\"\n"
               + "call = \"health\"\ncall_health = " + num(call_health)
               + "\ninsurance_fund = " + num(fund) + "\n" + venue + "\n[venue.liquidation]\n"
               + liquidation + "\n[[venue.schedules]]\ninstruments = [\"BTCUSDT\"]\n"
               + "tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }]\n"
               + "[[venue.collateral]]\nasset = \"USDT\"\ntiers = [{ floor = 0, ratio = 1.0 }]\n"
               + "[[instrument]]\nname = \"BTCUSDT\"\nvenue = \"v\"\nkind = \"linear_perp\"\n"
               + "base = \"BTC\"\nquote = \"USDT\"\nfunding_rate_per_interval = " + num(funding)
               + "\nfunding_interval = \"P1D\"\nexecution = { half_spread = " + num(half_spread)
               + impact + " }\n[[owner]]\nname = \"o\"\nreserve = { USDT = " + num(reserve) + " }\n"
               + response
               + "\n[[account]]\nname = \"a\"\nowner = \"o\"\nvenue = \"v\"\nbalances = { USDT = "
               + num(balance) + " }\npositions = [{ instrument = \"BTCUSDT\", size = " + num(size)
               + ", entry_price = " + num(entry) + " }]\n";
    }
};

}  // namespace brink::test
