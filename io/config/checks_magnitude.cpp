// SPDX-License-Identifier: Apache-2.0
// Warnings of numbers that are allowed, but most probably meant in another unit.
#include "io/config/derived_rates.hpp"
#include "io/config/duration.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <cmath>

namespace brink {
namespace {

constexpr double largest_annual = 5.0;    ///< volatility, drift, interest: 500 % a year
constexpr double largest_funding = 10.0;  ///< 1,000 % a year, above every venue's own cap
constexpr double largest_jump = 1.0;      ///< log return: a price times 2.7, or divided by it
constexpr double largest_cost = 0.25;     ///< of what is traded, sent or liquidated
constexpr double par_tolerance = 0.1;     ///< of a coin's price from what par counts it for

/// `value` is a fraction, and so large that a percentage was probably meant.
void warn_of_percentage(Where const& where, double value, double most, std::string_view period,
                        Problems& problems)
{
    if (std::abs(value) > most)
        problems.warn(
            where,
            fmt::format("{:g} is {:g} %{}: a fraction is expected", value, 100 * value, period),
            fmt::format("if {:g} % is meant, write {:g}", value, value / 100));
}

void warn_of_execution(ExecutionConfig const& execution, std::string const& numeraire,
                       Problems& problems)
{
    warn_of_percentage(execution.at("half_spread"), execution.half_spread, largest_cost, "",
                       problems);
    if (numeraire == "USD")
        return;
    for (auto const& [key, value] : {std::pair{"adv_usd", execution.adv_usd},
                                     std::pair{"depth_2pct_usd", execution.depth_2pct_usd},
                                     std::pair{"amm_depth_usd", execution.amm_depth_usd}})
        if (value > 0)
            problems.warn(execution.at(key),
                          fmt::format("is compared with amounts in the numeraire {}: nothing is "
                                      "converted from USD",
                                      numeraire),
                          fmt::format("write it in {}", numeraire));
}

void warn_of_funding(InstrumentConfig const& instrument, Problems& problems)
{
    if (!(instrument.funding_interval > 0))
        return;
    double const rate = instrument.funding_rate_per_interval;
    double const annual = rate * seconds_per_year / instrument.funding_interval;
    if (std::abs(annual) > largest_funding)
        problems.warn(instrument.at("funding_rate_per_interval"),
                      fmt::format("{:g} every \"{}\" is {:.0f} % a year: a fraction of the "
                                  "notional is expected",
                                  rate, format_duration(instrument.funding_interval), 100 * annual),
                      fmt::format("if {:g} % is meant, write {:g}", rate, rate / 100));
}

void warn_of_collateral(CollateralConfig const& collateral, Scenario const& scenario,
                        Problems& problems)
{
    std::string const& numeraire = scenario.run.numeraire;
    bool const uses_unit = collateral.tiers.size() > 1 || collateral.cap;
    if (collateral.unit == CollateralUnit::usd && uses_unit && numeraire != "USD")
        problems.warn(collateral.at("unit"),
                      fmt::format("\"usd\" is taken as the numeraire {}: floors and cap of {} are "
                                  "not converted",
                                  numeraire, collateral.asset),
                      fmt::format("write them in {}, or unit = \"coin\"", numeraire));
    if (collateral.valuation != Valuation::par)
        return;
    for (AssetConfig const& asset : scenario.assets)
        if (asset.name == collateral.asset && asset.price
            && std::abs(*asset.price - 1) > par_tolerance)
            problems.warn(collateral.at("valuation"),
                          fmt::format("\"par\" counts {} as 1 {}; its price is {:g}", asset.name,
                                      numeraire, *asset.price),
                          "par is for coins pegged to the numeraire; write \"market\"");
}

void warn_of_venue(VenueConfig const& venue, Scenario const& scenario, Problems& problems)
{
    warn_of_percentage(venue.liquidation.at("fee"), venue.liquidation.fee, largest_cost, "",
                       problems);
    for (CollateralConfig const& collateral : venue.collateral)
        warn_of_collateral(collateral, scenario, problems);
    for (BorrowConfig const& borrow : venue.borrow)
        warn_of_percentage(borrow.at(borrow.curve ? "curve" : "rate"), annual_rate(borrow),
                           largest_annual, " a year", problems);
}

void warn_of_jumps(JumpConfig const& jumps, Problems& problems)
{
    for (auto const& [key, value] :
         {std::pair{"mean", jumps.mean}, std::pair{"sd", jumps.sd},
          std::pair{"up_mean", jumps.up_mean}, std::pair{"down_mean", jumps.down_mean}})
        warn_of_percentage(jumps.at(key), value, largest_jump, "", problems);
}

}  // namespace

void warn_of_magnitudes(Scenario const& scenario, Problems& problems)
{
    for (AssetConfig const& asset : scenario.assets) {
        warn_of_percentage(asset.at("volatility"), asset.volatility, largest_annual, " a year",
                           problems);
        warn_of_percentage(asset.at("drift"), asset.drift, largest_annual, " a year", problems);
        if (long_run_volatility(asset) != asset.volatility)
            warn_of_percentage(asset.heston ? asset.heston->at("long_run_volatility")
                                            : asset.garch->at("long_run_volatility"),
                               long_run_volatility(asset), largest_annual, " a year", problems);
        warn_of_execution(asset.execution, scenario.run.numeraire, problems);
        if (asset.jumps)
            warn_of_jumps(*asset.jumps, problems);
    }
    for (CommonJumpConfig const& jumps : scenario.market.common_jumps)
        warn_of_jumps(jumps, problems);
    for (InstrumentConfig const& instrument : scenario.instruments) {
        warn_of_funding(instrument, problems);
        if (instrument.execution)
            warn_of_execution(*instrument.execution, scenario.run.numeraire, problems);
    }
    for (VenueConfig const& venue : scenario.venues)
        warn_of_venue(venue, scenario, problems);
    for (OwnerConfig const& owner : scenario.owners)
        for (ResponseConfig const& response : owner.response) {
            warn_of_percentage(response.at("fee"), response.fee, largest_cost, "", problems);
            warn_of_percentage(response.at("slippage"), response.slippage, largest_cost, "",
                               problems);
        }
    for (AccountConfig const& account : scenario.accounts)
        for (LoanConfig const& loan : account.loans)
            warn_of_percentage(loan.at("rate"), loan.rate.value_or(0), largest_annual, " a year",
                               problems);
}

}  // namespace brink
